// A page as far as our scripts use one: elements with attributes, children, events that bubble, and simple selectors.

const PART = /([\w-]+)|\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:([$^]?)="?([^"\]]*)"?)?\]|:not\((\[[^\]]*\])\)/g
const dashed = (name) => `data-${String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

function matches(element, selector) {
  return selector.split(',').some((one) =>
    [...one.trim().matchAll(PART)].every(([, tag, name, id, attribute, how, value, not]) => {
      if (tag) return element.tagName === tag.toUpperCase()
      if (name) return element.classList.contains(name)
      if (id) return element.getAttribute('id') === id
      if (not) return !matches(element, not)
      const held = element.getAttribute(attribute)
      if (held === null || value === undefined) return held !== null
      return how === '$' ? held.endsWith(value) : how === '^' ? held.startsWith(value) : held === value
    }),
  )
}

export class Element {
  constructor(name) {
    this.tagName = name.toUpperCase()
    this.attributes = new Map()
    this.childNodes = []
    this.parent = null
    this.listeners = {}
    this.dataset = new Proxy(this, {
      get: (element, name) => element.getAttribute(dashed(name)) ?? undefined,
      set(element, name, value) {
        element.setAttribute(dashed(name), value)
        return true
      },
      deleteProperty(element, name) {
        element.removeAttribute(dashed(name))
        return true
      },
    })
    const names = () => (this.getAttribute('class') ?? '').split(' ').filter(Boolean)
    this.classList = {
      contains: (name) => names().includes(name),
      toggle: (name, on = !names().includes(name)) => {
        const others = names().filter((one) => one !== name)
        this.setAttribute('class', (on ? [...others, name] : others).join(' '))
      },
    }
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null
  }

  hasAttribute(name) {
    return this.attributes.has(name)
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value))
  }

  removeAttribute(name) {
    this.attributes.delete(name)
  }

  get value() {
    return this.written ?? this.getAttribute('value') ?? ''
  }

  set value(value) {
    this.written = String(value)
  }

  get id() {
    return this.getAttribute('id') ?? ''
  }

  get className() {
    return this.getAttribute('class') ?? ''
  }

  set className(value) {
    this.setAttribute('class', value)
  }

  get name() {
    return this.getAttribute('name') ?? ''
  }

  get type() {
    return this.getAttribute('type') ?? ''
  }

  get maxLength() {
    return Number(this.getAttribute('maxlength') ?? -1)
  }

  get children() {
    return this.childNodes.filter((node) => node instanceof Element)
  }

  get firstElementChild() {
    return this.children[0] ?? null
  }

  get lastElementChild() {
    return this.children.at(-1) ?? null
  }

  get nextElementSibling() {
    const all = this.parent.children
    return all[all.indexOf(this) + 1] ?? null
  }

  get textContent() {
    return this.childNodes.map((node) => (node instanceof Element ? node.textContent : node)).join('')
  }

  set textContent(value) {
    this.replaceChildren(value)
  }

  append(...nodes) {
    for (const node of nodes) this.insertBefore(node, null)
  }

  after(node) {
    this.parent.insertBefore(node, this.nextElementSibling)
  }

  insertBefore(node, before) {
    const child = node instanceof Element ? node : String(node)
    if (child instanceof Element) {
      child.remove()
      child.parent = this
    }
    const place = before ? this.childNodes.indexOf(before) : this.childNodes.length
    this.childNodes.splice(place, 0, child)
  }

  replaceChildren(...nodes) {
    for (const child of this.children) child.parent = null
    this.childNodes = []
    this.append(...nodes)
  }

  remove() {
    if (this.parent) this.parent.childNodes = this.parent.childNodes.filter((node) => node !== this)
    this.parent = null
  }

  cloneNode() {
    const made = new Element(this.tagName)
    for (const [name, value] of this.attributes) made.setAttribute(name, value)
    for (const child of this.childNodes) made.append(child instanceof Element ? child.cloneNode() : child)
    made.value = this.value
    return made
  }

  matches(selector) {
    return matches(this, selector)
  }

  closest(selector) {
    return matches(this, selector) ? this : (this.parent?.closest(selector) ?? null)
  }

  querySelectorAll(selector) {
    const chain = selector.includes(',') ? [selector] : selector.trim().split(' ')
    let found = [this]
    for (const part of chain) found = found.flatMap((one) => one.inside().filter((inner) => matches(inner, part)))
    return found
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null
  }

  inside() {
    return this.children.flatMap((child) => [child, ...child.inside()])
  }

  addEventListener(event, act) {
    this.listeners[event] ||= []
    this.listeners[event].push(act)
  }

  dispatchEvent(event) {
    event.target ??= this
    for (const act of this.listeners[event.type] ?? []) act(event)
    if (this.parent && event.bubbles !== false) this.parent.dispatchEvent(event)
  }

  focus() {
    if (document.activeElement === this) return
    document.activeElement?.fire('focusout')
    document.activeElement = this
    this.fire('focus', { bubbles: false })
  }

  select() {}

  /** What a person does: `fire('click')`, `fire('keydown', { key: 'Enter' })`. */
  fire(type, more = {}) {
    this.dispatchEvent({ type, preventDefault() {}, ...more })
  }

  /** Type a value into a field and leave it. */
  enter(value) {
    this.focus()
    this.value = value
    this.fire('input')
    this.fire('change')
  }
}

export const page = new Element('html')
globalThis.document = {
  documentElement: page,
  body: page,
  activeElement: null,
  hidden: false,
  addEventListener: () => {},
  createElement: (name) => new Element(name),
  getElementById: (id) => page.inside().find((one) => one.id === id) ?? null,
}
page.setAttribute('lang', 'it')
page.lang = 'it'
