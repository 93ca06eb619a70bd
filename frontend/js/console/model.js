// One table on this device: its operations in memory and on disk, what they say, and how to write new ones.

import * as store from './store.js'
import { ADD, readRegister, readTable, SET } from './tablelog.js'

// A disk that is full or gone is tried again in milliseconds.
const REPAIR_AGAIN = 3000
/** A voice is one thing, however many operations its text, its place and its marks took. */
const OF_A_VOICE = new Set(['text', 'place', 'private', 'withdrawn'])

const thingOf = ({ what, key, id }) => (OF_A_VOICE.has(what) ? `voice ${key}` : id)

export class TableModel {
  constructor(entry) {
    this.entry = entry
    this.settings = entry.settings
    this.operations = new Map()
    this.registers = new Map()
    this.clock = 0
    this.outbox = new Set()
    this.refused = []
    this.photos = new Map()
    this.listeners = new Set()
    this.unsaved = false
    store.whenLost(() => this.repair())
    this.channel = new BroadcastChannel(`aumenta-${entry.table}`)
    this.channel.onmessage = () => this.load()
  }

  async load() {
    const table = this.entry.table
    const [entry, operations, outbox, refused, photos] = await Promise.all([
      store.loadTable(table),
      store.loadOperations(table),
      store.loadOutbox(table),
      store.loadRefused(table),
      store.loadPhotos(table),
    ])
    if (this.unsaved) return
    if (entry) {
      this.entry = entry
      this.settings = entry.settings
    }
    for (const operation of operations) this.take(operation)
    this.outbox = new Set(outbox.map((item) => item.id))
    this.refused = refused
    this.photos = new Map(photos.map((photo) => [photo.id, { ...this.photos.get(photo.id), ...photo }]))
    this.changed()
  }

  /** Put everything that memory holds back on a disk that failed or was emptied, and go on trying until it is there. */
  async repair() {
    this.unsaved = true
    this.changed()
    clearTimeout(this.repairing)
    try {
      await store.restore({
        entry: this.entry,
        operations: [...this.operations.values()],
        outbox: [...this.outbox],
        refused: this.refused,
        photos: [...this.photos.values()],
      })
      this.unsaved = false
    } catch (fault) {
      console.warn(fault)
      this.repairing = setTimeout(() => this.repair(), REPAIR_AGAIN)
    }
    this.changed()
  }

  /** Do something on the disk; where that fails, memory keeps it all and is written once the disk is back. */
  async onDisk(work) {
    if (this.unsaved) return this.repair()
    try {
      await work()
    } catch (fault) {
      console.warn(fault)
      await this.repair()
    }
  }

  async addPhoto(photo) {
    this.photos.set(photo.id, photo)
    this.changed()
    await this.onDisk(() => store.savePhoto(photo))
  }

  async dropPhoto(id) {
    this.photos.delete(id)
    this.changed()
    await this.onDisk(() => store.dropPhoto(id))
  }

  take(operation) {
    if (this.operations.has(operation.id)) return
    this.operations.set(operation.id, operation)
    const name = `${operation.what} ${operation.key}`
    if (!this.registers.has(name)) this.registers.set(name, [])
    this.registers.get(name).push(operation)
    this.clock = Math.max(this.clock, operation.clock)
    this.known = null
  }

  get state() {
    this.known ||= readTable([...this.operations.values()])
    return this.known
  }

  /** How many things were entered at this table, how many of them wait and how many were refused: as people count them. */
  tally() {
    const refused = new Set(this.refused.map((one) => one.id))
    const things = { entries: new Set(), waiting: new Set(), refused: new Set() }
    for (const operation of this.operations.values()) {
      const thing = thingOf(operation)
      things.entries.add(thing)
      if (this.outbox.has(operation.id)) things.waiting.add(thing)
      else if (refused.has(operation.id)) things.refused.add(thing)
    }
    for (const thing of things.waiting) things.refused.delete(thing)
    return { entries: things.entries.size, waiting: things.waiting.size, refused: things.refused.size }
  }

  register(what, key) {
    return readRegister(this.history(what, key))
  }

  /** All operations on one register, oldest first. */
  history(what, key) {
    const list = this.registers.get(`${what} ${key}`) || []
    return [...list].sort((a, b) => a.clock - b.clock || (a.device < b.device ? -1 : 1))
  }

  counts(session) {
    const counts = {}
    for (const [code, strategy, n] of this.state.stickers) if (code === session) counts[strategy] = n
    return counts
  }

  /** Of those, by strategy, the ones that came from participants' phones. */
  byPhone(session) {
    const counts = {}
    for (const [code, strategy, , , n] of this.state.stickers) if (code === session) counts[strategy] = n
    return counts
  }

  add(what, key, value) {
    return this.write([{ verb: ADD, what, key, value }])
  }

  set(what, key, value, reason = '') {
    return this.write([{ verb: SET, what, key, value, reason }])
  }

  /** Write several things at once; they are on this device's disk when the promise resolves. */
  async write(entries) {
    const made = entries.map(({ verb = SET, what, key, value, reason = '' }) => {
      const operation = {
        id: crypto.randomUUID(),
        table: this.entry.table,
        device: this.entry.device,
        clock: this.clock + 1,
        verb,
        what,
        key,
        value,
        over: verb === SET ? this.register(what, key).heads.map((head) => head.id) : [],
        at: Date.now(),
        reason,
      }
      this.take(operation)
      this.outbox.add(operation.id)
      return operation
    })
    this.changed()
    await this.onDisk(() => store.record(made))
    this.channel.postMessage('written')
    this.changed()
    this.onwritten?.()
  }

  /** Entries the centre has not confirmed, oldest first. */
  waiting(most) {
    const list = [...this.outbox].map((id) => this.operations.get(id)).filter(Boolean)
    return list.sort((a, b) => a.clock - b.clock).slice(0, most)
  }

  async settle(answer) {
    for (const operation of answer.operations) this.take(operation)
    for (const id of [...answer.kept, ...answer.refused.map((r) => r.id), ...answer.operations.map((o) => o.id)]) {
      this.outbox.delete(id)
    }
    const kept = new Set(answer.kept)
    const again = new Set(answer.refused.map((one) => one.id))
    this.refused = [...this.refused.filter((one) => !kept.has(one.id) && !again.has(one.id)), ...answer.refused]
    this.entry.cursor = Math.max(this.entry.cursor || 0, answer.cursor)
    this.entry.reached = Date.now()
    await this.onDisk(() => store.settle(this.entry.table, answer))
    this.channel.postMessage('settled')
    this.changed()
  }

  changed() {
    if (this.scheduled) return
    this.scheduled = true
    queueMicrotask(() => {
      this.scheduled = false
      for (const listener of this.listeners) listener(this)
    })
  }
}
