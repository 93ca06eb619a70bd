// What has reached the centre and what has not, the encrypted file, and leaving the table.

import { h, renew, say, text } from '../shared/dom.js'
import { exportEncrypted } from './encrypted-export.js'
import { inWords, why } from './refused.js'
import { forget } from './store.js'

export function moreView(model, exchange) {
  const reached = h('p', {})
  const refusedTitle = h('h2', {}, say('refused_title'))
  const refused = h('ul', { class: 'rows' })
  const sendNow = h('button', { type: 'button', class: 'primary' }, say('send_now'))
  sendNow.addEventListener('click', () => exchange.soon(0))
  const exportButton = h('button', { type: 'button', class: 'primary' }, say('export'))
  const exported = h('p', { role: 'status' })
  exportButton.addEventListener('click', async () => {
    const file = await exportEncrypted([...model.operations.values()], model.entry.table, model.settings.export_key)
    const link = h('a', {
      href: URL.createObjectURL(file),
      download: say('export_name', { number: model.settings.number }),
    })
    document.body.append(link)
    link.click()
    link.remove()
    text(exported, say('exported', { n: model.tally().entries }))
    saved = model.operations.size
    update()
  })
  // Leaving takes names and keys off the device, so nothing may go with them that nobody else has.
  let saved = -1
  const leave = h('button', { type: 'button', class: 'primary' }, say('leave'))
  const sure = h('button', { type: 'button', class: 'primary', hidden: true }, say('leave_sure'))
  const leaveHint = h('p', { role: 'status' })
  leave.addEventListener('click', () => {
    sure.hidden = false
    text(leaveHint, say('leave_what'))
    sure.focus()
  })
  sure.addEventListener('click', async () => {
    // Without a network the centre learns nothing, and the device forgets all the same: its secret is gone with it.
    await exchange.leave().catch(() => {})
    exchange.stop()
    await forget(model.entry.table)
    sessionStorage.clear()
    location.replace(location.pathname)
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
    h('h2', {}, say('leave_title')),
    h('p', {}, say('leave_hint')),
    leaveHint,
    h('p', {}, leave, ' ', sure),
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
    const held = model.tally().waiting + model.photos.size
    const mayLeave = held === 0 || saved === model.operations.size
    leave.disabled = !mayLeave
    if (!mayLeave) {
      sure.hidden = true
      text(leaveHint, say('leave_not_yet', { n: held }))
    } else if (sure.hidden) text(leaveHint, '')
    const at = model.entry.reached
    text(
      reached,
      at
        ? say('reached_at', { time: new Date(at).toLocaleString(document.documentElement.lang) })
        : say('reached_never'),
    )
    const pictures = [...model.photos.values()].filter((photo) => photo.refused)
    refusedTitle.hidden = model.refused.length + pictures.length === 0
    renew(
      refused,
      [...model.refused, ...pictures.map((photo) => ({ id: photo.id, code: photo.refused }))],
      (entry) => entry.id,
      () => h('li', { class: 'row' }),
      (row, entry) => {
        text(row, `${inWords(model, model.operations.get(entry.id))}: ${why(entry.code)} ${say('refused_show')}`)
      },
    )
  }
  return { element, update }
}
