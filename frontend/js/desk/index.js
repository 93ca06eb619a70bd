// The desk's script: everything here makes the forms easier, nothing is needed to send them.

import { startPageSaving } from './page-saving.js'
import { startRichText } from './rich-text.js'
import { startRows } from './rows.js'
import { startSaving } from './saving.js'

const words = (id) => JSON.parse(document.getElementById(id).textContent)

const sheet = document.getElementById('sheet')
if (sheet) {
  const all = { ...words('editor-words'), ...words('desk-words') }
  startRows(sheet, all)
  const editors = startRichText(sheet, all)
  startSaving(sheet, all, editors)
}

const page = document.getElementById('page')
if (page) {
  const all = { ...words('editor-words'), ...words('page-words') }
  startPageSaving(page, all, startRichText(page, all))
}
