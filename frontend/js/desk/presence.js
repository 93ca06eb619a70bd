// Who else has the form open: told by every saving, and asked for in between.

import { h } from '../shared/dom.js'
import { PAUSES } from '../shared/saving.js'

// Starts asking; gives the function that shows the names.
export function startPresence(form, words) {
  const box = document.getElementById('others')
  if (!box) return () => {}
  const show = (names) => {
    const text = names.length ? words.others.replace('{}', names.join(', ')) : ''
    if (box.textContent.trim() === text) return
    box.replaceChildren(...(text ? [h('p', {}, text)] : []))
    box.classList.toggle('local-copy', Boolean(text))
  }
  setInterval(async () => {
    if (document.hidden) return
    const body = new FormData()
    body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value)
    body.set('heartbeat', '1')
    try {
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual' })
      if (answer.ok) show((await answer.json()).others)
    } catch {
      // No network: the next saving says so.
    }
  }, Number(form.dataset.heartbeat) || PAUSES.heartbeat)
  return show
}
