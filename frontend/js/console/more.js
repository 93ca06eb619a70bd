// What has reached the centre and what has not, the encrypted file, and leaving the table.

import { h, renew, say, text } from '../shared/dom.js'
import { sealFile } from './sealed.js'

export function moreView(model, exchange) {
  const reached = h('p', {})
  const refusedTitle = h('h2', {}, say('refused_title'))
  const refused = h('ul', { class: 'rows' })
  const sendNow = h('button', { type: 'button', class: 'primary' }, say('send_now'))
  sendNow.addEventListener('click', () => exchange.soon(0))
  const exportButton = h('button', { type: 'button', class: 'primary' }, say('export'))
  const exported = h('p', { role: 'status' })
  exportButton.addEventListener('click', async () => {
    const file = await sealFile([...model.operations.values()], model.entry.table, model.settings.export_key)
    const link = h('a', {
      href: URL.createObjectURL(file),
      download: say('export_name', { number: model.settings.number }),
    })
    document.body.append(link)
    link.click()
    link.remove()
    text(exported, say('exported', { n: model.operations.size }))
  })
  const element = h(
    'div',
    {},
    h('h2', {}, say('centre')),
    reached,
    sendNow,
    refusedTitle,
    refused,
    h('h2', {}, say('export_title')),
    h('p', {}, say('export_hint')),
    exportButton,
    exported,
    h('h2', {}, say('about')),
    h(
      'p',
      { class: 'hint' },
      say('version', { version: document.documentElement.dataset.version }),
      ' · ',
      say('device_name', { name: model.entry.device.slice(0, 4) }),
    ),
  )

  function update() {
    const at = model.entry.reached
    text(
      reached,
      at
        ? say('reached_at', { time: new Date(at).toLocaleString(document.documentElement.lang) })
        : say('reached_never'),
    )
    refusedTitle.hidden = model.refused.length === 0
    renew(
      refused,
      model.refused,
      (entry) => entry.id,
      () => h('li', { class: 'row' }),
      (row, entry) => {
        const operation = model.operations.get(entry.id)
        text(
          row,
          say('refused_one', {
            what: operation ? `${operation.what} ${JSON.stringify(operation.value)}` : entry.id,
            code: entry.code,
          }),
        )
      },
    )
  }
  return { element, update }
}
