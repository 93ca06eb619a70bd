// Puts a kept text back into its form: fields, choices, rows that were added, editors.

import { addRow, namesFor } from './rows.js'

export function putBackInto(form, editors) {
  return (text) => {
    for (const name of new Set(text.keys())) {
      const row = name.match(/^(\w+)-(\d+)-/)
      const list = row && form.querySelector(`[data-rows="${row[1]}"] ol`)
      while (list && list.children.length <= Number(row[2])) addRow(list, row[1])
    }
    for (const field of form.elements) {
      if (!field.name || field.hasAttribute('data-position')) continue
      if (['checkbox', 'radio'].includes(field.type)) field.checked = text.getAll(field.name).includes(field.value)
      else if (text.has(field.name)) field.value = text.get(field.name)
    }
    for (const [name, editor] of editors) editor.commands.setContent(text.get(name) ?? '')
    for (const select of form.querySelectorAll('[data-framework]')) namesFor(select)
    form.dispatchEvent(new Event('input', { bubbles: true }))
  }
}
