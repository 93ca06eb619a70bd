// Building and renewing small pieces of page, with no framework.

/** Make an element: h("button", {class: "big", onclick: f}, "text", child…). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'hidden') element[key] = value
    else if (value === true) element.setAttribute(key, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value)
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/** Renew the children of `parent` so that there is one for each of `items`, kept by key: what has the focus stays. */
export function renew(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]))
  let previous = null
  for (const item of items) {
    const key = String(keyOf(item))
    let child = known.get(key)
    if (child) known.delete(key)
    else {
      child = make(item)
      child.dataset.key = key
    }
    update(child, item)
    const place = previous ? previous.nextElementSibling : parent.firstElementChild
    if (place !== child) parent.insertBefore(child, place)
    previous = child
  }
  for (const left of known.values()) left.remove()
}

export function text(element, content) {
  const value = String(content)
  if (element.textContent !== value) element.textContent = value
}

const WORDS = {}

export function learnWords(words) {
  Object.assign(WORDS, words)
}

/** A sentence of the interface; {name} is filled from `values`. With a number `n`, the singular is `key_one`. */
export function say(key, values = {}) {
  const chosen = values.n === 1 && WORDS[`${key}_one`] ? `${key}_one` : key
  return (WORDS[chosen] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole))
}

/** The words in the quotation marks of the page's language: «a» or “a”. */
export function quoted(words) {
  return document.documentElement.lang === 'en' ? `“${words}”` : `«${words}»`
}
