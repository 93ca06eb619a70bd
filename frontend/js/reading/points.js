// A browser counts UTF-16 units, the server code points: «a😀b» is four of these and three of those.

export function pointsBetween(text, start, end) {
  const before = [...text.slice(0, start)].length
  return [before, before + [...text.slice(start, end)].length]
}
