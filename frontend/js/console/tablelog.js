// The table's log in the browser: the same rules as src/aumenta/core/tablelog (register.py, state.py, control.py),
// word for word. tests/core/tablelog_vectors.json goes through both.

export const ADD = 'add'
export const SET = 'set'

const byOrder = (a, b) =>
  a.clock - b.clock || (a.device < b.device ? -1 : a.device > b.device ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

// Equal values whatever the order in which their fields were written.
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${name}:${canonical(value[name])}`)
    .join()}}`
}

/** What one register says: `{value, added, heads, others}`; depends on the set of operations alone. */
export function readRegister(operations) {
  const held = new Map(operations.map((operation) => [operation.id, operation]))
  const replaced = new Set()
  for (const operation of held.values()) {
    for (const other of operation.over || []) {
      const earlier = held.get(other)
      if (earlier && earlier.clock < operation.clock) replaced.add(other)
    }
  }
  const heads = [...held.values()].filter((o) => !replaced.has(o.id)).sort(byOrder)
  const settled = heads.filter((head) => head.verb !== ADD)
  const value = settled.length ? settled[settled.length - 1].value : null
  const others = []
  const known = new Set([canonical(value)])
  for (const head of settled.slice(0, -1)) {
    if (!known.has(canonical(head.value))) {
      known.add(canonical(head.value))
      others.push(head.value)
    }
  }
  const added = heads.reduce((sum, head) => (head.verb === ADD ? sum + head.value : sum), 0)
  return { value, added, heads, others }
}

const count = (register) => (register.value || 0) + register.added
const anyTrue = (register) => Boolean(register?.heads.some((head) => head.value === true))
const sortedKeys = (group) => Object.keys(group || {}).sort()

/** A whole table from its operations, in any order and with any repeats. */
export function readTable(operations) {
  const held = new Map()
  for (const operation of operations) held.set(operation.id, operation)
  // No prototype: a code may well be called "constructor".
  const empty = () => Object.create(null)
  const grouped = empty()
  for (const operation of held.values()) {
    grouped[operation.what] ||= empty()
    grouped[operation.what][operation.key] ||= []
    grouped[operation.what][operation.key].push(operation)
  }
  const registers = empty()
  for (const [what, keys] of Object.entries(grouped)) {
    registers[what] = empty()
    for (const [key, group] of Object.entries(keys)) registers[what][key] = readRegister(group)
  }
  const of = (what) => registers[what] || empty()
  const checkedIn = sortedKeys(of('check-in')).filter((key) => of('check-in')[key].value === true)
  const headcount = of('headcount')[''] ? of('headcount')[''].value : null
  const first = (key) => grouped.text[key].reduce((a, b) => (byOrder(a, b) <= 0 ? a : b))
  return {
    checked_in: checkedIn,
    headcount,
    present: headcount === null ? checkedIn.length : headcount,
    // A phone's sticker hangs on no poster: whoever counts the poster has not counted it, so both count.
    stickers: sortedKeys({ ...of('stickers'), ...of('phones') }).map((key) => {
      const poster = of('stickers')[key]
      const byPhone = of('phones')[key] ? count(of('phones')[key]) : 0
      const others = poster ? poster.others.map((other) => other + poster.added) : []
      return [...key.split('/'), (poster ? count(poster) : 0) + byPhone, others, byPhone]
    }),
    choices: sortedKeys(of('choice')).map((key) => {
      const { value, others } = of('choice')[key]
      return [key, value.strategies, value.reason, others.length > 0]
    }),
    observations: Object.keys(of('text'))
      .sort((a, b) => byOrder(first(a), first(b)))
      .map((key) => {
        const text = of('text')[key]
        const place = of('place')[key]
        return {
          id: key,
          text: text.value,
          strategy: place ? place.value.strategy : '',
          question: place ? place.value.question : '',
          private: anyTrue(of('private')[key]),
          withdrawn: anyTrue(of('withdrawn')[key]),
          other_texts: text.others,
          versions: grouped.text[key].length,
        }
      }),
    photos: sortedKeys(of('photo'))
      .filter((key) => !of('photo')[key].value.removed)
      .map((key) => [key, of('photo')[key].value.sha256, of('photo')[key].value.caption]),
    operations: held.size,
  }
}

/** Stickers counted against those handed out. */
export function controlTotal(counts, present, perPerson) {
  const counted = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const allowed = present * perPerson
  return { counted, allowed, over: Math.max(0, counted - allowed), left: Math.max(0, allowed - counted) }
}

/** The most voted for up to `places`: `clear` are in, `tied` share the last `open_places`. */
export function shortlist(counts, places) {
  const voted = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  if (voted.length <= places) return { clear: voted.map(([code]) => code), tied: [], open_places: 0 }
  const cut = places > 0 ? voted[places - 1][1] : voted[0][1] + 1
  const clear = voted.filter(([, n]) => n > cut).map(([code]) => code)
  const level = voted.filter(([, n]) => n === cut).map(([code]) => code)
  if (clear.length + level.length === places) return { clear: [...clear, ...level], tied: [], open_places: 0 }
  return { clear, tied: places > 0 ? level : [], open_places: places - clear.length }
}
