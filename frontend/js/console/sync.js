// The exchange with the centre. It never blocks typing: entries wait on the disk until the centre confirms them.

import { amendTable, dropPhoto, loadPhotos, loadTable } from './store.js'

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

  soon(delay) {
    clearTimeout(this.timer)
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
          waiting: this.model.outbox.size,
          operations,
        })
        await this.model.settle(answer)
        more = answer.more || this.model.outbox.size > 0
      }
      await this.sendPhotos()
      this.failures = 0
      this.say('idle')
    } catch (fault) {
      this.failures += 1
      this.say({ 401: 'shut', 429: 'held' }[fault.status] || 'unreachable')
    }
  }

  async sendPhotos() {
    for (const photo of await loadPhotos(this.model.entry.table)) {
      const response = await this.request(this.addresses.photo + photo.id, { method: 'PUT', body: photo.file })
      // Refused for good (400): it stays on the device and in the list, and does not hold the others back.
      if (response.ok) await dropPhoto(photo.id)
      else if (response.status !== 400 && response.status !== 409) throw Object.assign(new Error('photo'), response)
    }
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

  async post(address, body) {
    const response = await this.request(address, {
      method: 'POST',
      body: JSON.stringify({ ...body, language: this.language }),
      headers: { 'Content-Type': 'application/json' },
    })
    if (!response.ok) throw Object.assign(new Error('refused'), { status: response.status })
    return response.json()
  }

  async request(address, options) {
    const entry = (await loadTable(this.model.entry.table)) || this.model.entry
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
