// A roll of many seats from the keyboard: down the roll a letter and Enter for each, or the beginning of a name, Enter, a
// letter, Enter, and back to the name.
// Without this script the same lists are filled in one after the other.

import { plain } from '../shared/plain.js'

const form = document.querySelector('form[data-roll]')
if (form) start(form)

function start(form) {
  const find = form.querySelector('[data-roll-find]')
  const said = form.querySelector('[data-roll-said]')
  const rows = [...form.querySelectorAll('.roll li')].map((row) => ({
    row,
    choice: row.querySelector('select'),
    name: plain(row.querySelector('label').textContent),
  }))
  const words = JSON.parse(form.querySelector('[data-roll-words]').text)
  form.querySelector('.roll-find').hidden = false

  // Names that begin so come before those that only have it in them.
  const found = () => {
    const asked = plain(find.value)
    if (!asked) return rows
    const begin = rows.filter((one) => one.name.startsWith(asked))
    return begin.length ? begin : rows.filter((one) => one.name.includes(asked))
  }

  // A long roll is folded by letter: what is looked for opens its letter, and letters without it step back.
  const folds = [...form.querySelectorAll('details.fold')]
  const reach = (choice) => {
    const fold = choice.closest('details')
    if (fold) fold.open = true
    choice.focus()
  }

  const show = () => {
    const kept = new Set(found())
    for (const one of rows) one.row.hidden = !kept.has(one)
    for (const fold of folds) {
      fold.hidden = !fold.querySelector('.roll li:not([hidden])')
      fold.open = Boolean(find.value)
    }
    said.textContent = kept.size ? '' : words.none
  }

  const count = () => {
    const numbers = new Map()
    for (const { choice } of rows) numbers.set(choice.value, (numbers.get(choice.value) ?? 0) + 1)
    form.querySelector('[data-roll-counts]').textContent = [...rows[0].choice.options]
      .filter((option) => numbers.has(option.value))
      .map((option) => `${option.value ? option.text : words.empty} ${numbers.get(option.value)}`)
      .join(' · ')
  }

  const back = () => {
    find.value = ''
    show()
    find.focus()
  }

  find.addEventListener('input', show)
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const first = found()[0]
    if (first) reach(first.choice)
  })
  let left = false
  form.addEventListener('change', (event) => {
    if (!event.target.matches('.roll select')) return
    left = true
    count()
    if (find.value) {
      said.textContent = `${event.target.closest('li').querySelector('label').textContent}: ${
        event.target.selectedOptions[0].text
      }`
    }
  })
  form.addEventListener('keydown', (event) => {
    if (!event.target.matches('.roll select') || event.key !== 'Enter') return
    // Enter in a list would send the whole form half filled in: it goes on, back to the name that is looked for, or,
    // where none is, down the roll (up with the shift key).
    event.preventDefault()
    const next = find.value
      ? undefined
      : rows[rows.findIndex((one) => one.choice === event.target) + (event.shiftKey ? -1 : 1)]
    if (next) reach(next.choice)
    else back()
  })
  form.addEventListener('submit', () => {
    left = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (left) event.preventDefault()
  })
  count()
}
