// Photos of the poster: made small on the device, kept on its disk, sent when there is a network.

import { h, renew, say, text } from '../shared/dom.js'

const LONGEST_SIDE = 1600

// Drawing it anew also drops what the camera wrote into the file, such as where it was taken.
async function shrink(file) {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.8)
  })
}

async function digest(blob) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function photoStrip(model) {
  const input = h('input', { type: 'file', accept: 'image/*', capture: 'environment', id: 'poster' })
  const message = h('p', { class: 'notice', role: 'status', hidden: true })
  const list = h('ul', { class: 'rows' })
  const element = h(
    'div',
    { class: 'field' },
    h('h2', {}, say('poster')),
    h('label', { for: 'poster' }, say('poster_take')),
    input,
    message,
    list,
  )
  input.addEventListener('change', async () => {
    const [file] = input.files
    input.value = ''
    if (!file) return
    try {
      const small = await shrink(file)
      const id = crypto.randomUUID()
      const sha256 = await digest(small)
      await model.addPhoto({ id, table: model.entry.table, file: small })
      await model.set('photo', id, { sha256, caption: '', removed: false })
      message.hidden = true
    } catch {
      message.hidden = false
      text(message, say('poster_unreadable'))
    }
  })
  const make = () => {
    const row = h(
      'li',
      { class: 'row' },
      h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'plain' }, say('poster_remove')),
    )
    row.lastElementChild.addEventListener('click', () => {
      const { value } = model.register('photo', row.dataset.key)
      model.set('photo', row.dataset.key, { ...value, removed: true })
    })
    return row
  }
  const update = () =>
    renew(
      list,
      model.state.photos.map(([id], n) => ({ id, n: n + 1 })),
      (photo) => photo.id,
      make,
      (row, photo) =>
        text(
          row.firstElementChild,
          say(model.photos.has(photo.id) ? 'poster_waiting' : 'poster_number', { n: photo.n }),
        ),
    )
  return { element, update }
}
