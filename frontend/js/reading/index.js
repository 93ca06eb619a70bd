// Words selected in the text that is open become the passage: what they are, and where, in code points.

import { pointsBetween } from './points.js'

const text = document.getElementById('whole')
const form = document.querySelector('[data-passage]')

function take() {
  const { selectionStart, selectionEnd, value } = text
  if (selectionStart === selectionEnd) return
  const [start, end] = pointsBetween(value, selectionStart, selectionEnd)
  form.elements.start.value = start
  form.elements.end.value = end
  form.elements.words.value = value.slice(selectionStart, selectionEnd)
}

if (text && form) text.addEventListener('select', take)
