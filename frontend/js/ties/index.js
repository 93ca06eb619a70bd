// The grid of ties from the keyboard: arrows move, a number marks a cell, one button saves what was marked.
// Without this script each cell opens its sheet, where the same is said in a list.

const table = document.querySelector('table[data-ties]')
if (table) start(table)

function start(table) {
  const form = document.querySelector('[data-ties-form]')
  const words = JSON.parse(document.querySelector('[data-ties-words]').text)
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('a[data-cell]')])
  const cells = rows.flat()
  const marked = new Map()
  document.querySelector('[data-ties-help]').hidden = false

  // One cell at a time can be reached with Tab: a table of a thousand links would have no end.
  let here = cells[0]
  for (const cell of cells) cell.tabIndex = cell === here ? 0 : -1

  const go = (cell) => {
    if (!cell) return
    here.tabIndex = -1
    here = cell
    here.tabIndex = 0
    here.focus()
  }

  const place = () => {
    const row = rows.findIndex((one) => one.includes(here))
    return [row, rows[row].indexOf(here)]
  }

  const moves = {
    ArrowRight: (row, column) => rows[row][column + 1],
    ArrowLeft: (row, column) => rows[row][column - 1],
    ArrowDown: (row, column) => rows[row + 1]?.[column],
    ArrowUp: (row, column) => rows[row - 1]?.[column],
    Home: (row) => rows[row][0],
    End: (row) => rows[row].at(-1),
  }

  const show = (cell, state) => {
    const [kind, mark, said] = state
    cell.querySelector('[data-mark]').textContent = mark
    cell.querySelector('[data-words]').textContent = said
    const box = cell.closest('td')
    box.className = ['tie-mark', kind && `tie-${kind}`, marked.has(cell) && 'tie-marked'].filter(Boolean).join(' ')
  }

  const count = () => {
    form.hidden = marked.size === 0
    form.querySelector('[data-ties-said]').textContent = `${words.marked} ${marked.size}`
    for (const old of form.querySelectorAll('[name=cell]')) old.remove()
    for (const [cell, state] of marked) {
      const input = document.createElement('input')
      input.type = 'hidden'
      input.name = 'cell'
      input.value = `${cell.dataset.cell}:${state[0]}`
      form.append(input)
    }
  }

  const mark = (cell, state) => {
    const was = cell.dataset.cell.split(':')[2]
    if (state[0] === was) marked.delete(cell)
    else marked.set(cell, state)
    show(cell, state)
    count()
  }

  table.addEventListener('focusin', (event) => {
    const cell = event.target.closest('a[data-cell]')
    if (cell && cell !== here) go(cell)
  })
  table.addEventListener('keydown', (event) => {
    const cell = event.target.closest('a[data-cell]')
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key in moves) {
      event.preventDefault()
      go(moves[event.key](...place()))
    } else if (/^[0-5]$/.test(event.key)) {
      const state = words.states[Number(event.key)]
      event.preventDefault()
      // A conflict needs words that do not fit in a cell: its sheet is where they are written.
      if (state[0] === 'conflicts') {
        if (marked.size) form.querySelector('[data-ties-said]').textContent = words.first
        else cell.click()
      } else mark(cell, state)
    }
  })
  let sent = false
  form.addEventListener('submit', () => {
    sent = true
  })
  window.addEventListener('beforeunload', (event) => {
    if (marked.size && !sent) event.preventDefault()
  })
}
