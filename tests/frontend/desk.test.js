// The forms of the desk in the browser: copies of what was typed, rows that are added, texts put back, room that is left.

import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { Element, page } from './fake-dom.js'

globalThis.Event ||= class {}
const { lengthOf, roomLeft, startLengths } = await import('../../frontend/js/shared/lengths.js')
const { localCopy } = await import('../../frontend/js/shared/local-copy.js')
const { addRow, startRows } = await import('../../frontend/js/desk/rows.js')
const { putBackInto } = await import('../../frontend/js/desk/put-back.js')
const { h } = await import('../../frontend/js/shared/dom.js')

beforeEach(() => {
  page.replaceChildren()
  document.activeElement = null
})

class Storage {
  constructor() {
    this.kept = new Map()
    this.full = false
  }
  get length() {
    return this.kept.size
  }
  key(n) {
    return [...this.kept.keys()][n]
  }
  getItem(key) {
    return this.kept.get(key) ?? null
  }
  setItem(key, value) {
    if (this.full) throw new Error('QuotaExceededError')
    this.kept.set(key, value)
  }
  removeItem(key) {
    this.kept.delete(key)
  }
}

const left = async (copy) => {
  const found = []
  await copy.leftBehind((kept, drop) => found.push({ kept, drop }))
  return found
}

test('a window finds what others left behind of its form, the newest first, and never its own', async () => {
  const storage = new Storage()
  const [mine, older, newer, other] = ['a', 'a', 'a', 'b'].map((name) => localCopy(name, { storage, locks: null }))
  for (const [copy, text, at] of [
    [mine, 'mine', 9],
    [newer, 'newer', 8],
    [older, 'older', 7],
    [other, 'other', 6],
  ])
    assert.equal(copy.write({ text, at }), true)
  const found = await left(mine)
  assert.deepEqual(
    found.map(({ kept }) => kept.text),
    ['newer', 'older'],
  )
  found[0].drop()
  assert.deepEqual(
    (await left(mine)).map(({ kept }) => kept.text),
    ['older'],
  )
})

test('a form whose name begins like another is not it', async () => {
  const storage = new Storage()
  localCopy('sheet/1.1.1', { storage, locks: null }).write({ text: 'theirs' })
  assert.deepEqual(await left(localCopy('sheet/1.1', { storage, locks: null })), [])
})

test('where the browser has no room it is said, and nothing breaks', () => {
  const storage = new Storage()
  const copy = localCopy('a', { storage, locks: null })
  storage.full = true
  assert.equal(copy.write({ text: 'x' }), false)
  assert.equal(localCopy('a', { storage: null, locks: null }).write({ text: 'x' }), false)
})

test('a copy is gone when it is forgotten, and follows a page that gets its name', async () => {
  const storage = new Storage()
  const copy = localCopy('new', { storage, locks: null })
  copy.write({ text: 'x' })
  copy.rename('page/7')
  copy.write({ text: 'y' })
  assert.deepEqual(await left(localCopy('new', { storage, locks: null })), [])
  assert.equal((await left(localCopy('page/7', { storage, locks: null })))[0].kept.text, 'y')
  copy.forget()
  assert.equal(storage.length, 0)
})

test('a window that is still open keeps its copy to itself', async () => {
  const storage = new Storage()
  const waiting = []
  const locks = { request: async (name, act) => void waiting.push([name, act]) }
  localCopy('a', { storage, locks }).write({ text: 'open elsewhere' })
  const found = await left(localCopy('a', { storage, locks }))
  assert.deepEqual(found, [])
})

const WORDS = { left: '{} left', leftOne: 'one left', tooLong: '{} too many', tooLongOne: 'one too many' }

test('room is counted as the centre counts it: letters, and a line break as one', () => {
  assert.equal(lengthOf('a\r\nb'), 3)
  assert.equal(lengthOf('😀😀'), 2)
  assert.equal(roomLeft(9, 10, WORDS), 'one left')
  assert.equal(roomLeft(10, 10, WORDS), '0 left')
  assert.equal(roomLeft(11, 10, WORDS), 'one too many')
  assert.equal(roomLeft(13, 10, WORDS), '3 too many')
})

test('what is pasted is not cut: it is said to be too long, just from the letter on that is', () => {
  const field = h('textarea', { id: 'text', maxlength: 10 })
  const form = h('form', {}, field)
  page.append(form)
  startLengths(form, WORDS)
  assert.equal(field.hasAttribute('maxlength'), false)
  const note = () => page.querySelector('#text-room')
  const type = (value) => {
    field.value = value
    field.fire('input')
  }
  assert.equal(note().hidden, true)
  type('x'.repeat(10))
  assert.equal(note().hidden, false)
  assert.equal(field.hasAttribute('aria-invalid'), false)
  type('x'.repeat(11))
  assert.equal(note().textContent, 'one too many')
  assert.equal(field.getAttribute('aria-invalid'), 'true')
  type('x')
  assert.equal(field.hasAttribute('aria-invalid'), false)
  assert.equal(note().hidden, true)
})

function aForm() {
  const row = (n, words = '') =>
    h(
      'li',
      { 'data-row': true },
      h('label', { for: `examples-${n}-text_it` }, 'Esempio'),
      h('input', { name: `examples-${n}-text_it`, id: `examples-${n}-text_it`, value: words }),
      h('input', { name: `examples-${n}-1-note`, value: '' }),
    )
  const list = h('ol', {}, row(0, 'Primo'))
  const position = h('input', { type: 'hidden', name: 'revision', 'data-position': true, value: '7' })
  const boxes = ['1', '2', '3'].map((value) => {
    const box = h('input', { type: 'checkbox', name: 'zones', value })
    box.checked = value === '1'
    return box
  })
  const add = h('button', { 'data-add-row': true, hidden: true }, 'Aggiungi')
  const group = h('div', { 'data-rows': 'examples' }, list, add)
  const form = h('form', {}, h('input', { name: 'title_it', value: 'Vecchio' }), position, ...boxes, group)
  Object.defineProperty(form, 'elements', { get: () => form.querySelectorAll('input, textarea, select') })
  page.append(form)
  return { form, list, add, boxes, position }
}

test('a new row is empty, has names of its own and takes the focus', () => {
  const { form, list, add } = aForm()
  startRows(form, { newName: 'nuovo' })
  add.fire('click')
  add.fire('click')
  const names = list.children.map((row) => row.querySelectorAll('input').map((one) => one.name))
  assert.deepEqual(names, [
    ['examples-0-text_it', 'examples-0-1-note'],
    ['examples-1-text_it', 'examples-1-1-note'],
    ['examples-2-text_it', 'examples-2-1-note'],
  ])
  const [first, , third] = list.children
  assert.equal(first.querySelector('input').value, 'Primo')
  assert.equal(third.querySelector('input').value, '')
  assert.equal(third.querySelector('label').getAttribute('for'), third.querySelector('input').id)
  assert.equal(document.activeElement, third.querySelector('input'))
})

test('a text that was kept comes back whole: fields, ticks and as many rows as it had', () => {
  const { form, list, boxes, position } = aForm()
  const kept = new URLSearchParams(
    'title_it=Nuovo&revision=3&zones=2&zones=3&examples-0-text_it=Uno&examples-1-text_it=Due&examples-2-text_it=Tre',
  )
  form.dispatchEvent = () => {}
  putBackInto(form, new Map())(kept)
  assert.equal(form.querySelector('[name=title_it]').value, 'Nuovo')
  assert.deepEqual(
    boxes.map((box) => box.checked),
    [false, true, true],
  )
  assert.deepEqual(
    list.children.map((row) => row.querySelector('input').value),
    ['Uno', 'Due', 'Tre'],
  )
  assert.equal(position.value, '7', 'where it was drawn from is told by the page, not by the text')
})

test('an addition to a list numbers its own names and leaves other numbers alone', () => {
  const list = h('ol', {}, h('li', {}, h('input', { name: 'links-0-address', id: 'a-0-b', value: 'x' })))
  const row = addRow(list, 'links')
  assert.equal(row.querySelector('input').name, 'links-1-address')
  assert.equal(row.querySelector('input').id, 'a-0-b')
  assert.ok(row instanceof Element)
})
