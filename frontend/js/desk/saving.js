// Saves the draft by itself. One saving at a time; what fails is tried again; nothing leaves this browser's copy before
// the server has said that it has it.

import { drawnFrom, localCopy, same, written } from './local-copy.js'
import { addRow } from './rows.js'

const PAUSE = 2000
const RETRY = 5000
const HEARTBEAT = 25000

export function startSaving(form, words, editors) {
  const copy = localCopy(form.dataset.sheet)
  const status = document.getElementById('status')
  let saved = written(form)
  let busy = false
  let stopped = false
  let timer = null
  // What was sent and never answered: the server may have it or not. It is sent again, just as it was, before anything
  // newer: the server knows its own text again and says which revision it is, while another text would look like that
  // of a second person.
  let unanswered = null

  const keep = () => copy.write(written(form), drawnFrom(form), unanswered)
  const say = (text) => {
    status.textContent = text
  }
  const later = (delay) => {
    clearTimeout(timer)
    timer = setTimeout(save, delay)
  }

  form.addEventListener('input', () => {
    countLeft(form, words)
    keep()
    if (!stopped) {
      say(words.unsaved)
      later(PAUSE)
    }
  })
  form.addEventListener('change', () => {
    keep()
    if (!stopped) later(PAUSE)
  })
  // A saving under way makes a new revision: the form waits for it, or it would be refused as an older one.
  form.addEventListener('submit', async (event) => {
    clearTimeout(timer)
    keep()
    if (busy || unanswered) {
      event.preventDefault()
      const button = event.submitter
      if (!busy) save()
      while (busy) await new Promise((resolve) => setTimeout(resolve, 50))
      if (unanswered || !document.getElementById('conflict').hidden) return
      form.requestSubmit(button)
    }
    stopped = true
  })
  addEventListener('online', () => later(0))
  addEventListener('pagehide', () => {
    if (!same(written(form), saved)) keep()
  })
  setInterval(heartbeat, HEARTBEAT)
  countLeft(form, words)
  offerCopy()

  async function save() {
    if (busy) return later(300)
    const again = unanswered !== null
    const fields = unanswered ?? written(form)
    if (stopped || (!again && same(fields, saved))) {
      if (same(fields, saved)) copy.forget()
      return
    }
    busy = true
    say(words.saving)
    unanswered = fields
    keep()
    try {
      // Not as multipart: the server reads this three times as fast, and there is no file in it.
      const csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value
      const body = new URLSearchParams({ ...fields, ...drawnFrom(form), csrfmiddlewaretoken })
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual' })
      const told = answer.ok || answer.status === 409 ? await answer.json() : null
      const signedOut = answer.type === 'opaqueredirect' || answer.status === 403
      // From 502 on it is a server in between that speaks: whether ours did anything it does not know.
      if (answer.status < 502) unanswered = null
      if (!told && !signedOut) throw new Error(answer.status)
      if (answer.ok) done(told, fields)
      /* The differences shown must be those of the text she sees now. */ else if (told && again) later(0)
      else if (told) conflict(told)
      else {
        say(words.signedOut)
        later(RETRY * 4)
      }
    } catch {
      say(words.offline)
      later(RETRY)
    } finally {
      busy = false
    }
  }

  function done(answer, fields) {
    form.elements.proposal.value = answer.proposal
    form.elements.revision.value = answer.revision
    saved = fields
    showOthers(answer.others)
    if (!same(written(form), saved)) {
      keep()
      say(words.unsaved)
      later(PAUSE)
      return
    }
    copy.forget()
    say(words.saved.replace('{}', new Date().toLocaleTimeString(document.documentElement.lang)))
  }

  // Somebody else saved first, or the sheet moved on: the person decides, nothing is written over by itself.
  function conflict(answer) {
    stopped = true
    const box = document.getElementById('conflict')
    box.replaceChildren(paragraph(answer.message))
    if (answer.changes.length) {
      const list = document.createElement('ul')
      list.append(...answer.changes.map((text) => Object.assign(document.createElement('li'), { textContent: text })))
      box.append(paragraph(words.differs), list)
    }
    if (answer.revision || answer.base) {
      box.append(
        press(words.overwrite, 'btn btn-primary btn-sm', () => {
          if (answer.revision) {
            form.elements.proposal.value = answer.proposal
            form.elements.revision.value = answer.revision
          }
          if (answer.base) form.elements.base.value = answer.base
          box.hidden = true
          stopped = false
          save()
        }),
      )
    }
    box.append(
      press(words.theirs, 'btn btn-outline-primary btn-sm', () => {
        copy.forget()
        location.reload()
      }),
    )
    box.hidden = false
    box.focus()
    say(answer.message)
  }

  function offerCopy() {
    const kept = copy.read()
    if (!kept || same(kept.fields, saved)) {
      copy.forget()
      return
    }
    const box = document.getElementById('local-copy')
    const when = new Date(kept.at).toLocaleString(document.documentElement.lang)
    box.replaceChildren(
      paragraph(words.found.replace('{}', when)),
      press(words.restore, 'btn btn-primary btn-sm', () => {
        putBack(kept)
        box.hidden = true
      }),
      press(words.discard, 'btn btn-outline-primary btn-sm', () => {
        copy.forget()
        box.hidden = true
      }),
    )
    box.hidden = false
  }

  function putBack({ fields, from = {}, unanswered: sent = null }) {
    unanswered = sent
    for (const [name, value] of Object.entries(from)) form.elements[name].value = value
    for (const [name, value] of Object.entries(fields)) {
      const row = name.match(/^(\w+)-(\d+)-/)
      const list = row && document.querySelector(`[data-rows="${row[1]}"] ol`)
      while (list && list.children.length <= Number(row[2])) addRow(list, row[1])
      const field = form.elements[name]
      if (field) field.value = value
      editors.get(name)?.commands.setContent(value)
    }
    for (const select of form.querySelectorAll('[data-framework]')) {
      select.closest('[data-row]').querySelector('input[list]').setAttribute('list', `names-${select.value}`)
    }
    form.dispatchEvent(new Event('input', { bubbles: true }))
  }

  async function heartbeat() {
    if (document.hidden || stopped) return
    const body = new FormData()
    body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value)
    body.set('heartbeat', '1')
    try {
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual' })
      if (answer.ok) showOthers((await answer.json()).others)
    } catch {
      // no network: the next saving says so
    }
  }

  function showOthers(names) {
    const box = document.getElementById('others')
    const text = names.length ? words.others.replace('{}', names.join(', ')) : ''
    if (box.textContent.trim() === text) return
    box.replaceChildren(...(text ? [paragraph(text)] : []))
    box.classList.toggle('local-copy', Boolean(text))
  }
}

export function countLeft(form, words) {
  for (const field of form.querySelectorAll('[data-count]')) {
    let note = field.nextElementSibling
    if (!note) {
      note = paragraph('')
      note.className = 'help'
      field.after(note)
    }
    note.textContent = words.left.replace('{}', field.maxLength - field.value.length)
  }
}

function paragraph(text) {
  return Object.assign(document.createElement('p'), { textContent: text })
}

function press(text, kind, act) {
  const element = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: text,
    className: kind,
  })
  element.addEventListener('click', act)
  return element
}
