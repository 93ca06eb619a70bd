// Rows of actors, items, examples and links: one more at a press, names that are new said so.

export function startRows(form, words) {
  for (const group of form.querySelectorAll('[data-rows]')) {
    const list = group.querySelector('ol')
    const button = group.querySelector('[data-add-row]')
    button.hidden = false
    button.addEventListener('click', () => {
      const row = addRow(list, group.dataset.rows)
      row.querySelector('input:not([type="hidden"]), select, textarea').focus()
    })
  }
  form.addEventListener('change', (event) => {
    const field = event.target
    if (field.matches('[data-framework]')) namesFor(field)
    if (field.matches('input[list]')) tellNewName(field, words)
  })
}

// The names a row offers are those of its framework.
export function namesFor(select) {
  select.closest('[data-row]').querySelector('input[list]').setAttribute('list', `names-${select.value}`)
}

export function addRow(list, name) {
  const last = list.lastElementChild
  const row = last.cloneNode(true)
  const number = list.children.length
  for (const element of row.querySelectorAll('[name], [id], [for]')) {
    for (const attribute of ['name', 'id', 'for']) {
      const value = element.getAttribute(attribute)
      if (value) element.setAttribute(attribute, value.replace(new RegExp(`^${name}-\\d+-`), `${name}-${number}-`))
    }
    if ('value' in element && element.tagName !== 'SELECT' && element.tagName !== 'BUTTON') element.value = ''
  }
  for (const note of row.querySelectorAll('.row-new')) note.remove()
  list.append(row)
  return row
}

function tellNewName(field, words) {
  const row = field.closest('[data-row]')
  row.querySelector('.row-new')?.remove()
  const names = [...(document.getElementById(field.getAttribute('list'))?.options ?? [])].map((o) =>
    o.value.toLowerCase(),
  )
  const value = field.value.trim().toLowerCase()
  const was = row.querySelector('[name$="-was"]')?.value.trim().toLowerCase()
  if (!value || value === was || names.includes(value)) return
  const note = document.createElement('p')
  note.className = 'row-new'
  note.textContent = words.newName
  row.append(note)
}
