// What a person would call badly laid out, found by measuring: words on top of words, words that are cut, words outside
// their box or the window. Returns sentences, none where all is well. `whole`: all of it must be seen without scrolling.
;({ whole = false, from = 'body' } = {}) => {
  const NOT_SHOWN = new Set([
    'SCRIPT',
    'STYLE',
    'NOSCRIPT',
    'TEMPLATE',
    'OPTION',
    'SELECT',
    'TEXTAREA',
    'TITLE',
    'DESC',
    'DATALIST',
  ])
  const SOLID = 'input, select, textarea, img'
  const wide = document.documentElement.clientWidth
  const styles = new Map()
  const style = (node) => {
    if (!styles.has(node)) styles.set(node, getComputedStyle(node))
    return styles.get(node)
  }
  const boxes = new Map()
  const box = (node) => {
    if (!boxes.has(node)) boxes.set(node, node.getBoundingClientRect())
    return boxes.get(node)
  }
  const above = (node) => node.parentElement
  const known = new Map()
  // What somebody hides on purpose is for screen readers; what is faded out is not seen either.
  const seen = (node) => {
    if (!node) return true
    if (!known.has(node)) {
      const its = style(node)
      const tiny = its.position === 'absolute' && box(node).width <= 2 && box(node).height <= 2
      const off = its.position === 'absolute' && (box(node).right <= 0 || box(node).bottom + scrollY <= 0)
      known.set(node, !tiny && !off && its.opacity !== '0' && seen(above(node)))
    }
    return known.get(node)
  }
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && seen(node)
  const scrolls = (node, axis) => /auto|scroll/.test(style(node)[`overflow${axis}`])
  const hides = (node, axis) => /hidden|clip/.test(style(node)[`overflow${axis}`])
  // The part of the window in which a node can be seen, by what scrolls around it; null where a scroll brings it there.
  const window_of = (node) => {
    const found = {
      left: Number.NEGATIVE_INFINITY,
      right: Number.POSITIVE_INFINITY,
      top: Number.NEGATIVE_INFINITY,
      bottom: Number.POSITIVE_INFINITY,
      scrolled: false,
    }
    for (let at = above(node); at && at !== document.body; at = above(at)) {
      if (scrolls(at, 'X') || scrolls(at, 'Y')) {
        const own = box(at)
        found.left = Math.max(found.left, own.left)
        found.right = Math.min(found.right, own.right)
        found.top = Math.max(found.top, own.top)
        found.bottom = Math.min(found.bottom, own.bottom)
        found.scrolled ||= scrolls(at, 'X')
      }
    }
    return found
  }
  const layer = (node) => {
    for (let at = node; at && at !== document.body; at = above(at)) {
      if (['fixed', 'sticky'].includes(style(at).position)) return at
    }
    return null
  }
  const named = (node) => {
    const kind =
      typeof node.className === 'string' && node.className ? `.${node.className.trim().split(/\s+/).join('.')}` : ''
    return `${node.tagName.toLowerCase()}${kind}`
  }
  const quoted = (text) => `«${text.trim().replace(/\s+/g, ' ').slice(0, 50)}»`
  const round = Math.round

  const faults = new Set()
  const pieces = []
  const root = document.querySelector(from)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement
    if (
      !text.data.trim() ||
      NOT_SHOWN.has(parent.tagName.toUpperCase()) ||
      parent.closest('select, textarea, noscript, .chart-data-only')
    )
      continue
    if (!shown(parent)) continue
    range.selectNodeContents(text)
    const drawn = Boolean(parent.ownerSVGElement)
    let block = parent
    while (!drawn && style(block).display.startsWith('inline') && style(block).display === 'inline' && above(block))
      block = above(block)
    const view = window_of(parent)
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue
      const what = `${named(parent)} ${quoted(text.data)}`
      const inside = rect.right <= view.right + 1 && rect.left >= view.left - 1
      if (!view.scrolled && (rect.right > wide + 1 || rect.left < -1))
        faults.add(`outside the window: ${what}, ${round(rect.left)} to ${round(rect.right)} of ${wide}`)
      if (whole && (rect.bottom > innerHeight + 1 || rect.top < -1))
        faults.add(`below the screen: ${what}, ${round(rect.top)} to ${round(rect.bottom)} of ${innerHeight}`)
      if (!drawn && style(block).display !== 'contents') {
        const own = box(block)
        if (rect.right > own.right + 1.5 || rect.left < own.left - 1.5)
          faults.add(`outside its box: ${what}, ${round(rect.right)} > ${round(own.right)} of ${named(block)}`)
      }
      for (let at = drawn ? parent.ownerSVGElement : parent; at && at !== document.body; at = above(at)) {
        const its = box(at)
        if (hides(at, 'X') && (rect.right > its.right + 1.5 || rect.left < its.left - 1.5))
          faults.add(`cut at the side: ${what} by ${named(at)}`)
        if (
          hides(at, 'Y') &&
          !scrolls(at, 'Y') &&
          (rect.bottom - rect.height * 0.25 > its.bottom || rect.top + rect.height * 0.25 < its.top)
        )
          faults.add(`cut below: ${what} by ${named(at)}`)
        if (scrolls(at, 'X') || scrolls(at, 'Y')) break
      }
      if (!inside || rect.bottom > view.bottom + 1 || rect.top < view.top - 1) continue
      // Letters fill the middle of their line; the rest is room for accents.
      pieces.push({
        node: parent,
        what,
        left: rect.left + 1,
        right: rect.right - 1,
        top: rect.top + rect.height * 0.28,
        bottom: rect.bottom - rect.height * 0.25,
      })
    }
  }
  for (const solid of root.querySelectorAll(SOLID)) {
    if (!shown(solid) || solid.type === 'hidden' || style(solid).opacity === '0') continue
    const rect = box(solid)
    const view = window_of(solid)
    if (rect.width < 4 || rect.height < 4) continue
    if (!view.scrolled && (rect.right > wide + 1 || rect.left < -1)) faults.add(`outside the window: ${named(solid)}`)
    if (rect.right > view.right + 1 || rect.bottom > view.bottom + 1 || rect.top < view.top - 1) continue
    pieces.push({
      node: solid,
      what: named(solid),
      left: rect.left + 2,
      right: rect.right - 2,
      top: rect.top + 2,
      bottom: rect.bottom - 2,
    })
  }
  pieces.sort((one, other) => one.top - other.top)
  let open = []
  for (const piece of pieces) {
    open = open.filter((other) => other.bottom > piece.top + 1)
    for (const other of open) {
      if (other.node === piece.node) continue
      if (piece.left + 1 < other.right && other.left + 1 < piece.right && piece.bottom > other.top + 1) {
        if (layer(other.node) !== layer(piece.node)) continue
        faults.add(`on top of each other: ${piece.what} and ${other.what}`)
      }
    }
    open.push(piece)
  }
  return [...faults].slice(0, 12)
}
