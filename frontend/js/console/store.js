// What this device keeps on its disk (IndexedDB). Nothing typed lives only in memory.

const NAME = 'aumenta-console'
/** How the names of drafts begin: what is in a field and in no entry yet (see observations.js). */
export const DRAFTS = 'aumenta-draft/'
const STORES = { tables: 'table', operations: 'id', outbox: 'id', refused: 'id', photos: 'id' }

let opening = null
let opened = false
const onLost = new Set()

/** `listener()` is called when the database was closed or emptied under this page: what memory holds goes back to disk. */
export const whenLost = (listener) => onLost.add(listener)

// The next use opens it anew. Browsers close it when memory is short, when its files vanish, when somebody clears data.
function lose() {
  opening = null
  for (const listener of onLost) listener()
}

function open() {
  opening ||= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    let emptied = false
    request.onupgradeneeded = () => {
      emptied = opened
      for (const [name, keyPath] of Object.entries(STORES)) {
        const store = request.result.createObjectStore(name, { keyPath })
        if (name !== 'tables') store.createIndex('table', 'table')
      }
    }
    request.onsuccess = () => {
      const database = request.result
      database.onclose = lose
      // Somebody deletes it: holding on would only stop them, and keep this page from making it anew.
      database.onversionchange = () => {
        database.close()
        lose()
      }
      opened = true
      resolve(database)
      if (emptied) for (const listener of onLost) listener()
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  // A failure is not kept for the next use.
  opening.catch(() => (opening = null))
  return opening
}

// `work` gets the stores and issues its requests at once; the promise resolves when the transaction is on disk.
async function transact(names, mode, work) {
  let transaction
  // "strict": an empty battery right after must not take the entry with it.
  const options = mode === 'readwrite' ? { durability: 'strict' } : {}
  try {
    transaction = (await open()).transaction(names, mode, options)
  } catch (fault) {
    // The connection was closed without a word, as WebKit does: once more with a new one.
    if (fault.name !== 'InvalidStateError' && fault.name !== 'NotFoundError') throw fault
    opening = null
    transaction = (await open()).transaction(names, mode, options)
  }
  return new Promise((resolve, reject) => {
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]))
    let result
    transaction.oncomplete = () => resolve(result && 'result' in result ? result.result : result)
    transaction.onabort = () => reject(transaction.error || new Error('aborted'))
    transaction.onerror = () => reject(transaction.error)
    result = work(stores, transaction)
  })
}

export const loadTables = () => transact(['tables'], 'readonly', ({ tables }) => tables.getAll())
export const loadTable = (table) => transact(['tables'], 'readonly', ({ tables }) => tables.get(table))
export const saveTable = (entry) => transact(['tables'], 'readwrite', ({ tables }) => void tables.put(entry))

/** Change some fields of a table's entry, whatever another tab does to the others meanwhile. */
export const amendTable = (table, changes) =>
  transact(['tables'], 'readwrite', ({ tables }) => {
    const request = tables.get(table)
    request.onsuccess = () => request.result && tables.put({ ...request.result, ...changes })
  })

const ofTable = (name, table) => transact([name], 'readonly', (stores) => stores[name].index('table').getAll(table))
export const loadOperations = (table) => ofTable('operations', table)
export const loadOutbox = (table) => ofTable('outbox', table)
export const loadRefused = (table) => ofTable('refused', table)
export const loadPhotos = (table) => ofTable('photos', table)
export const savePhoto = (photo) => transact(['photos'], 'readwrite', ({ photos }) => void photos.put(photo))
export const dropPhoto = (id) => transact(['photos'], 'readwrite', ({ photos }) => void photos.delete(id))

/** Write operations of this device: into the log and into the queue for the centre, both or neither. */
export const record = (list) =>
  transact(['operations', 'outbox'], 'readwrite', ({ operations, outbox }) => {
    for (const operation of list) {
      operations.put(operation)
      outbox.put({ id: operation.id, table: operation.table })
    }
  })

/** All that this page's memory holds of a table, after the disk failed: putting it twice changes nothing. */
export const restore = ({ entry, operations, outbox, refused, photos }) =>
  transact(Object.keys(STORES), 'readwrite', (stores) => {
    const known = stores.tables.get(entry.table)
    known.onsuccess = () => stores.tables.put({ ...entry, ...(known.result || {}), settings: entry.settings })
    for (const operation of operations) stores.operations.put(operation)
    for (const id of outbox) stores.outbox.put({ id, table: entry.table })
    for (const one of refused) stores.refused.put({ ...one, table: entry.table })
    for (const photo of photos) stores.photos.put(photo)
  })

/** Take a table off this device: its names, its keys, its entries and photos. */
export const forget = (table) => {
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${DRAFTS}${table}/`)) localStorage.removeItem(name)
  return transact(Object.keys(STORES), 'readwrite', (stores) => {
    stores.tables.delete(table)
    for (const name of Object.keys(STORES).filter((one) => one !== 'tables')) {
      const keys = stores[name].index('table').getAllKeys(table)
      keys.onsuccess = () => keys.result.forEach((key) => void stores[name].delete(key))
    }
  })
}

/** Take in one answer of the centre: what it keeps leaves the queue, what is new enters the log, all at once. */
export const settle = (table, answer) =>
  transact(['tables', 'operations', 'outbox', 'refused'], 'readwrite', ({ tables, operations, outbox, refused }) => {
    for (const id of answer.kept) {
      outbox.delete(id)
      refused.delete(id)
    }
    for (const entry of answer.refused) {
      outbox.delete(entry.id)
      refused.put({ ...entry, table })
    }
    for (const operation of answer.operations) {
      operations.put(operation)
      outbox.delete(operation.id)
    }
    const request = tables.get(table)
    request.onsuccess = () => {
      const entry = request.result
      if (!entry) return
      tables.put({ ...entry, cursor: Math.max(entry.cursor || 0, answer.cursor), reached: Date.now(), shut: false })
    }
  })
