// One table on this device: its operations in memory and on disk, what they say, and how to write new ones.

import * as store from './store.js'
import { ADD, readRegister, readTable, SET } from './tablelog.js'

export class TableModel {
  constructor(entry) {
    this.entry = entry
    this.settings = entry.settings
    this.operations = new Map()
    this.registers = new Map()
    this.clock = 0
    this.outbox = new Set()
    this.refused = []
    this.listeners = new Set()
    this.channel = new BroadcastChannel(`aumenta-${entry.table}`)
    this.channel.onmessage = () => this.load()
  }

  async load() {
    const [entry, operations, outbox, refused] = await Promise.all([
      store.loadTable(this.entry.table),
      store.loadOperations(this.entry.table),
      store.loadOutbox(this.entry.table),
      store.loadRefused(this.entry.table),
    ])
    if (entry) {
      this.entry = entry
      this.settings = entry.settings
    }
    for (const operation of operations) this.take(operation)
    this.outbox = new Set(outbox.map((item) => item.id))
    this.refused = refused
    this.changed()
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
    try {
      await store.record(made)
      this.unsaved = false
    } catch (fault) {
      // The device's disk is full or its browser refuses: say so, and keep the entries in memory to be sent at once.
      this.unsaved = true
      console.error(fault)
    }
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
    await store.settle(this.entry.table, answer)
    for (const operation of answer.operations) this.take(operation)
    for (const id of [...answer.kept, ...answer.refused.map((r) => r.id), ...answer.operations.map((o) => o.id)]) {
      this.outbox.delete(id)
    }
    this.refused.push(...answer.refused)
    this.entry.cursor = Math.max(this.entry.cursor || 0, answer.cursor)
    this.entry.reached = Date.now()
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
