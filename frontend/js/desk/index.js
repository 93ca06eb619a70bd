/* The desk's script: everything here makes the sheet's form easier, nothing is needed to send it. */

import { startSaving } from './saving.js'
import { startRichText } from './rich-text.js'
import { startRows } from './rows.js'

const form = document.getElementById('sheet')
if (form) {
  const words = JSON.parse(document.getElementById('desk-words').textContent)
  startRows(form, words)
  const editors = startRichText(form, words)
  startSaving(form, words, editors)
}
