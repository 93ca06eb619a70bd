// The stickers on the poster, strategy by strategy: by taps, or with the number keys and Enter.

import { h, renew, say, text } from '../shared/dom.js'
import { openHistory } from './history.js'
import { photoStrip } from './photo.js'
import { controlTotal } from './tablelog.js'

export function stickersView(model, session) {
  const total = h('p', { class: 'total', role: 'status' })
  const list = h('ol', { class: 'rows strategies' })
  const photos = photoStrip(model)
  const element = h(
    'div',
    {},
    h('p', { class: 'question' }, session.question),
    h('div', { class: 'sticky' }, total),
    h('p', { class: 'hint' }, say('stickers_hint')),
    list,
    photos.element,
  )
  const keyOf = (strategy) => `${session.code}/${strategy.code}`

  function make(strategy) {
    const key = keyOf(strategy)
    // What hangs on the poster; phones' stickers are not there, and typing a number does not take them away.
    const now = () =>
      (model.counts(session.code)[strategy.code] || 0) - (model.byPhone(session.code)[strategy.code] || 0)
    const input = h('input', {
      class: 'number',
      inputmode: 'numeric',
      pattern: '[0-9]*',
      maxlength: 4,
      autocomplete: 'off',
      'aria-label': say('stickers_on', { code: strategy.code, title: strategy.title }),
    })
    // Written when the facilitator leaves the field: Enter, an arrow or a tap elsewhere.
    const write = () => {
      const value = input.value.trim()
      if (/^\d{1,4}$/.test(value) && Number(value) !== now()) model.set('stickers', key, Number(value))
      else if (!/^\d{1,4}$/.test(value)) input.value = now()
    }
    input.addEventListener('change', write)
    input.addEventListener('focus', () => input.select())
    input.addEventListener('keydown', (event) => {
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!step) return
      event.preventDefault()
      write()
      const inputs = [...list.querySelectorAll('input')]
      inputs[inputs.indexOf(input) + step]?.focus()
    })
    const less = h(
      'button',
      { type: 'button', class: 'tap', 'aria-label': say('one_less', { code: strategy.code }) },
      '−',
    )
    less.addEventListener('click', () => now() > 0 && model.set('stickers', key, now() - 1))
    const more = h(
      'button',
      { type: 'button', class: 'tap more', 'aria-label': say('one_more', { code: strategy.code }) },
      '+',
    )
    more.addEventListener('click', () => model.add('stickers', key, 1))
    const past = h(
      'button',
      { type: 'button', class: 'plain', 'aria-label': say('history_of', { code: strategy.code }) },
      say('history'),
    )
    past.addEventListener('click', () => openHistory(model, 'stickers', key, `${strategy.code} ${strategy.title}`))
    return h(
      'li',
      { class: 'row strategy' },
      h('span', { class: `code axis-${strategy.axis}` }, strategy.code),
      h(
        'span',
        { class: 'grow' },
        h('span', { class: 'title' }, strategy.title),
        h('span', { class: 'notice', hidden: true }),
      ),
      past,
      h('span', { class: 'counter' }, less, input, more),
    )
  }

  function update() {
    const counts = model.counts(session.code)
    const phones = model.byPhone(session.code)
    const { counted, allowed, over, left } = controlTotal(counts, model.state.present, session.stickers_each)
    const rule = say('sticker_rule', { present: model.state.present, each: session.stickers_each })
    const rest = over ? say('stickers_over', { n: over }) : say('stickers_left', { n: left })
    const sent = Object.values(phones).reduce((sum, n) => sum + n, 0)
    const voted = sent ? ` · ${say('stickers_phones', { n: sent })}` : ''
    text(total, `${say('stickers_total', { counted, allowed })} (${rule}) · ${rest}${voted}`)
    total.classList.toggle('wrong', over > 0)
    const others = new Map(model.state.stickers.map(([code, strategy, , list]) => [`${code}/${strategy}`, list]))
    renew(list, model.settings.strategies, keyOf, make, (row, strategy) => {
      const input = row.querySelector('input')
      const count = counts[strategy.code] || 0
      const sent = phones[strategy.code] || 0
      if (document.activeElement !== input || !input.dataset.typing) input.value = count - sent
      const notice = row.querySelector('.notice')
      const also = others.get(keyOf(strategy)) || []
      const notes = []
      if (sent) notes.push(say('stickers_by_phone', { n: sent, typed: count - sent, total: count }))
      if (also.length) notes.push(say('stickers_disputed', { others: also.join(', ') }))
      notice.hidden = notes.length === 0
      text(notice, notes.join(' '))
      row.classList.toggle('counted', count > 0)
    })
    photos.update()
  }

  list.addEventListener('input', (event) => (event.target.dataset.typing = '1'))
  list.addEventListener('change', (event) => delete event.target.dataset.typing)
  list.addEventListener('focusout', (event) => delete event.target.dataset.typing)
  return { element, update }
}
