// Tables as small cards by venue, and strategies as bars. Counts move in place, without flicker.

import { h, renew, say, text } from '../shared/dom.js'

const LATE = 60

function state(table) {
  if (!table.devices || table.seen === null) return ['never', say('never')]
  if (table.seen > LATE) return ['quiet', say('quiet', { minutes: Math.round(table.seen / 60) })]
  return ['connected', say('connected')]
}

export function drawTables(overview, parent) {
  const venues = [...new Set(overview.tables.map((table) => table.venue))]
  renew(
    parent,
    venues,
    (name) => name,
    (name) => h('section', {}, h('h3', {}, name), h('ul', { class: 'table-cards' })),
    (section, name) => {
      const own = overview.tables.filter((table) => table.venue === name)
      renew(
        section.lastElementChild,
        own,
        (table) => table.id,
        () =>
          h(
            'li',
            { class: 'table-card' },
            h('p', { class: 'table-name' }),
            h('p', { class: 'table-state' }),
            h(
              'dl',
              {},
              ['people', 'stickers', 'observations'].map((key) =>
                h('div', {}, h('dt', {}, say(key)), h('dd', { 'data-figure': key })),
              ),
            ),
            h('p', { class: 'table-note', hidden: true }),
          ),
        (card, table) => {
          const [kind, words] = state(table)
          card.dataset.state = kind
          text(
            card.querySelector('.table-name'),
            `${say('table', { number: table.number })} · Z${table.zones.join('+')}`,
          )
          text(card.querySelector('.table-state'), words)
          for (const cell of card.querySelectorAll('dd')) text(cell, table[cell.dataset.figure])
          const notes = [
            table.waiting ? say('held_back', { n: table.waiting }) : '',
            table.held ? say('device_held') : '',
            table.disputed ? say('disputed') : '',
          ].filter(Boolean)
          const note = card.querySelector('.table-note')
          note.hidden = notes.length === 0
          text(note, notes.join(' · '))
        },
      )
    },
  )
  const sum = (key) => overview.tables.reduce((total, table) => total + table[key], 0)
  const lang = document.documentElement.lang
  const connected = overview.tables.filter((table) => state(table)[0] === 'connected').length
  text(document.getElementById('total-connected'), `${connected} / ${overview.tables.length}`)
  for (const key of ['people', 'stickers', 'observations']) {
    text(document.getElementById(`total-${key}`), sum(key).toLocaleString(lang))
  }
}

export function drawBars(count, given, parent, zone) {
  const session = given.sessions[0]
  if (!session) return
  const votes = count.votes[session.code]
  const counts = zone ? votes.zones[zone] || {} : votes.whole
  const most = Math.max(1, ...given.strategies.map((strategy) => counts[strategy.code] || 0))
  renew(
    parent,
    given.strategies,
    (strategy) => strategy.code,
    (strategy) =>
      h(
        'li',
        { class: `bar axis-${strategy.axis}` },
        h('span', { class: 'bar-code' }, strategy.code),
        h('span', { class: 'bar-title' }, strategy.title),
        h('span', { class: 'bar-track', 'aria-hidden': 'true' }, h('span', { class: 'bar-fill' })),
        h('span', { class: 'bar-count' }),
      ),
    (row, strategy) => {
      const n = counts[strategy.code] || 0
      row.querySelector('.bar-fill').style.width = `${(100 * n) / most}%`
      text(row.querySelector('.bar-count'), n)
    },
  )
}
