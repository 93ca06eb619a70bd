// What the centre has refused, in words: what it was, why, and what to do.

import { say } from '../shared/dom.js'

/** What somebody wrote, as she would say it; where this device does not hold it any more, only that it was an entry. */
export function inWords(model, operation) {
  if (!operation) return say('entry_any')
  const { what, key, value } = operation
  const session = model.settings.sessions.find((one) => what === 'stickers' && key.startsWith(`${one.code}/`))
  if (session) return say('entry_stickers', { code: key.slice(session.code.length + 1), number: value })
  if (what === 'text') return say('entry_text', { text: value.length > 80 ? `${value.slice(0, 79)}…` : value })
  const name = `entry_${what}`
  const told = say(name, { number: value ?? '–', badge: key, codes: value?.strategies?.join(', ') ?? '' })
  return told === name ? say('entry_any') : told
}

/** Why, for each code of the centre; what has no sentence of its own says that the entry is damaged. */
export function why(code) {
  const name = `why_${code}`
  const told = say(name)
  return told === name ? say('why_damaged') : told
}
