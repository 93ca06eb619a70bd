// Find without reloading: a filter answers as soon as it is chosen, links of the answer change only the answer.
// The address says the whole question, as without script; focus and open filters stay, and what is read does not jump.
// Whatever goes wrong falls back to an ordinary page.
const HERE = '[data-find]'
let asked = 0

function open() {
  return [...document.querySelectorAll(`${HERE} details[open]`)].map((one) => one.parentElement.id).filter(Boolean)
}

// Finds again in the new page what was focused in the old one: a filter by name and value, since its place may change.
function finder(what) {
  if (typeof what === 'string') return () => document.getElementById(what)
  if (what?.name && what.value && what.type !== 'search') {
    const same = `${HERE} [name="${CSS.escape(what.name)}"][value="${CSS.escape(what.value)}"]:not([type="hidden"])`
    return () => document.querySelector(same)
  }
  return () => (what?.id ? document.getElementById(what.id) : null)
}

async function show(address, { push = true, focus = document.activeElement } = {}) {
  const find = finder(focus)
  const mine = ++asked
  const place = document.querySelector(HERE)
  place.setAttribute('aria-busy', 'true')
  let page
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' } })
    if (!answer.ok) throw new Error(answer.status)
    page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    if (mine === asked) location.assign(address)
    return
  }
  // Only the last question asked is answered.
  if (mine !== asked) return
  const fresh = page.querySelector(HERE)
  if (!fresh) return location.assign(address)
  const kept = open()
  const before = find()?.getBoundingClientRect().top
  place.replaceWith(fresh)
  document.title = page.title
  for (const id of kept) document.getElementById(id)?.querySelector('details')?.setAttribute('open', '')
  if (push) history.pushState({ find: true }, '', address)
  const target = find()
  if (target) {
    if (target.id === 'risultati') target.scrollIntoView()
    else if (before !== undefined) scrollBy(0, target.getBoundingClientRect().top - before)
    target.focus({ preventScroll: true })
  }
  document.getElementById('risposta-detta').textContent = fresh.querySelector('#risultati')?.textContent ?? ''
}

function addressOf(form) {
  const said = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value) said.append(name, value)
  return `${location.pathname}?${said}`
}

document.addEventListener('change', (event) => {
  const form = event.target.form
  // A list changes at every press of an arrow: it waits for the button.
  if (event.target.type === 'checkbox' && form?.matches(`${HERE} .filters`)) show(addressOf(form))
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.closest(HERE) || form.method !== 'get') return
  event.preventDefault()
  show(addressOf(form), { focus: form.matches('.filters') ? 'risultati' : 'cerca' })
})

document.addEventListener('click', (event) => {
  const link = event.target.closest(`${HERE} a[href^="?"]`)
  if (!link || event.defaultPrevented || event.button) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  show(link.href, { focus: link.closest('.pagination-wrapper, .chosen-list') ? 'risultati' : link.id || 'risultati' })
})

addEventListener('popstate', () => {
  if (document.querySelector(HERE)) show(location.href, { push: false, focus: null })
})

const status = document.createElement('p')
status.id = 'risposta-detta'
status.className = 'visually-hidden'
status.setAttribute('role', 'status')
document.querySelector(HERE)?.before(status)
