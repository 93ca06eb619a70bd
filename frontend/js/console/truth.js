// What the line at the top says, from what is really known. Only what has reached the centre has arrived.

/** {state, parts}: the state's name, and the numbers behind it as [sentence key, n]. */
export function truthOf({ entries, waiting, refused, photos, unsaved, shut, held, reached, online }) {
  const parts = [
    ['entries', entries],
    ['arrived', entries - waiting - refused],
    ['waiting', waiting],
  ]
  if (photos) parts.push(['photos_waiting', photos])
  if (refused) parts.push(['refused', refused])
  return { state: stateOf({ waiting, refused, photos, unsaved, shut, held, reached, online }), parts }
}

function stateOf({ waiting, refused, photos, unsaved, shut, held, reached, online }) {
  if (unsaved) return 'unsaved'
  if (shut) return 'shut'
  if (held) return 'held'
  if (!online || !reached) return 'offline'
  if (waiting) return 'sending'
  if (photos) return 'photos'
  return refused ? 'refused' : 'fine'
}
