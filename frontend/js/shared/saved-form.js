// A form that saves itself. Everything is said by its attributes:
//
//   data-autosave     where it is sent; the answer holds the fields of the position as they are now
//   data-copy         the name of its copy in this browser
//   data-pause, data-retry, data-patience, data-heartbeat    in milliseconds
//   <input type="hidden" data-position>    where the text was drawn from, such as a revision: never part of the text
//
// #status says what became of the text, #conflict asks what to do, #local-copy offers what was never saved.

import { h } from './dom.js'
import { localCopy } from './local-copy.js'
import { Saving, same } from './saving.js'

const NOT_TEXT = 'csrfmiddlewaretoken'
const $ = (id) => document.getElementById(id)

export function startSavedForm(form, words, { putBack, showOthers = () => {} }) {
  const copy = localCopy(form.dataset.copy)
  const positions = [...form.querySelectorAll('[data-position]')]
  const names = new Set([NOT_TEXT, ...positions.map((field) => field.name)])
  const position = () => Object.fromEntries(positions.map((field) => [field.name, field.value]))
  const move = (told) => {
    for (const field of positions) if (told[field.name] !== undefined) field.value = told[field.name]
  }
  const read = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !names.has(name))).toString()
  const state = new SavedState(words)
  const numbers = Object.entries(form.dataset).filter(([, value]) => /^\d+$/.test(value))
  const saving = new Saving(
    {
      read,
      send: (text) => post(form, [...new URLSearchParams(text), ...Object.entries(position())], saving.pauses.patience),
      keep: (unanswered) => copy.write({ text: read(), position: position(), unanswered }),
      forget: () => copy.forget(),
      arrived(told) {
        move(told)
        if (told.copy && told.copy !== form.dataset.copy) {
          // A new page has its address from now on: loading it again goes on with it.
          form.dataset.copy = told.copy
          history.replaceState(null, '', told.address)
          form.action = told.address
          copy.rename(told.copy)
        }
        if (told.others) showOthers(told.others)
        if (told.merged) tellMerged(told.merged, words, () => saving.settle())
      },
      conflict(told) {
        state.tell('refused', told.message)
        askWhatToDo(told, words, {
          mine: () => {
            move(told)
            saving.decided()
          },
          theirs: () => {
            saving.stop()
            copy.forget()
            location.reload()
          },
          overwritable: positions.some((field) => told[field.name] !== undefined),
        })
      },
      tell: (what, message) => state.tell(what, message),
    },
    Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)])),
  )

  form.addEventListener('input', () => saving.changed())
  form.addEventListener('change', () => saving.changed())
  let leaving = false
  form.addEventListener('submit', async (event) => {
    // «Keep my text» of a page that came back: she has seen the other text beside hers.
    if (leaving || event.submitter?.name === 'seen') return saving.stop()
    // What is written is saved first: without a network, or under a conflict, nobody leaves the page.
    event.preventDefault()
    const button = event.submitter
    const settled = await saving.settle()
    // A form can't be sent anew while it still tells of the first press.
    await new Promise((resolve) => setTimeout(resolve))
    if (settled) {
      saving.stop()
      leaving = true
      form.requestSubmit(button)
    } else if (!$('conflict').hidden) $('conflict').focus()
  })
  addEventListener('online', () => saving.later(0))
  addEventListener('pagehide', () => {
    if (!saving.clean) copy.write({ text: read(), position: position(), unanswered: saving.unanswered })
  })
  // A page that comes back from the browser's memory saves itself again.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    leaving = false
    location.reload()
  })
  offerCopies(copy, words, {
    known: (kept) => same(kept.text, saving.saved) && !kept.unanswered,
    take: (kept) => {
      move(kept.position)
      putBack(new URLSearchParams(kept.text))
      saving.takeUp(kept.unanswered)
    },
  })
  return saving
}

async function post(form, fields, patience) {
  // Not as multipart: the server reads this three times as fast, and there is no file in it.
  const body = new URLSearchParams(fields)
  body.set(NOT_TEXT, form.elements[NOT_TEXT].value)
  const signal = AbortSignal.timeout(patience)
  const answer = await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual', signal })
  const told = answer.ok || answer.status === 409 ? await answer.json() : null
  return {
    ok: answer.ok,
    told,
    signedOut: answer.type === 'opaqueredirect' || answer.status === 403,
    // No space is left where it would be kept.
    full: answer.status === 507,
    // From 502 on it is a server in between that speaks: whether ours did anything it does not know.
    between: answer.status >= 502 && answer.status !== 507,
  }
}

// What the line at the foot says; nothing that is not so.
class SavedState {
  constructor(words) {
    this.words = words
    this.line = $('status')
    this.drawn = this.line.textContent.trim()
    this.savedAt = null
    this.before = ''
  }

  tell(state, message = '') {
    const { words } = this
    if (state === 'saved' && this.before === 'saving') this.savedAt = new Date()
    this.before = state
    const saved = this.savedAt
      ? words.saved.replace('{}', this.savedAt.toLocaleTimeString(document.documentElement.lang))
      : this.drawn
    this.line.dataset.state = state
    this.line.textContent = state === 'saved' ? saved : words[state].replace('{}', message)
  }
}

// Somebody else saved first, or the text moved on: the person decides, nothing is written over by itself.
function askWhatToDo(told, words, { mine, theirs, overwritable }) {
  const box = $('conflict')
  const changes = told.changes ?? []
  box.replaceChildren(
    h('p', {}, told.message),
    ...(changes.length
      ? [
          h('p', {}, words.differs),
          h(
            'ul',
            {},
            changes.map((one) => h('li', {}, one)),
          ),
        ]
      : []),
    ...(overwritable
      ? [
          press(words.overwrite, 'btn btn-primary btn-sm', () => {
            box.hidden = true
            mine()
          }),
        ]
      : []),
    press(words.theirs, 'btn btn-outline-primary btn-sm', theirs),
  )
  box.hidden = false
  box.focus()
}

// Somebody else changed other fields: both are saved, and this page still shows the old ones until it is read anew.
function tellMerged(message, words, settle) {
  const box = $('merged')
  if (!box) return
  const again = async () => {
    if (await settle()) location.reload()
  }
  box.replaceChildren(h('p', {}, message), press(words.reread, 'btn btn-outline-primary btn-sm', again))
  box.hidden = false
}

// Texts that were never saved, one at a time.
function offerCopies(copy, words, { known, take }) {
  const box = $('local-copy')
  const waiting = []
  const next = () => {
    const [one] = waiting
    box.hidden = !one
    if (!one) return
    const when = new Date(one.kept.at).toLocaleString(document.documentElement.lang)
    const done = (act) => () => {
      waiting.shift()
      act()
      one.drop()
      next()
    }
    box.replaceChildren(
      h('p', {}, words.found.replace('{}', when)),
      press(
        words.restore,
        'btn btn-primary btn-sm',
        done(() => take(one.kept)),
      ),
      press(
        words.discard,
        'btn btn-outline-primary btn-sm',
        done(() => {}),
      ),
    )
  }
  copy.leftBehind((kept, drop) => {
    if (known(kept)) return drop()
    waiting.push({ kept, drop })
    if (waiting.length === 1) next()
  })
}

function press(text, kind, act) {
  const element = h('button', { type: 'button', class: kind }, text)
  element.addEventListener('click', act)
  return element
}
