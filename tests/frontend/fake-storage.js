// The browser's database as far as the console uses it: stores with keys and an index, transactions whole or not at all.
// And what else a console needs of its browser: locks, a channel between windows, a network to be played.

const copy = (value) => structuredClone(value)

class Request {
  finish(result) {
    this.result = result
    this.onsuccess?.()
  }
}

class Store {
  constructor(keyPath) {
    this.keyPath = keyPath
    this.rows = new Map()
  }
}

class Transaction {
  constructor(database, names, mode) {
    this.database = database
    this.mode = mode
    // Written only when it is over: what fails in between leaves nothing.
    this.stores = new Map(names.map((name) => [name, new Map(database.stores.get(name).rows)]))
    this.work = []
    setImmediate(() => this.run())
  }

  run() {
    while (this.work.length) {
      try {
        this.work.shift()()
      } catch (fault) {
        this.error = fault
        this.onerror?.()
        this.onabort?.()
        return
      }
    }
    if (this.mode === 'readwrite') {
      if (this.database.full) {
        this.error = new Error('QuotaExceededError')
        this.onabort?.()
        return
      }
      for (const [name, rows] of this.stores) this.database.stores.get(name).rows = rows
    }
    this.oncomplete?.()
  }

  objectStore(name) {
    const { keyPath } = this.database.stores.get(name)
    const rows = this.stores.get(name)
    if (!rows) throw new Error(`${name} is not in this transaction`)
    const asked = (act) => {
      const request = new Request()
      this.work.push(() => request.finish(act()))
      return request
    }
    const written = (act) => {
      if (this.mode !== 'readwrite') throw new Error('ReadOnlyError')
      return asked(act)
    }
    return {
      get: (key) => asked(() => copy(rows.get(key))),
      getAll: () => asked(() => [...rows.values()].map(copy)),
      put: (row) => {
        const kept = copy(row)
        return written(() => void rows.set(kept[keyPath], kept))
      },
      delete: (key) => written(() => void rows.delete(key)),
      index: (field) => ({
        getAll: (value) => asked(() => [...rows.values()].filter((row) => row[field] === value).map(copy)),
      }),
    }
  }
}

class Database {
  constructor() {
    this.stores = new Map()
    this.full = false
  }

  createObjectStore(name, { keyPath }) {
    this.stores.set(name, new Store(keyPath))
    return { createIndex: () => {} }
  }

  transaction(names, mode) {
    return new Transaction(this, names, mode)
  }

  /** The rows of a store as they are on the disk. */
  rows(name) {
    return [...(this.stores.get(name)?.rows.values() ?? [])]
  }
}

const listening = {}
export const disk = new Database()
export const network = { answer: () => Promise.reject(new Error('no network')), asked: [] }

/** Call what the page does when this happens, such as «online». */
export const happens = (event) => {
  for (const act of listening[event] ?? []) act()
}

globalThis.indexedDB = {
  open() {
    const request = new Request()
    setImmediate(() => {
      request.result = disk
      if (!disk.stores.size) request.onupgradeneeded()
      request.onsuccess()
    })
    return request
  },
}
globalThis.BroadcastChannel = class {
  postMessage() {}
}
globalThis.addEventListener = (event, act) => {
  listening[event] ||= []
  listening[event].push(act)
}
globalThis.document ||= { addEventListener() {}, hidden: false, documentElement: { lang: 'it', dataset: {} } }
const held = new Set()
Object.defineProperty(globalThis, 'navigator', {
  configurable: true,
  value: {
    onLine: true,
    locks: {
      async request(name, _options, act) {
        if (held.has(name)) return act(null)
        held.add(name)
        try {
          return await act({ name })
        } finally {
          held.delete(name)
        }
      },
    },
  },
})
globalThis.fetch = async (address, options) => {
  network.asked.push({
    address,
    options,
    body: typeof options.body === 'string' ? JSON.parse(options.body) : options.body,
  })
  return network.answer(address, options)
}

/** An answer of the centre. */
export const answers = (body, status = 200) => ({
  ok: status >= 200 && status < 300,
  status,
  json: async () => copy(body),
})
