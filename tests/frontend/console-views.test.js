// What a facilitator presses and types becomes just the entries it means, and what the table says stands on the screen.

import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { Element, page } from './fake-dom.js'
import { disk } from './fake-storage.js'

const { learnWords } = await import('../../frontend/js/shared/dom.js')
const { TableModel } = await import('../../frontend/js/console/model.js')
const { stickersView } = await import('../../frontend/js/console/stickers.js')
const { observationsView } = await import('../../frontend/js/console/observations.js')
const { choiceView } = await import('../../frontend/js/console/choice.js')
const { peopleView } = await import('../../frontend/js/console/people.js')
const { openHistory } = await import('../../frontend/js/console/history.js')
const { exportEncrypted } = await import('../../frontend/js/console/encrypted-export.js')
const { saveTable, loadTables } = await import('../../frontend/js/console/store.js')

const STRATEGIES = ['1.1', '1.2', '2.1'].map((code) => ({ code, title: `Strategia ${code}`, axis: code[0] }))
const STICKERS = { code: 's1', kind: 'stickers', question: 'Che cosa urge?', stickers_each: 3, most_chosen: 2 }
const QUESTIONS = [
  { code: 'q1', short: 'Come', text: 'Come si fa?' },
  { code: 'q2', short: 'Chi', text: 'Chi lo fa?' },
]
const SAYING = { code: 's2', kind: 'observations', questions: QUESTIONS }
const BADGES = [
  { code: 'AA', name: 'Ada' },
  { code: 'BB', name: '' },
]

let model
beforeEach(async () => {
  learnWords({ stickers_total: '{counted}/{allowed}', stickers_over: '{n} di troppo', stickers_left: '{n} in mano' })
  learnWords({ stickers_disputed: 'anche {others}', choice_tied: '{codes} per {n}', is_not_public: 'riservata' })
  learnWords({ is_withdrawn: 'ritirata', also_written: 'anche: {text}' })
  page.replaceChildren()
  document.activeElement = null
  await loadTables()
  for (const rows of disk.stores.values()) rows.rows.clear()
  const settings = { number: 1, strategies: STRATEGIES, badges: BADGES, sessions: [STICKERS, SAYING], export_key: '' }
  const entry = { table: 't', device: 'd', secret: 's', code: 'ABC', cursor: 0, settings }
  await saveTable(entry)
  model = new TableModel(entry)
})

const shown = (make, session) => {
  const view = make(model, session)
  page.append(view.element)
  view.update()
  model.listeners.add(() => view.update())
  return view
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
const written = () => [...model.operations.values()].map(({ verb, what, key, value }) => [verb, what, key, value])
const rowOf = (view, key) => view.element.inside().find((one) => one.dataset.key === key)

test('plus adds one, minus and a typed number write the total', async () => {
  const view = shown(stickersView, STICKERS)
  const row = rowOf(view, 's1/1.1')
  const [, less, more] = row.querySelectorAll('button')
  more.fire('click')
  await settled()
  row.querySelector('input').enter('7')
  await settled()
  less.fire('click')
  await settled()
  assert.deepEqual(written(), [
    ['add', 'stickers', 's1/1.1', 1],
    ['set', 'stickers', 's1/1.1', 7],
    ['set', 'stickers', 's1/1.1', 6],
  ])
  assert.equal(row.querySelector('input').value, '6')
})

test('nothing is taken from nothing, and what is no number writes nothing', async () => {
  const view = shown(stickersView, STICKERS)
  const row = rowOf(view, 's1/1.1')
  const [, less] = row.querySelectorAll('button')
  less.fire('click')
  for (const value of ['', 'x', '-1', '1.5', '12345']) row.querySelector('input').enter(value)
  await settled()
  assert.deepEqual(written(), [])
  assert.equal(row.querySelector('input').value, '0', 'the number that counts stands there again')
  row.querySelector('input').enter('0')
  await settled()
  assert.deepEqual(written(), [], 'a number that stands there already is not written again')
})

test('Enter and the arrows go from strategy to strategy', async () => {
  const view = shown(stickersView, STICKERS)
  const [first, second, third] = view.element.querySelectorAll('input').filter((one) => one.type !== 'file')
  first.focus()
  first.value = '4'
  first.fire('keydown', { key: 'Enter' })
  assert.equal(document.activeElement, second)
  second.fire('keydown', { key: 'ArrowDown' })
  assert.equal(document.activeElement, third)
  third.fire('keydown', { key: 'ArrowUp' })
  assert.equal(document.activeElement, second)
  await settled()
  assert.deepEqual(written()[0], ['set', 'stickers', 's1/1.1', 4])
})

test('the total is held to the people present, and what was counted twice is told', async () => {
  const view = shown(stickersView, STICKERS)
  const total = view.element.querySelector('.total')
  await model.set('headcount', '', 2)
  await model.set('stickers', 's1/1.1', 6)
  await settled()
  assert.match(total.textContent, /^6\/6 .* 0 in mano$/)
  assert.ok(!total.classList.contains('wrong'))
  await model.add('stickers', 's1/1.2', 1)
  await settled()
  assert.match(total.textContent, /^7\/6 .* 1 di troppo$/)
  assert.ok(total.classList.contains('wrong'))
  const theirs = {
    id: 'x',
    table: 't',
    device: 'c',
    clock: 2,
    verb: 'set',
    what: 'stickers',
    key: 's1/1.1',
    value: 5,
    over: [],
  }
  model.take(theirs)
  view.update()
  const notice = rowOf(view, 's1/1.1').querySelector('.notice')
  assert.equal(notice.hidden, false)
  assert.equal(notice.textContent, 'anche 5')
  assert.equal(rowOf(view, 's1/1.2').querySelector('.notice').hidden, true)
})

test('a number that is being typed is not written over by what arrives', async () => {
  const view = shown(stickersView, STICKERS)
  const input = rowOf(view, 's1/1.1').querySelector('input')
  input.focus()
  input.value = '1'
  input.fire('input')
  await model.add('stickers', 's1/1.1', 5)
  await settled()
  assert.equal(input.value, '1')
  rowOf(view, 's1/1.2').querySelector('input').focus()
  view.update()
  assert.equal(input.value, '5')
})

const say = (view, words, secret = false) => {
  view.element.querySelector('textarea').value = words
  view.element.querySelector('[type=checkbox]').checked = secret
  view.element.querySelector('.primary').fire('click')
}

test('that a voice must not be published is said before its words', async () => {
  const view = shown(observationsView, SAYING)
  view.element.querySelector('select').enter('1.1')
  say(view, ' La signora teme ', true)
  await settled()
  const [[, first, key, value], [, second], [, third, , words]] = written()
  assert.deepEqual([first, value, second, third, words], ['private', true, 'place', 'text', 'La signora teme'])
  assert.deepEqual(model.register('place', key).value, { strategy: '1.1', question: 'q1' })
  assert.equal(rowOf(view, key).querySelector('.notice').textContent.includes('riservata'), true)
  say(view, 'Più treni')
  await settled()
  assert.deepEqual(
    written()
      .slice(3)
      .map(([, what]) => what),
    ['place', 'text'],
    'the next voice is no secret',
  )
})

test('who corrects the words of a secret voice leaves it secret, and the next voice is none', async () => {
  const view = shown(observationsView, SAYING)
  view.element.querySelector('select').enter('1.1')
  say(view, 'La signora teme', true)
  assert.equal(view.element.querySelector('[type=checkbox]').checked, false)
  await settled()
  const { id } = model.state.observations[0]
  rowOf(view, id).querySelector('[data-do=edit]').fire('click')
  assert.equal(view.element.querySelector('[type=checkbox]').checked, true)
  view.element.querySelector('textarea').value = 'La signora teme la strada'
  view.element.querySelector('.primary').fire('click')
  await settled()
  assert.equal(model.state.observations[0].private, true)
  assert.equal(model.state.observations[0].text, 'La signora teme la strada')
})

test('an empty voice, and one too long, write nothing and stay in the field', async () => {
  const view = shown(observationsView, SAYING)
  view.element.querySelector('select').enter('1.1')
  say(view, '   ')
  say(view, 'x'.repeat(2001))
  await settled()
  assert.deepEqual(written(), [])
  assert.equal(view.element.querySelector('textarea').value.length, 2001)
  say(view, '😀'.repeat(2000))
  await settled()
  assert.equal(written().length, 2, 'just as long as may be, counted as the centre counts')
})

test('an edit writes what changed and nothing else', async () => {
  const view = shown(observationsView, SAYING)
  view.element.querySelector('select').enter('1.1')
  say(view, 'Più treni')
  await settled()
  const key = written()[1][2]
  const edit = (words, secret) => {
    const button = rowOf(view, key).querySelector('[data-do=edit]')
    button.fire('click')
    assert.equal(view.element.querySelector('textarea').value, model.state.observations[0].text)
    say(view, words, secret)
  }
  edit('Più treni la sera', false)
  await settled()
  assert.deepEqual(written().slice(2), [['set', 'text', key, 'Più treni la sera']])
  edit('Più treni la sera', true)
  await settled()
  assert.deepEqual(written().slice(3), [['set', 'private', key, true]])
  edit('Più treni la sera', true)
  await settled()
  assert.equal(written().length, 4)
  rowOf(view, key).querySelector('[data-do=withdraw]').fire('click')
  await settled()
  assert.deepEqual(written()[4], ['set', 'withdrawn', key, true])
  assert.ok(rowOf(view, key).classList.contains('withdrawn'))
  rowOf(view, key).querySelector('[data-do=withdraw]').fire('click')
  await settled()
  assert.deepEqual(written()[5], ['set', 'withdrawn', key, false])
})

test('an edit settles two texts that were written at once', async () => {
  const view = shown(observationsView, SAYING)
  view.element.querySelector('select').enter('1.1')
  say(view, 'Più treni')
  await settled()
  const [mine] = model.history('text', written()[1][2])
  model.take({ ...mine, id: 'x', device: 'e', value: 'Più autobus' })
  view.update()
  assert.equal(model.state.observations[0].other_texts.length, 1)
  const { id, text } = model.state.observations[0]
  rowOf(view, id).querySelector('[data-do=edit]').fire('click')
  say(view, text)
  await settled()
  assert.deepEqual(model.state.observations[0].other_texts, [])
})

test('the choice holds the most voted in their order, and no more than may be chosen', async () => {
  const view = shown(choiceView, STICKERS)
  const button = view.element.querySelector('button')
  assert.equal(button.disabled, true)
  for (const [code, count] of [
    ['1.1', 2],
    ['1.2', 5],
    ['2.1', 1],
  ])
    await model.set('stickers', `s1/${code}`, count)
  await settled()
  view.element.querySelector('textarea').value = ' Urge '
  button.fire('click')
  await settled()
  assert.deepEqual(model.state.choices, [['s1', ['1.2', '1.1'], 'Urge', false]])
  const box = rowOf(view, '2.1').children[0]
  box.checked = true
  box.fire('change')
  assert.equal(button.disabled, true, 'three are one too many')
})

test('a tie is told and not decided', async () => {
  const view = shown(choiceView, STICKERS)
  for (const code of ['1.1', '1.2', '2.1']) await model.set('stickers', `s1/${code}`, 2)
  await settled()
  assert.match(view.element.querySelector('.notice').textContent, /1.1, 1.2, 2.1 per 2/)
  assert.ok([...['1.1', '1.2', '2.1']].every((code) => !rowOf(view, code).children[0].checked))
})

test('people are checked in and out, and a head count that is no number is not written', async () => {
  const view = shown(peopleView)
  rowOf(view, 'AA').querySelector('button').fire('click')
  await settled()
  assert.equal(model.state.present, 1)
  rowOf(view, 'AA').querySelector('button').fire('click')
  await settled()
  assert.equal(model.state.present, 0)
  const count = view.element.querySelector('#headcount')
  for (const value of ['-1', '1000', '2.5']) count.enter(value)
  await settled()
  assert.equal(written().length, 2)
  for (const [value, present] of [
    ['0', 0],
    ['999', 999],
    ['', 0],
  ]) {
    count.enter(value)
    await settled()
    assert.equal(model.state.present, present)
  }
  assert.equal(model.state.headcount, null)
})

test('a correction from the history has its reason', async () => {
  Element.prototype.showModal = () => {}
  Element.prototype.close = () => {}
  await model.add('stickers', 's1/1.1', 2)
  openHistory(model, 'stickers', 's1/1.1', '1.1')
  const dialog = page.querySelector('dialog')
  dialog.querySelector('#recount').value = '9'
  dialog.querySelector('#recount-reason').value = ' Contati due volte '
  dialog.querySelector('.primary').fire('click')
  await settled()
  const [, corrected] = model.history('stickers', 's1/1.1')
  assert.deepEqual([corrected.value, corrected.reason, model.counts('s1')['1.1']], [9, 'Contati due volte', 9])
})

test('the sealed file opens with the key of the table and under its name alone', async () => {
  const key = Buffer.alloc(32, 7)
  const file = JSON.parse(await (await exportEncrypted([{ id: 'a' }], 't', key.toString('base64'))).text())
  assert.deepEqual([file.format, file.table], ['aumenta-table-1', 't'])
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
  const opened = (bound) =>
    crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: Buffer.from(file.nonce, 'base64'), additionalData: Buffer.from(bound) },
      secret,
      Buffer.from(file.sealed, 'base64'),
    )
  assert.deepEqual(JSON.parse(new TextDecoder().decode(await opened('aumenta-table-1:t'))), [{ id: 'a' }])
  await assert.rejects(opened('aumenta-table-1:u'))
})
