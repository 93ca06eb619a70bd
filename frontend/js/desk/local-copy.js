// A copy of the form in this browser, written at every pause of the typing and removed when the server has it.
//
// localStorage and not IndexedDB: it is written at once, even in the last moment before the page goes away.

const PREFIX = 'aumenta-desk/'

export function localCopy(name) {
  const key = PREFIX + name
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key))
      } catch {
        return null
      }
    },
    write(fields, from, unanswered) {
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields, from, unanswered }))
        return true
      } catch {
        return false
      }
    },
    forget() {
      try {
        localStorage.removeItem(key)
      } catch {
        // a browser without storage has nothing to forget
      }
    },
  }
}

// Everything a person can write in the form; not the numbers that say which revision it was drawn from.
export function written(form) {
  const fields = {}
  for (const [name, value] of new FormData(form)) {
    if (!['csrfmiddlewaretoken', 'proposal', 'revision', 'base'].includes(name)) fields[name] = value
  }
  return fields
}

export function same(a, b) {
  const filled = (fields) =>
    JSON.stringify(
      Object.entries(fields)
        .filter(([, v]) => v !== '')
        .sort(),
    )
  return filled(a) === filled(b)
}

// Which state of the sheet the form was drawn from: a text that is taken up again goes on from there, so that what
// somebody else saved meanwhile is noticed and not written over.
export function drawnFrom(form) {
  return Object.fromEntries(['proposal', 'revision', 'base'].map((name) => [name, form.elements[name].value]))
}
