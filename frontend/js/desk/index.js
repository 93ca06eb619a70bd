// The desk's script: everything here makes the forms easier, nothing is needed to send them.

import { startLengths } from '../shared/lengths.js'
import { startSavedForm } from '../shared/saved-form.js'
import { startPresence } from './presence.js'
import { putBackInto } from './put-back.js'
import { startRichText } from './rich-text.js'
import { startRows } from './rows.js'

const words = Object.assign({}, ...[...document.querySelectorAll('[data-words]')].map((one) => JSON.parse(one.text)))
const form = document.querySelector('form[data-autosave]')
if (form) {
  startRows(form, words)
  startLengths(form, words)
  const editors = startRichText(form, words)
  const showOthers = startPresence(form, words)
  startSavedForm(form, words, { putBack: putBackInto(form, editors), showOthers })
}
// A form with rich text that is saved only when it is sent.
const plain = document.querySelector('form[data-editor]:not([data-autosave])')
if (plain) startRichText(plain, words)
