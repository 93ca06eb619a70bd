// The exchange with the centre. It never blocks typing: entries wait on the disk until the centre confirms them.

import { sendPhoto } from './photo-line.js'
import { amendTable, loadTable } from './store.js'

const AT_ONCE = 200
const PATIENCE = 20_000
const QUIET = 8_000
const LONGEST_WAIT = 30_000

export class Exchange {
  constructor(model, addresses, language) {
    this.model = model
    this.addresses = addresses
    this.language = language
    this.status = 'idle'
    this.failures = 0
    model.onwritten = () => this.soon(0)
    addEventListener('online', () => this.soon(0))
    addEventListener('offline', () => model.changed())
    document.addEventListener('visibilitychange', () => document.hidden || this.soon(0))
  }

  /** No more exchanges: the table has been left. */
  stop() {
    this.stopped = true
    clearTimeout(this.timer)
  }

  soon(delay) {
    clearTimeout(this.timer)
    if (this.stopped) return
    this.timer = setTimeout(() => this.run(), delay)
  }

  async run() {
    // Two tabs of one browser share the queue: one flushes at a time, the other finds it done.
    await navigator.locks.request(`aumenta-${this.model.entry.table}`, { ifAvailable: true }, async (lock) => {
      if (lock) await this.flush()
    })
    const wait = this.failures ? Math.min(LONGEST_WAIT, 1_000 * 2 ** this.failures) : QUIET
    this.soon(wait * (0.75 + Math.random() / 2))
  }

  async flush() {
    try {
      let more = true
      while (more) {
        const operations = this.model.waiting(AT_ONCE)
        this.say('sending')
        const answer = await this.post(this.addresses.exchange, {
          cursor: this.model.entry.cursor || 0,
          waiting: this.model.tally().waiting + this.model.photos.size,
          operations,
        })
        this.oncall?.(answer.call)
        await this.model.settle(answer)
        more = answer.more || this.model.outbox.size > 0
      }
      // The centre hears at once that nothing is held back any more.
      if (await this.sendPhotos()) {
        await this.model.settle(
          await this.post(this.addresses.exchange, {
            cursor: this.model.entry.cursor || 0,
            waiting: this.model.photos.size,
            operations: [],
          }),
        )
      }
      this.failures = 0
      this.say('idle')
    } catch (fault) {
      this.failures += 1
      this.say({ 401: 'shut', 429: 'held' }[fault.status] || 'unreachable')
    }
  }

  /** Send what photos there are, in pieces, each from where the centre has it; returns how many arrived. */
  async sendPhotos() {
    let sent = 0
    for (const photo of [...this.model.photos.values()]) {
      if (photo.refused) continue
      try {
        await sendPhoto(photo, this)
        await this.model.dropPhoto(photo.id)
        sent += 1
      } catch (fault) {
        // 409: its announcement has not arrived, so it waits. 400: refused for good; it stays on the device, in the list.
        if (fault.status === 409) continue
        if (fault.status !== 400) throw fault
        await this.model.addPhoto({ ...photo, refused: fault.code || 'not-a-photo' })
      }
    }
    return sent
  }

  received(id) {
    return this.json(this.addresses.photo + id, { method: 'GET' })
  }

  piece(id, start, total, blob) {
    const range = `bytes ${start}-${start + blob.size - 1}/${total}`
    return this.json(this.addresses.photo + id, { method: 'PUT', body: blob, headers: { 'Content-Range': range } })
  }

  /** Ask for the table's settings again: names and badges change until the last minute. */
  async renewSettings() {
    try {
      const { settings } = await this.post(this.addresses.settings, {})
      await amendTable(this.model.entry.table, { settings })
      this.model.settings = this.model.entry.settings = settings
      this.model.changed()
    } catch {
      // The settings this device already has are good enough.
    }
  }

  /** Tell the centre that this device leaves its table; what it still holds must have arrived before. */
  leave() {
    return this.post(this.addresses.leave, {})
  }

  post(address, body) {
    return this.json(address, {
      method: 'POST',
      body: JSON.stringify({ ...body, language: this.language }),
      headers: { 'Content-Type': 'application/json' },
    })
  }

  async json(address, options) {
    const response = await this.request(address, options)
    if (response.ok) return response.json()
    const { code } = await response.json().catch(() => ({}))
    throw Object.assign(new Error('refused'), { status: response.status, code })
  }

  async request(address, options) {
    const entry = (await loadTable(this.model.entry.table).catch(() => null)) || this.model.entry
    return fetch(address, {
      ...options,
      headers: { ...options.headers, Authorization: `Bearer ${entry.secret}` },
      signal: AbortSignal.timeout(PATIENCE),
      credentials: 'omit',
      cache: 'no-store',
    })
  }

  say(status) {
    this.status = status
    this.model.changed()
  }
}

/** The QR code and the PIN give this device its secret; throws an Error whose `code` says why not. */
export async function openTable(address, code, pin, device, language) {
  let response
  try {
    response = await fetch(address, {
      method: 'POST',
      body: JSON.stringify({ code, pin, device, language }),
      headers: { 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
      credentials: 'omit',
    })
  } catch {
    throw Object.assign(new Error('unreachable'), { code: 'unreachable' })
  }
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw Object.assign(new Error('refused'), { code: body.code || 'unreachable' })
  return body
}
