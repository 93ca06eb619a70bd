// Stickers by phone where the network comes and goes: what was typed and ticked stays until the centre has answered.
// Without this script the same forms are sent as any other.

let sending = false

async function send(form) {
  const answer = await fetch(location.href, { method: 'POST', body: new FormData(form) })
  // A refusal is an answer; a gateway that does not reach the centre is none.
  if (answer.status >= 500) throw new Error(answer.statusText)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const next = page.querySelector('main')
  if (!next) throw new Error('no page')
  document.querySelector('main').replaceWith(next)
  document.title = page.title
  const heading = next.querySelector('h1')
  heading.tabIndex = -1
  heading.focus()
  scrollTo(0, 0)
}

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('form[data-kept]')
  if (!form) return
  event.preventDefault()
  if (sending) return
  sending = true
  const unsent = form.querySelector('[data-unsent]')
  unsent.hidden = true
  try {
    await send(form)
  } catch {
    unsent.hidden = false
    unsent.focus()
  } finally {
    sending = false
  }
})
