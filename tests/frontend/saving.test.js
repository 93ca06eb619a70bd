// Nobody's words are lost, nobody's are written over: the saving of a form against a centre that loses, refuses and waits.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { Saving, same } from '../../frontend/js/shared/saving.js'

const PAUSES = { pause: 1, retry: 2, patience: 50 }
const until = async (what) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 1))
}

// A draft at the centre, by revision, with everything that was ever in it.
class Centre {
  constructor() {
    this.text = 'a=1'
    this.revision = 1
    this.everything = new Set(['a=1'])
    this.sent = []
  }

  save(text, revision) {
    this.sent.push(text)
    if (text === this.text) return { ok: true, told: { revision: this.revision } }
    if (revision !== this.revision) {
      return { ok: false, told: { decide: true, revision: this.revision, theirs: this.text } }
    }
    this.text = text
    this.revision += 1
    this.everything.add(text)
    return { ok: true, told: { revision: this.revision } }
  }
}

const made = []
after(() => {
  for (const saving of made) saving.stop()
})

class Person {
  constructor(centre, network = () => 'up') {
    this.centre = centre
    this.text = centre.text
    this.revision = centre.revision
    this.copy = null
    this.shown = null
    this.said = []
    this.saving = new Saving(
      {
        read: () => this.text,
        send: async (text) => {
          const state = network()
          if (state === 'down') throw new Error('no network')
          if (state === 'full') return { ok: false, told: null, full: true, between: false }
          const answer = centre.save(text, this.revision)
          if (state === 'answer lost') throw new Error('no answer')
          return { ...answer, signedOut: false, between: false }
        },
        keep: (unanswered) => {
          this.copy = { text: this.text, revision: this.revision, unanswered }
          return true
        },
        forget: () => {
          this.copy = null
        },
        arrived: (told) => {
          this.revision = told.revision
        },
        conflict: (told) => {
          this.shown = told
        },
        tell: (state, words) => this.said.push(words ? `${state}: ${words}` : state),
      },
      PAUSES,
    )
    made.push(this.saving)
  }

  type(text) {
    this.text = text
    this.saving.changed()
  }

  keepMine() {
    this.revision = this.shown.revision
    this.shown = null
    return this.saving.decided()
  }
}

test('what is typed is saved by itself and then not kept any more', async () => {
  const centre = new Centre()
  const anna = new Person(centre)
  anna.type('a=2')
  assert.equal(anna.copy.text, 'a=2')
  assert.equal(anna.said.at(-1), 'unsaved')
  await until(() => anna.said.at(-1) === 'saved')
  assert.equal(centre.text, 'a=2')
  assert.equal(anna.copy, null)
})

test('autosave stops under a conflict until the person has decided', async () => {
  const centre = new Centre()
  const [anna, bruno] = [new Person(centre), new Person(centre)]
  anna.type('a=anna')
  await anna.saving.settle()
  bruno.type('a=bruno')
  await until(() => bruno.shown)
  const sent = centre.sent.length
  bruno.type('a=bruno, going on')
  await new Promise((resolve) => setTimeout(resolve, 15))
  assert.equal(centre.sent.length, sent)
  assert.equal(centre.text, 'a=anna')
  assert.equal(bruno.copy.text, 'a=bruno, going on')
  await bruno.keepMine()
  assert.equal(centre.text, 'a=bruno, going on')
})

test('a form is not sent while its saving fails', async () => {
  let network = 'down'
  const anna = new Person(new Centre(), () => network)
  anna.type('a=2')
  assert.equal(await anna.saving.settle(), false)
  assert.equal(anna.said.at(-1), 'offline')
  network = 'up'
  await until(() => anna.said.at(-1) === 'saved')
  assert.equal(await anna.saving.settle(), true)
})

test('a full disk is said in its own words, and what was refused is sent anew once there is room', async () => {
  let network = 'full'
  const anna = new Person(new Centre(), () => network)
  anna.type('a=2')
  assert.equal(await anna.saving.settle(), false)
  assert.equal(anna.said.at(-1), 'full')
  assert.equal(anna.saving.unanswered, null)
  network = 'up'
  await until(() => anna.said.at(-1) === 'saved')
})

test('a form is not sent under a conflict, nor at a second press', async () => {
  const centre = new Centre()
  const [anna, bruno] = [new Person(centre), new Person(centre)]
  anna.type('a=anna')
  await anna.saving.settle()
  bruno.type('a=bruno')
  assert.equal(await bruno.saving.settle(), false)
  assert.equal(await bruno.saving.settle(), false)
  assert.equal(centre.text, 'a=anna')
})

test('a form is not sent before a saving that is under way has its answer', async () => {
  const centre = new Centre()
  const anna = new Person(centre)
  anna.type('a=2')
  const first = anna.saving.save()
  anna.type('a=3')
  assert.equal(await anna.saving.settle(), true)
  await first
  assert.equal(centre.text, 'a=3')
})

test('a saving whose answer was lost is repeated as it was, before anything newer', async () => {
  let network = 'answer lost'
  const centre = new Centre()
  const anna = new Person(centre, () => network)
  anna.type('a=2')
  await until(() => anna.said.includes('offline'))
  anna.type('a=3')
  assert.equal(anna.copy.unanswered, 'a=2')
  network = 'up'
  await until(() => anna.said.at(-1) === 'saved')
  assert.deepEqual(
    centre.sent.filter((text, n, all) => text !== all[n - 1]),
    ['a=2', 'a=3'],
  )
  assert.equal(anna.shown, null)
})

test('while the answer is awaited the copy says what was sent, so that a browser that dies goes on with it', async () => {
  const anna = new Person(new Centre())
  anna.type('a=2')
  const saving = anna.saving.save()
  assert.equal(anna.copy.unanswered, 'a=2')
  await saving
})

test('the line never says saved of a text the centre has not got', async () => {
  const centre = new Centre()
  const anna = new Person(centre)
  anna.type('a=2')
  const saving = anna.saving.save()
  anna.type('a=3')
  await saving
  assert.notEqual(anna.said.at(-1), 'saved')
})

test('a text that can neither be sent nor kept is said to be neither', async () => {
  const anna = new Person(new Centre(), () => 'down')
  anna.saving.page.keep = () => false
  anna.type('a=2')
  assert.equal(anna.said.at(-1), 'unkept')
  await anna.saving.save()
  assert.equal(anna.said.at(-1), 'unkept')
})

test('what is wrong with a text is said, and the next change tries again', async () => {
  const anna = new Person(new Centre())
  const send = anna.saving.page.send
  anna.saving.page.send = async () => ({ ok: false, told: { message: 'write a title' } })
  anna.type('a=2')
  assert.equal(await anna.saving.settle(), false)
  assert.equal(anna.said.at(-1), 'refused: write a title')
  anna.saving.page.send = send
  anna.type('a=3')
  await until(() => anna.said.at(-1) === 'saved')
})

test('fields are the same in any order, and an empty one is none', () => {
  assert.ok(same('a=1&b=2&c=', 'b=2&a=1'))
  assert.ok(!same('a=1&a=2', 'a=1'))
})

// Two and three people typing, losing the network and pressing everything in any order; drawn from a seed.
function random(seed) {
  let state = seed
  return (most) => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return Math.floor((state / 4294967296) * most)
  }
}

for (let seed = 1; seed <= 40; seed += 1) {
  test(`every word is in the draft's history, in a refused comparison or in a copy (morning ${seed})`, async () => {
    const draw = random(seed)
    const centre = new Centre()
    const weather = ['up', 'up', 'up', 'down', 'answer lost']
    let calm = false
    const people = Array.from(
      { length: 2 + (seed % 2) },
      () => new Person(centre, () => (calm ? 'up' : weather[draw(weather.length)])),
    )
    for (let turn = 0; turn < 30; turn += 1) {
      const one = people[draw(people.length)]
      const act = draw(5)
      if (act < 2) one.type(`a=${turn} by ${people.indexOf(one)}`)
      else if (act === 2) await one.saving.settle()
      else if (act === 3 && one.shown) await one.keepMine()
      else await new Promise((resolve) => setTimeout(resolve, draw(3)))
      for (const person of people) {
        const safe = centre.everything.has(person.text) || person.copy?.text === person.text
        assert.ok(safe, `turn ${turn}: ${person.text} is nowhere`)
        if (person.said.at(-1) === 'saved') assert.ok(centre.everything.has(person.text))
      }
    }
    calm = true
    for (const person of people) {
      person.saving.stop()
    }
  })
}
