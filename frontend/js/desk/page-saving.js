// Saves a page or a piece of news by itself, into its draft. One saving at a time; what fails is tried again; nothing leaves
// this browser's copy before the server has said that it has it.

import { localCopy } from './local-copy.js'
import { countLeft } from './saving.js'

const PAUSE = 2000
const RETRY = 5000

export function startPageSaving(form, words, editors) {
  const copyOf = (page) => localCopy(`page/${page}/${form.dataset.person}`)
  let copy = copyOf(form.elements.page.value || form.elements.kind.value)
  const status = document.getElementById('status')
  const box = document.getElementById('conflict')
  let saved = written(form)
  let busy = false
  let stopped = false
  let timer = null
  // Sent and never answered: it is sent again just as it was before anything newer, because the server knows its own
  // text again, while another would look like that of a second person.
  let unanswered = null
  let refused = false

  const say = (text) => {
    status.textContent = text
  }
  const later = (delay) => {
    clearTimeout(timer)
    timer = setTimeout(save, delay)
  }
  const numbers = () => ['page', 'revision'].map((name) => [name, form.elements[name].value])
  const keep = () => copy.write(written(form), Object.fromEntries(numbers()))
  const changed = () => {
    countLeft(form, words)
    refused = false
    if (written(form) === saved) return
    keep()
    if (!stopped) {
      say(words.unsaved)
      later(PAUSE)
    }
  }

  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  // What is written is saved first, so that without a network nobody leaves the page; what can't be saved as it is goes
  // to the server all the same, which answers with the form and what is wrong.
  form.addEventListener('submit', async (event) => {
    if (refused || (!busy && unanswered === null && written(form) === saved)) {
      stopped = true
      return
    }
    event.preventDefault()
    clearTimeout(timer)
    keep()
    do {
      if (!busy) save()
      while (busy) await new Promise((resolve) => setTimeout(resolve, 50))
    } while (unanswered === null && !refused && box.hidden && written(form) !== saved)
    if (unanswered === null && box.hidden) form.requestSubmit(event.submitter)
  })
  addEventListener('online', () => later(0))
  addEventListener('pagehide', () => {
    if (written(form) !== saved) keep()
  })
  countLeft(form, words)
  offerCopy()

  async function save() {
    if (busy) return later(300)
    const again = unanswered !== null
    const text = unanswered ?? written(form)
    if (stopped || (!again && text === saved)) return
    busy = true
    say(words.saving)
    unanswered = text
    try {
      const body = new URLSearchParams([...new URLSearchParams(text), ...numbers()])
      body.set('kind', form.elements.kind.value)
      body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value)
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual' })
      const told = answer.ok || answer.status === 409 ? await answer.json() : null
      if (answer.status < 502) unanswered = null
      if (answer.ok) done(told, text)
      else if (told && again) later(0)
      else if (told?.revision) conflict(told)
      /* It can't be saved as it is, such as without a title: what is wrong is said, and the next change tries again. */ else if (
        told
      ) {
        refused = true
        say(words.notYet.replace('{}', told.message))
      } else if (answer.type === 'opaqueredirect' || answer.status === 403) {
        say(words.signedOut)
        later(RETRY * 4)
      } else throw new Error(answer.status)
    } catch {
      say(words.offline)
      later(RETRY)
    } finally {
      busy = false
    }
  }

  function done(answer, text) {
    saved = text
    if (!form.elements.page.value) {
      // A new page has its address from now on: loading it again goes on with it.
      history.replaceState(null, '', answer.address)
      form.action = answer.address
      copy.forget()
      copy = copyOf(answer.page)
    }
    form.elements.page.value = answer.page
    form.elements.revision.value = answer.revision
    if (written(form) !== saved) {
      keep()
      say(words.unsaved)
      later(PAUSE)
      return
    }
    copy.forget()
    say(words.saved.replace('{}', new Date().toLocaleTimeString(document.documentElement.lang)))
  }

  // Somebody else saved first: the person decides, nothing is written over by itself.
  function conflict(answer) {
    stopped = true
    box.replaceChildren(
      paragraph(answer.message),
      press(words.overwrite, 'btn btn-primary btn-sm', () => {
        form.elements.revision.value = answer.revision
        box.hidden = true
        stopped = false
        save()
      }),
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
    if (!kept || kept.fields === saved) {
      copy.forget()
      return
    }
    const offer = document.getElementById('local-copy')
    const when = new Date(kept.at).toLocaleString(document.documentElement.lang)
    offer.replaceChildren(
      paragraph(words.found.replace('{}', when)),
      press(words.restore, 'btn btn-primary btn-sm', () => {
        putBack(kept)
        offer.hidden = true
      }),
      press(words.discard, 'btn btn-outline-primary btn-sm', () => {
        copy.forget()
        offer.hidden = true
      }),
    )
    offer.hidden = false
  }

  // Numbers too: a text that is taken up goes on from what it was written on, so that what somebody else saved meanwhile
  // is noticed.
  function putBack({ fields, from }) {
    for (const [name, value] of Object.entries(from)) form.elements[name].value = value
    const texts = new URLSearchParams(fields)
    for (const field of form.elements) {
      if (['checkbox', 'radio'].includes(field.type)) field.checked = texts.getAll(field.name).includes(field.value)
      else if (field.name && texts.has(field.name)) field.value = texts.get(field.name)
    }
    for (const [name, editor] of editors) editor.commands.setContent(texts.get(name) ?? '')
    changed()
  }
}

// Everything a person can write or choose in the form, as one text that can be compared, kept and sent.
function written(form) {
  const pairs = [...new FormData(form)].filter(
    ([name]) => !['csrfmiddlewaretoken', 'page', 'kind', 'revision'].includes(name),
  )
  return new URLSearchParams(pairs).toString()
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
