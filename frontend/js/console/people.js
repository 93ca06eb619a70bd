// Who is at the table: badges checked in, or a head count.

import { h, renew, say, text } from '../shared/dom.js'

export function peopleView(model) {
  const list = h('ul', { class: 'rows' })
  const present = h('output', { class: 'figure' })
  const how = h('p', { class: 'hint' })
  const headcount = h('input', {
    type: 'number',
    min: 0,
    max: 999,
    inputmode: 'numeric',
    id: 'headcount',
    class: 'number',
  })
  headcount.addEventListener('change', () => {
    const value = headcount.value.trim()
    if (value === '') model.set('headcount', '', null)
    else if (Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) <= 999) {
      model.set('headcount', '', Number(value))
    }
  })
  const element = h(
    'div',
    {},
    h('p', { class: 'total' }, present, ' ', h('span', {}, say('people_present'))),
    how,
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'headcount' }, say('headcount')),
      h('p', { class: 'hint', id: 'headcount-hint' }, say('headcount_hint')),
      headcount,
    ),
    h('h2', {}, say('check_in')),
    list,
  )
  headcount.setAttribute('aria-describedby', 'headcount-hint')

  const make = () => {
    const button = h('button', { type: 'button', class: 'check', 'aria-pressed': 'false' })
    const row = h('li', { class: 'row' }, h('span', { class: 'grow' }), button)
    button.addEventListener('click', () => {
      model.set('check-in', row.dataset.key, button.getAttribute('aria-pressed') !== 'true')
    })
    return row
  }

  function update() {
    const { state } = model
    text(present, state.present)
    text(
      how,
      say(state.headcount === null ? 'present_by_check_in' : 'present_by_headcount', { n: state.checked_in.length }),
    )
    if (document.activeElement !== headcount) headcount.value = state.headcount === null ? '' : state.headcount
    const inside = new Set(state.checked_in)
    renew(
      list,
      model.settings.badges,
      (badge) => badge.code,
      make,
      (row, badge) => {
        const name = badge.name || say('spare_badge')
        text(row.firstElementChild, `${name} · ${badge.code}`)
        const button = row.lastElementChild
        const here = inside.has(badge.code)
        button.setAttribute('aria-pressed', String(here))
        text(button, here ? say('here') : say('check_in_one'))
        button.setAttribute('aria-label', `${name}, ${badge.code}: ${here ? say('here') : say('check_in_one')}`)
      },
    )
  }
  return { element, update }
}
