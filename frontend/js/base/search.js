// The search of the whole site offers suggestions while somebody types: a combobox with a list (ARIA 1.2). Without this
// script it is a plain form; whatever goes wrong leaves it one.
import { h } from '../shared/dom.js'

const PAUSE = 120
const boxes = document.querySelectorAll('form[data-suggestions]')

function combobox(form, number) {
  const input = form.querySelector('input[type="search"]')
  const id = `suggerimenti-${number}`
  const list = h('ul', {
    id,
    role: 'listbox',
    class: 'suggestions',
    'aria-label': form.getAttribute('aria-label'),
    hidden: true,
  })
  const status = h('p', { class: 'visually-hidden', role: 'status' })
  form.append(list, status)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': id,
    'aria-autocomplete': 'list',
  }))
    input.setAttribute(name, value)
  let timer = 0
  let asking = null
  let chosen = -1

  const options = () => [...list.children]

  function close() {
    clearTimeout(timer)
    asking?.abort()
    list.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  function choose(index) {
    const all = options()
    chosen = all.length ? (index + all.length) % all.length : -1
    for (const [place, option] of all.entries()) option.setAttribute('aria-selected', String(place === chosen))
    if (chosen < 0) return
    input.setAttribute('aria-activedescendant', all[chosen].id)
    all[chosen].scrollIntoView({ block: 'nearest' })
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((one, place) =>
        h(
          'li',
          { id: `${id}-${place}`, role: 'option', 'aria-selected': 'false', 'data-address': one.address },
          h('span', { class: 'suggestion-name' }, one.under ? `${one.under} → ${one.name}` : one.name),
          ' ',
          h('span', { class: 'suggestion-kind' }, one.kind),
        ),
      ),
    )
    chosen = -1
    input.removeAttribute('aria-activedescendant')
    list.hidden = !found.length
    input.setAttribute('aria-expanded', String(found.length > 0))
    const { saidOne, saidMore, saidNone } = form.dataset
    status.textContent = found.length === 1 ? saidOne : found.length ? saidMore.replace('{n}', found.length) : saidNone
  }

  async function ask() {
    asking?.abort()
    const typed = input.value.trim()
    if (typed.length < 2) return close()
    asking = new AbortController()
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(typed)}`, {
        signal: asking.signal,
      })
      if (!answer.ok) throw new Error(answer.status)
      show((await answer.json()).suggestions)
    } catch (problem) {
      if (problem.name !== 'AbortError') close()
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (list.hidden) return ask()
      if (event.key === 'ArrowDown') choose(chosen + 1)
      else choose(chosen < 0 ? options().length - 1 : chosen - 1)
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault()
      location.assign(options()[chosen].dataset.address)
    } else if (event.key === 'Escape' && !list.hidden) {
      // The first press closes the list, the next empties the box as browsers do.
      event.preventDefault()
      close()
    }
  })
  // The press comes before the box loses the focus, which closes the list.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]')
    if (option) location.assign(option.dataset.address)
  })
  input.addEventListener('blur', close)
}

for (const [number, form] of boxes.entries()) combobox(form, number)
