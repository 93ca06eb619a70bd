// What this device keeps on its disk (IndexedDB). Nothing typed lives only in memory.

const NAME = 'aumenta-console'
const STORES = { tables: 'table', operations: 'id', outbox: 'id', refused: 'id', photos: 'id' }

let opening = null

function open() {
  opening ||= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        const store = request.result.createObjectStore(name, { keyPath })
        if (name !== 'tables') store.createIndex('table', 'table')
      }
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  return opening
}

// `work` gets the stores and issues its requests at once; the promise resolves when the transaction is on disk.
async function transact(names, mode, work) {
  const database = await open()
  return new Promise((resolve, reject) => {
    // "strict": an empty battery right after must not take the entry with it.
    const transaction = database.transaction(names, mode, mode === 'readwrite' ? { durability: 'strict' } : {})
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
      tables.put({ ...entry, cursor: Math.max(entry.cursor || 0, answer.cursor), reached: Date.now(), shut: false })
    }
  })
