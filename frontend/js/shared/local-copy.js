// Copies of a form in this browser, written at every pause of the typing and removed when the centre has the text.
//
// Every window has its own copy, so that two windows of one person never write over each other's. localStorage and not
// IndexedDB: it is written at once, even in the last moment before the page goes away.

const PREFIX = 'aumenta/'

const own = () => globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random()}`

export function localCopy(name, { storage = globalThis.localStorage, locks = globalThis.navigator?.locks } = {}) {
  const window = own()
  const place = () => `${PREFIX}${name}/${window}`
  // Held for as long as this window is open: by this others know that its copy is in use.
  const hold = () => locks?.request(place(), () => new Promise(() => {}))
  hold()?.catch(() => {})

  return {
    // True where it is kept; false where the browser has no room or no storage.
    write(copy) {
      try {
        storage.setItem(place(), JSON.stringify({ at: Date.now(), ...copy }))
        return true
      } catch {
        return false
      }
    },
    forget() {
      remove(storage, place())
    },
    // From now on under another name: a new page has got its own.
    rename(next) {
      this.forget()
      name = next
      hold()?.catch(() => {})
    },
    // `found(copy, drop)` for every copy that an earlier window left behind, the newest first; for that of a window which
    // is still open, as soon as it is closed.
    async leftBehind(found) {
      const start = `${PREFIX}${name}/`
      const left = keysOf(storage)
        .filter((key) => key.startsWith(start) && key !== place())
        .map((key) => [key, read(storage, key)])
        .filter(([, copy]) => copy)
        .sort(([, a], [, b]) => b.at - a.at)
      for (const [key] of left) {
        const offer = () => {
          const copy = read(storage, key)
          if (copy) found(copy, () => remove(storage, key))
        }
        if (locks) locks.request(key, offer).catch(() => {})
        else offer()
      }
    },
  }
}

function keysOf(storage) {
  try {
    return Array.from({ length: storage.length }, (_, n) => storage.key(n))
  } catch {
    return []
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key))
  } catch {
    return null
  }
}

function remove(storage, key) {
  try {
    storage.removeItem(key)
  } catch {
    // A browser without storage has nothing to forget.
  }
}
