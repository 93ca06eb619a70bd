// Says how much room is left in a field, and how much is too much. Nothing is cut: `maxlength` would drop the end of what
// is pasted without a word, so it is taken away here, and the centre refuses what is too long with a sentence.
//
//   <textarea data-longest="300">    or maxlength="300"; said from the start with data-count, else when it gets near

import { h, text } from './dom.js'

const NEAR = 0.9

// Characters as the centre counts them: code points, and a line break as one.
export const lengthOf = (value) => [...value.replaceAll('\r\n', '\n')].length

// What is said of a text of `length` where `longest` is allowed: {} is the number in the sentence.
export function roomLeft(length, longest, words) {
  const left = longest - length
  if (left >= 0) return (left === 1 ? words.leftOne : words.left).replace('{}', left)
  return (left === -1 ? words.tooLongOne : words.tooLong).replace('{}', -left)
}

export function startLengths(root, words) {
  const update = (field) => {
    const longest = Number(field.dataset.longest)
    const length = lengthOf(field.value)
    const over = length > longest
    const note = noteOf(field)
    note.hidden = !(over || field.hasAttribute('data-count') || length >= longest * NEAR)
    text(note, roomLeft(length, longest, words))
    note.classList.toggle('field-error', over)
    // What the centre has marked stays marked; what is marked here is so only while it is too long.
    if (over && !field.hasAttribute('aria-invalid')) {
      field.setAttribute('aria-invalid', 'true')
      field.dataset.over = ''
    } else if (!over && field.hasAttribute('data-over')) {
      field.removeAttribute('aria-invalid')
      field.removeAttribute('data-over')
    }
  }
  const take = (field) => {
    if (field.maxLength > 0) {
      field.dataset.longest = field.maxLength
      field.removeAttribute('maxlength')
    }
    if (field.dataset.longest) update(field)
  }
  const all = () => root.querySelectorAll('textarea[maxlength], input[maxlength], [data-longest]')
  for (const field of all()) take(field)
  root.addEventListener('input', (event) => {
    // Rows that were added, and texts that were put back, have their limits too.
    if (event.target === root) for (const field of all()) take(field)
    else if (event.target.matches('[maxlength], [data-longest]')) take(event.target)
  })
}

function noteOf(field) {
  const id = `${field.id}-room`
  const known = document.getElementById(id)
  if (known) return known
  const note = h('p', { class: 'help', id, 'aria-live': 'polite' })
  field.after(note)
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${id}`.trim())
  return note
}
