// Finds a municipality among many as its name is typed; without this script the zones unfold one by one.

import { plain } from '../shared/plain.js'

const list = document.querySelector('[data-find-seat]')
if (list) start(list)

function start(list) {
  const field = list.querySelector('[data-find-seat-field]')
  const input = field.querySelector('input')
  const said = field.querySelector('[role=status]')
  const zones = [...list.querySelectorAll('details')].map((zone) => ({
    zone,
    open: zone.open,
    seats: [...zone.querySelectorAll('[data-seat]')].map((row) => ({ row, name: plain(row.dataset.seat) })),
  }))
  field.hidden = false

  input.addEventListener('input', () => {
    const asked = plain(input.value)
    let found = 0
    for (const { zone, open, seats } of zones) {
      let here = 0
      for (const { row, name } of seats) {
        row.hidden = !name.includes(asked)
        if (!row.hidden) here += 1
      }
      zone.hidden = here === 0
      zone.open = asked ? here > 0 : open
      found += here
    }
    said.textContent = found ? '' : said.dataset.none
  })
}
