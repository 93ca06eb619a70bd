// Runs of words with their marks, and the blocks they stand in, written as our closed rich text (as core/text/runs.py).

const SPACE = /[ \t\n\r\f\u00a0\u2002-\u200a\u202f]+/g
const ROOMLESS = /[\u00ad\u200b\u2060\ufeff\0]/g
const NUMBERED = /^\(?(?:\d+|[a-z]|[ivxlc]+)[.)]$/
const PLAIN = { bold: false, italic: false, address: '' }

// A line inside a cell ends with it; it is no sign that anybody types.
export const CELL_LINE = '\v'

// The lines of a cell in one, a semicolon between them where no other sign is.
export function cellLines(runs) {
  const lines = []
  let pending = false
  let last = ''
  for (const [text, marks] of runs) {
    const words = text.replace(SPACE, ' ')
    if (text === CELL_LINE) pending = Boolean(last)
    else if (words.trim()) {
      if (pending) lines.push(['.;:,!?'.includes(last) ? ' ' : '; ', PLAIN])
      lines.push([pending ? words.trimStart() : words, marks])
      pending = false
      last = words.trim().at(-1)
    } else if (!pending) lines.push([words, marks])
  }
  return lines
}

const same = (one, other) => one.bold === other.bold && one.italic === other.italic && one.address === other.address

// Runs of the same marks joined, no space at either end; `firm`: spaces single, hard ones plain.
export function tidy(runs, firm = false) {
  const result = []
  for (const [raw, marks] of runs) {
    let text = raw.replace(ROOMLESS, '')
    if (firm) text = text.replace(SPACE, ' ')
    if (!result.length) text = text.replace(/^[ \n\t\r\u00a0]+/, '')
    if (firm && result.at(-1)?.[0].endsWith(' ')) text = text.replace(/^ +/, '')
    if (text && result.length && same(result.at(-1)[1], marks)) result.at(-1)[0] += text
    else if (text) result.push([text, marks])
  }
  while (result.length && !result.at(-1)[0].trim()) result.pop()
  if (result.length) result.at(-1)[0] = result.at(-1)[0].trimEnd()
  return result
}

// The runs without their first `start` characters.
export function runsFrom(runs, start) {
  let left = start
  return runs.map(([text, marks]) => {
    const rest = text.slice(left)
    left = Math.max(0, left - text.length)
    return [rest, marks]
  })
}

const listOf = (item) => (NUMBERED.test(item.marker) ? 'ol' : 'ul')

// Our lists begin with 1: one that goes on, or counts with letters, becomes lines with its own signs.
function renumbered(blocks) {
  let kept = true
  return blocks.flatMap((block, position) => {
    if (!block.paragraphs) return [block]
    const before = blocks[position - 1]
    if (block.level === 1 && !(before?.paragraphs && listOf(before) === listOf(block))) {
      kept = listOf(block) === 'ul' || block.marker.replace(/[(.)]/g, '') === '1'
    }
    if (kept) return [block]
    const sign = listOf(block) === 'ol' ? [[`${block.marker} `, PLAIN]] : []
    const [first = [], ...more] = block.paragraphs
    return [tidy([...sign, ...first], true), ...more].map((runs) => ({ tag: 'p', runs }))
  })
}

// The blocks as mark-up, neighbouring items in one list, deeper ones in the item before them.
export function written(blocks) {
  let markup = ''
  const open = []
  const close = () => {
    markup += `</li></${open.pop()[1]}>`
  }
  for (const block of renumbered(blocks)) {
    if (!block.paragraphs) {
      while (open.length) close()
      markup += `<${block.tag}>${inline(block.runs)}</${block.tag}>`
      continue
    }
    const tag = listOf(block)
    while (
      open.length &&
      (open.at(-1)[0] > block.level || (open.at(-1)[0] === block.level && open.at(-1)[1] !== tag))
    ) {
      close()
    }
    if (open.at(-1)?.[0] === block.level) markup += '</li><li>'
    else {
      open.push([block.level, tag])
      markup += `<${tag}><li>`
    }
    const texts = block.paragraphs.map(inline)
    markup += texts.length === 1 ? texts[0] : texts.map((text) => `<p>${text}</p>`).join('')
  }
  while (open.length) close()
  return markup
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function inline(runs) {
  return runs
    .map(([text, { bold, italic, address }]) => {
      let words = escaped(text)
      if (italic) words = `<em>${words}</em>`
      if (bold) words = `<strong>${words}</strong>`
      return address ? `<a href="${escaped(address).replaceAll('"', '&quot;')}">${words}</a>` : words
    })
    .join('')
}
