// What people paste, in our closed rich text: Word, Excel, Calc, Writer, Google Docs and web pages, read as they look.
//
// The server does the same with what is pasted without this script (core/text/pasted.py), held to the same samples
// (tests/core/paste_samples.json). A tree is read through nodeName, childNodes, nodeValue and getAttribute alone.

import { CELL_LINE, cellLines, runsFrom, tidy, written } from './runs.js'

const set = (words) => new Set(words.split(' '))
const UNSEEN = set('SCRIPT STYLE HEAD TITLE TEMPLATE NOSCRIPT SVG IFRAME OBJECT XML')
const STRUCK = set('DEL S STRIKE')
const HEADINGS = set('H1 H2 H3 H4 H5 H6')
const BLOCKS = set(
  'H1 H2 H3 H4 H5 H6 ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIALOG DIV DL DT FIELDSET ' +
    'FIGCAPTION FIGURE FOOTER FORM HEADER HR HTML LEGEND MAIN NAV P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR',
)
const HIDDEN_STYLE = /display:none|mso-hide:all|mso-element:(?:comment|header|footer)|visibility:hidden/
const HIDDEN_CLASS = /msocom|msodel\b/
const LEVEL = /mso-list:[^;]*?level(\d)/
const NOTE_ADDRESS = /#_?(?:ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn|note|cite|ref)/i
const NOTE_CLASS = /footnote|endnote|noteref|sdfoot|sdend/
const NOTE = /^[[(]?(\d{1,3}|[*†‡]|[a-z]|[ivx]{1,5})[\])]?$/
const UNIT_BEFORE = /(?:^|[^A-Za-zÀ-ÿ])(?:[kcdhm]?m|10)$/
const ADDRESS = /^(?:https?:|mailto:|\/(?!\/))/i
const BULLET = /^(?:[·•▪‣◦●■○❖➢\uf0b7\uf0a7\uf0d8\uf076][ \u00a0\t\n]+|[o§\u2013-] ?[\u00a0\t]{2,}[ \u00a0]*)/
const NUMBERED_LINE = /^(?:\(?(?:\d+|[a-z]|[ivxlc]+)[.)]|[o§-])[ \u00a0]+/
const DEEPEST = 150
const PLAIN = { bold: false, italic: false, address: '' }
const NOWHERE = { marks: PLAIN, heading: false, item: null, level: 0, inCell: false, linesKept: false }

// The mark-up that `body` looks like, in paragraphs, headings, lists, bold, italic and links.
export function readable(body) {
  const reader = new Reader()
  reader.children(body, NOWHERE, 0)
  reader.endBlock()
  return written(reader.blocks.filter((block) => block.tag || block.paragraphs.length))
}

// For the editor: what is on the clipboard as mark-up, but for what was copied from this editor itself.
export function transformPasted(html) {
  if (html.includes('data-pm-slice') && !/<(?:table|tr|del|s|strike|sup|h[12456])\b/i.test(html)) return html
  return readable(new DOMParser().parseFromString(html, 'text/html').body)
}

// Text without marks: rows with tabs become lines of cells, lines with a bullet become a list.
export function readableLines(text) {
  const escaped = text.replace(/\r\n?/g, '\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split(/\n\s*\n/)
    .map(stretch)
    .join('')
}

const LINE_BULLET = /^(?:[·•▪‣◦●■○\uf0b7\uf0a7][ \t\u00a0]+|[o§\u2013-] ?\t+ *)/
const single = (words) => words.replace(/\s+/g, ' ').trim()

const isRow = (line) => line.trim().includes('\t') || LINE_BULLET.test(line.trimStart())

// Whether text without marks has rows or bullets that only look right when they are read.
export const hasRows = (text) => text.split(/\r\n?|\n/).some(isRow)

function stretch(text) {
  const lines = text.split('\n').filter((line) => line.trim())
  if (!lines.some(isRow)) {
    return single(text) ? `<p>${single(text)}</p>` : ''
  }
  const table = lines.length > 1 && lines.every((line) => line.includes('\t'))
  const pieces = lines.map((line) => {
    const bullet = LINE_BULLET.exec(line.trim())
    if (bullet) return `<ul><li>${single(line.trim().slice(bullet[0].length))}</li></ul>`
    const words = (table ? line.trimEnd() : line.trim()).replace(/^(\(?(?:\d{1,3}|[a-zA-Z])[.)])\t+/, '$1 ')
    const cells = words.split('\t').map((cell) => single(cell) || '\u2013')
    return `<p>${cells.join(' | ')}</p>`
  })
  return pieces.join('').replaceAll('</ul><ul>', '')
}

class Reader {
  constructor() {
    this.blocks = []
    this.runs = []
    this.place = NOWHERE
  }

  children(node, place, depth) {
    for (const child of node.childNodes ?? []) this.node(child, place, depth)
  }

  node(node, place, depth) {
    const tag = node.nodeName.toUpperCase()
    if (tag === '#TEXT') return this.text(node.nodeValue, place)
    if (tag.startsWith('#')) return
    if (depth > DEEPEST) return this.text(` ${wordsOf(node)} `, place)
    const style = styleOf(node)
    const kind = attribute(node, 'class').toLowerCase()
    if (leftOut(tag, style, kind) || this.sign(node, tag, style, kind, place)) return
    const here = { ...place, marks: marksOf(node, tag, style, place) }
    if (tag === 'BR') this.lineBreak(here)
    else if (tag === 'TABLE' && !here.inCell && isGrid(node)) this.table(node, here, depth)
    else if (tag === 'UL' || tag === 'OL') this.list(node, tag, here, depth)
    else if (BLOCKS.has(tag) || tag === 'LI') this.block(node, tag, style, kind, here, depth)
    else this.children(node, here, depth + 1)
  }

  text(text, place) {
    const lines = place.linesKept ? text.split('\n') : [text]
    lines.forEach((line, number) => {
      if (number) this.lineBreak(place)
      this.runs.push([line, place.marks])
    })
  }

  // Bullets of word processors, note marks and raised figures: whether `node` was one, and is dealt with.
  sign(node, tag, style, kind, place) {
    if (style.includes('mso-list:ignore')) {
      if (place.item) place.item.marker = wordsOf(node)
      else if (place.heading) this.runs.push([`${wordsOf(node)} `, place.marks])
      return true
    }
    if (tag !== 'SUP' && tag !== 'A' && !NOTE_CLASS.test(kind)) return false
    const match = NOTE.exec(wordsOf(node))
    if (!match) return false
    const addresses = [node, ...within(node, 'A')].map((one) => attribute(one, 'href'))
    const surely = addresses.some((one) => NOTE_ADDRESS.test(one)) || NOTE_CLASS.test(kind) || style.includes('note-id')
    if (!surely && (tag !== 'SUP' || /[a-z]/.test(match[1]))) return false
    const before = this.runs
      .slice(-3)
      .map(([text]) => text)
      .join('')
    if (!surely && /\d/.test(match[1]) && UNIT_BEFORE.test(before)) {
      this.runs.push([match[1].replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]), place.marks])
    } else this.runs.push([` [${match[1]}]`, { ...place.marks, address: '' }])
    return true
  }

  lineBreak(place) {
    if (place.inCell) this.runs.push([CELL_LINE, PLAIN])
    else this.endBlock()
  }

  block(node, tag, style, kind, place, depth) {
    if (place.inCell) {
      this.runs.push([CELL_LINE, PLAIN])
      this.children(node, place, depth + 1)
      this.runs.push([CELL_LINE, PLAIN])
      return
    }
    this.endBlock()
    const outer = this.place
    const level = LEVEL.exec(style)
    const here = { ...place, linesKept: place.linesKept || tag === 'PRE' }
    if (HEADINGS.has(tag) || kind.includes('msotitle')) {
      here.heading = !place.item
      here.marks = { ...place.marks, bold: Boolean(place.item) }
    } else if (level) here.item = this.item(Number(level[1]))
    else if (tag === 'LI') here.item = this.item(Math.max(place.level, 1))
    this.place = here
    this.children(node, here, depth + 1)
    this.endBlock(kind.includes('msolist'))
    this.place = outer
  }

  list(node, tag, place, depth) {
    if (place.inCell) return this.children(node, place, depth + 1)
    this.endBlock()
    const outer = this.place
    const start = attribute(node, 'start')
    const here = { ...place, level: place.level + 1, heading: false }
    this.place = here
    let number = /^\d{1,4}$/.test(start) ? Number(start) : 1
    for (const child of node.childNodes) {
      const before = this.blocks.length
      const name = child.nodeName.toUpperCase()
      if (name === 'UL' || name === 'OL') this.list(child, name, here, depth + 1)
      else this.node(child, here, depth + 1)
      if (tag !== 'OL' || name !== 'LI' || before === this.blocks.length) continue
      if (this.blocks[before].paragraphs) this.blocks[before].marker = `${number}.`
      number += 1
    }
    this.endBlock()
    this.place = outer
  }

  item(level, marker = '') {
    const item = { level, marker, paragraphs: [] }
    this.blocks.push(item)
    return item
  }

  table(table, place, depth) {
    this.endBlock()
    for (const caption of within(table, 'CAPTION')) this.add(this.cell(caption, place, depth), place)
    const spans = new Map()
    for (const row of rowsOf(table)) {
      const cells = []
      for (const cell of cellsOf(row)) {
        carryDown(cells, spans)
        const runs = this.cell(cell, place, depth)
        const height = Number.parseInt(attribute(cell, 'rowspan'), 10)
        if (height > 1 && height < 500) spans.set(cells.length, [height - 1, runs])
        cells.push(runs)
      }
      carryDown(cells, spans)
      while (cells.length && !cells.at(-1).length) cells.pop()
      const line = cells.flatMap((runs, n) => [
        ...(n ? [[' | ', PLAIN]] : []),
        ...(runs.length ? runs : [['\u2013', PLAIN]]),
      ])
      if (cells.length) this.add(line, place)
    }
  }

  cell(cell, place, depth) {
    const outside = this.runs
    this.runs = []
    const style = styleOf(cell)
    if (!HIDDEN_STYLE.test(style)) {
      const marks = marksOf(cell, cell.nodeName.toUpperCase() === 'TH' ? 'STRONG' : 'TD', style, place)
      this.children(cell, { ...place, inCell: true, marks }, depth + 3)
    }
    const runs = tidy(cellLines(this.runs))
    this.runs = outside
    return runs
  }

  endBlock(listed = false) {
    const runs = tidy(this.runs)
    this.runs = []
    const raw = runs.map(([text]) => text).join('')
    if (!raw) return
    const bullet = BULLET.exec(raw) ?? (listed ? NUMBERED_LINE.exec(raw) : null)
    if (bullet && !this.place.item && !this.place.heading) {
      this.item(1, bullet[0].trim()).paragraphs.push(tidy(runsFrom(runs, bullet[0].length), true))
    } else this.add(tidy(runs, true), this.place)
  }

  add(runs, place) {
    if (place.item) place.item.paragraphs.push(runs)
    else if (runs.length) this.blocks.push({ tag: place.heading ? 'h3' : 'p', runs })
  }
}

const attribute = (node, name) => node.getAttribute?.(name) ?? ''
const styleOf = (node) => attribute(node, 'style').replaceAll(' ', '').toLowerCase()

function wordsOf(node) {
  const all = (one) => (one.nodeName === '#text' ? one.nodeValue : [...(one.childNodes ?? [])].map(all).join(''))
  return single(all(node))
}

function within(node, name) {
  return [...(node.childNodes ?? [])].flatMap((child) => [
    ...(child.nodeName.toUpperCase() === name ? [child] : []),
    ...within(child, name),
  ])
}

function leftOut(tag, style, kind) {
  return (
    UNSEEN.has(tag) ||
    STRUCK.has(tag) ||
    style.includes('line-through') ||
    HIDDEN_STYLE.test(style) ||
    HIDDEN_CLASS.test(kind)
  )
}

// Bold and italic as they are seen: a style says more than a tag (Google Docs puts all in a light `b`).
function marksOf(node, tag, style, place) {
  const weight = /font-weight:(\w+)/.exec(style)?.[1]
  const slant = /font-style:(\w+)/.exec(style)?.[1]
  let bold = place.marks.bold || tag === 'B' || tag === 'STRONG'
  if (weight) bold = weight === 'bold' || weight === 'bolder' || Number(weight) >= 600
  let italic = place.marks.italic || tag === 'I' || tag === 'EM' || tag === 'CITE'
  if (slant) italic = slant === 'italic' || slant === 'oblique'
  let { address } = place.marks
  if (tag === 'A') {
    const target = attribute(node, 'href').trim()
    address = ADDRESS.test(target) ? target : ''
  }
  return { bold: bold && !place.heading, italic, address }
}

function rowsOf(table) {
  const parts = [...table.childNodes].flatMap((part) =>
    part.nodeName.toUpperCase() === 'TR' ? [part] : [...(part.childNodes ?? [])],
  )
  return parts.filter((row) => row.nodeName.toUpperCase() === 'TR' && !HIDDEN_STYLE.test(styleOf(row)))
}

const cellsOf = (row) => [...row.childNodes].filter((cell) => ['TD', 'TH'].includes(cell.nodeName.toUpperCase()))

// A table of a single column only places a text on its page.
const isGrid = (table) => rowsOf(table).some((row) => cellsOf(row).length > 1)

function carryDown(cells, spans) {
  while (spans.has(cells.length)) {
    const [left, runs] = spans.get(cells.length)
    if (left > 1) spans.set(cells.length, [left - 1, runs])
    else spans.delete(cells.length)
    cells.push(runs)
  }
}
