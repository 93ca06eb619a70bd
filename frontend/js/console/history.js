// Who wrote what and when, for one thing; and, for a count, a correction with its reason.

import { h, say } from '../shared/dom.js'

const when = (at) =>
  new Date(at).toLocaleTimeString(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })

const deviceName = (device, model) =>
  device === model.entry.device ? say('this_device') : say('other_device', { name: device.slice(0, 4) })

export function openHistory(model, what, key, title) {
  const dialog = h('dialog', { 'aria-labelledby': 'history-title' })
  const log =
    what === 'stickers' ? [...model.history(what, key), ...model.history('phones', key)] : model.history(what, key)
  const rows = log.map((one) =>
    h(
      'li',
      {},
      h('span', { class: 'figure small' }, one.verb === 'add' ? `+${one.value}` : String(one.value)),
      one.what === 'phones' ? ` ${say('from_phone')}` : ` ${when(one.at)} · ${deviceName(one.device, model)}`,
      one.reason ? ` · ${one.reason}` : '',
    ),
  )
  const parts = [
    h('h2', { id: 'history-title' }, title),
    rows.length ? h('ol', { class: 'past' }, rows) : h('p', {}, say('history_empty')),
  ]
  if (what === 'stickers') {
    const count = h('input', {
      id: 'recount',
      type: 'number',
      min: 0,
      max: 9999,
      inputmode: 'numeric',
      class: 'number',
    })
    const reason = h('input', { id: 'recount-reason', type: 'text', maxlength: 500 })
    const write = h('button', { type: 'button', class: 'primary' }, say('correct'))
    write.addEventListener('click', async () => {
      if (/^\d{1,4}$/.test(count.value)) await model.set(what, key, Number(count.value), reason.value.trim())
      dialog.close()
    })
    parts.push(
      h('div', { class: 'field' }, h('label', { for: 'recount' }, say('recount')), count),
      h('div', { class: 'field' }, h('label', { for: 'recount-reason' }, say('recount_reason')), reason),
      write,
    )
  }
  parts.push(h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, say('close')))
  dialog.append(...parts)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
