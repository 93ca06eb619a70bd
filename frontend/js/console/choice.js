// The strategies the table takes into the next session: the most voted, ties decided by people with a reason.

import { h, renew, say, text } from '../shared/dom.js'
import { shortlist } from './tablelog.js'

export function choiceView(model, session) {
  const list = h('ol', { class: 'rows' })
  const message = h('p', { class: 'hint' })
  const warning = h('p', { class: 'notice', role: 'status' })
  const reason = h('textarea', { id: `reason-${session.code}`, rows: 2, maxlength: 500 })
  const saved = h('p', { class: 'total', role: 'status' })
  const button = h('button', { type: 'button', class: 'primary' }, say('choice_save'))
  const ticked = new Set()
  let touched = false
  const element = h(
    'div',
    {},
    message,
    list,
    warning,
    h('div', { class: 'field' }, h('label', { for: reason.id }, say('choice_reason')), reason),
    button,
    saved,
  )
  const titles = () => new Map(model.settings.strategies.map((s) => [s.code, s]))

  button.addEventListener('click', () => {
    touched = false
    const order = ranked().filter((code) => ticked.has(code))
    model.set('choice', session.code, { strategies: order, reason: reason.value.trim() })
  })
  reason.addEventListener('input', () => (touched = true))

  function ranked() {
    const counts = model.counts(session.code)
    return model.settings.strategies.map((s) => s.code).sort((a, b) => (counts[b] || 0) - (counts[a] || 0))
  }

  function make(code) {
    const box = h('input', { type: 'checkbox', id: `choose-${session.code}-${code}` })
    box.addEventListener('change', () => {
      touched = true
      if (box.checked) ticked.add(code)
      else ticked.delete(code)
      update()
    })
    return h(
      'li',
      { class: 'row' },
      box,
      h('label', { for: box.id, class: 'grow' }),
      h('span', { class: 'figure small' }),
    )
  }

  function update() {
    const counts = model.counts(session.code)
    const proposal = shortlist(counts, session.most_chosen)
    const said = model.state.choices.find(([code]) => code === session.code)
    if (!touched) {
      ticked.clear()
      for (const code of said ? said[1] : proposal.clear) ticked.add(code)
      if (document.activeElement !== reason) reason.value = said ? said[2] : ''
    }
    const strategies = titles()
    const voted = ranked().filter((code) => counts[code] || ticked.has(code))
    text(message, voted.length ? say('choice_hint', { n: session.most_chosen }) : say('choice_nothing_yet'))
    renew(
      list,
      voted,
      (code) => code,
      make,
      (row, code) => {
        const [box, label, figure] = row.children
        box.checked = ticked.has(code)
        text(label, `${code} ${strategies.get(code)?.title || ''}`)
        text(figure, say('sticker_number', { n: counts[code] || 0 }))
        row.classList.toggle('tied', proposal.tied.includes(code))
      },
    )
    const lines = []
    if (proposal.tied.length) {
      lines.push(
        say('choice_tied', {
          codes: proposal.tied.join(', '),
          n: proposal.open_places,
          count: counts[proposal.tied[0]],
        }),
      )
    }
    if (ticked.size > session.most_chosen)
      lines.push(say('choice_too_many', { n: ticked.size - session.most_chosen, most: session.most_chosen }))
    text(warning, lines.join(' '))
    warning.hidden = lines.length === 0
    button.disabled = ticked.size === 0 || ticked.size > session.most_chosen
    text(saved, said ? say(said[3] ? 'choice_disputed' : 'choice_saved', { codes: said[1].join(', ') }) : '')
  }
  return { element, update }
}
