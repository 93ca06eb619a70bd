// The plan table works without this: squares are links and their cards open by hover and focus. Added here: a first tap
// opens the card and a second goes to the sheet (on a phone the title stands there already, and the first tap goes);
// Escape shuts a card; arrows walk the squares; a card near the foot of the window opens upwards.

function shutOthers(table, square) {
  for (const open of table.querySelectorAll('.open, .shut')) {
    if (open !== square) open.classList.remove('open', 'shut')
  }
}

function place(square) {
  const card = square.querySelector('.square-card')
  if (!card) return
  square.classList.remove('above')
  const box = card.getBoundingClientRect()
  const room = square.getBoundingClientRect().top - box.height > 8
  if (getComputedStyle(card).position === 'absolute' && box.bottom > window.innerHeight && room)
    square.classList.add('above')
}

// Where the title is written beside the code, as on a phone, there is no card to open.
function hasCard(square) {
  const card = square.querySelector('.square-card')
  return Boolean(card) && getComputedStyle(card).position !== 'static'
}

// What a second touch does stands on the card that the first one opened.
function sayWhatComesNext(table, square) {
  const card = square.querySelector('.square-card')
  if (!card || card.querySelector('.square-next')) return
  const hint = document.createElement('em')
  hint.className = 'square-next'
  hint.textContent = table.dataset.secondTouch
  card.append(hint)
}

// The nearest square in the direction of an arrow, as the eye sees it.
function neighbour(squares, from, key) {
  const here = from.getBoundingClientRect()
  const x = here.left + here.width / 2
  const y = here.top + here.height / 2
  let best = null
  let least = Infinity
  for (const square of squares) {
    const box = square.getBoundingClientRect()
    const dx = box.left + box.width / 2 - x
    const dy = box.top + box.height / 2 - y
    const [along, across] = {
      ArrowRight: [dx, dy],
      ArrowLeft: [-dx, dy],
      ArrowDown: [dy, dx],
      ArrowUp: [-dy, dx],
    }[key]
    if (along < 4) continue
    const cost = along + Math.abs(across) * 3
    if (cost < least) [best, least] = [square, cost]
  }
  return best
}

for (const table of document.querySelectorAll('[data-plan-table]')) {
  const squares = [...table.querySelectorAll('.square')]
  let touched = false

  table.addEventListener('pointerdown', (event) => {
    touched = event.pointerType !== 'mouse'
  })
  for (const kind of ['pointerover', 'focusin']) {
    table.addEventListener(kind, (event) => {
      const square = event.target.closest('.square')
      shutOthers(table, square)
      if (square) place(square)
    })
  }
  table.addEventListener('click', (event) => {
    const square = event.target.closest('.square')
    const byTouch = touched
    touched = false
    if (!square || !byTouch || square.classList.contains('open') || !hasCard(square)) return
    event.preventDefault()
    shutOthers(table, square)
    square.classList.add('open')
    sayWhatComesNext(table, square)
    place(square)
  })
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.square')) shutOthers(table, null)
  })
  table.addEventListener('keydown', (event) => {
    const square = event.target.closest('.square')
    if (!square || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key.startsWith('Arrow')) {
      const next = neighbour(squares, square, event.key)
      if (next) {
        event.preventDefault()
        next.focus()
      }
    }
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const square of table.querySelectorAll('.open')) square.classList.remove('open')
    for (const square of table.querySelectorAll('.square:hover, .square:focus')) square.classList.add('shut')
  })
}
