// The console reads a table's log as the centre does: the protocol's written vectors go through both.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { controlTotal, readRegister, readTable, shortlist } from '../../frontend/js/console/tablelog.js'

const vectors = JSON.parse(readFileSync(new URL('../core/tablelog_vectors.json', import.meta.url)))
assert.ok(vectors.length > 5)

for (const { name, operations, state } of vectors) {
  test(`the console says what the centre says: ${name}`, () => {
    assert.deepEqual(readTable(operations), state)
    assert.deepEqual(readTable([...operations].reverse()), state, 'in any order')
    assert.deepEqual(readTable([...operations, ...operations]), state, 'with any repeats')
  })
}

const operation = (id, clock, value, more = {}) => ({
  id,
  clock,
  value,
  device: 'd',
  verb: 'set',
  what: 'stickers',
  key: 's1/1.1',
  over: [],
  ...more,
})

test('of equal clocks the later device decides, and of one device the later identifier', () => {
  const said = (...list) => readRegister(list).value
  assert.equal(said(operation('a', 1, 5, { device: 'e' }), operation('b', 1, 7)), 5)
  assert.equal(said(operation('a', 1, 5), operation('b', 1, 7)), 7)
})

test('an entry replaces only what has a lower clock', () => {
  const { heads } = readRegister([operation('a', 2, 5), operation('b', 2, 7, { over: ['a'] })])
  assert.deepEqual(
    heads.map((head) => head.id),
    ['a', 'b'],
  )
})

test('a yes to «not to be published» wins over a no said elsewhere, until somebody takes it back', () => {
  const text = operation('t', 1, 'a', { what: 'text', key: 'k' })
  const mark = (id, clock, value, over = []) =>
    operation(id, clock, value, { what: 'private', key: 'k', device: id, over })
  const isPrivate = (...list) => readTable([text, ...list]).observations[0].private
  assert.equal(isPrivate(mark('yes', 2, true), mark('no', 3, false)), true)
  assert.equal(isPrivate(mark('yes', 2, true), mark('no', 3, false, ['yes'])), false)
})

test('a head count of nobody counts, whoever was checked in', () => {
  const count = operation('h', 2, 0, { what: 'headcount', key: '' })
  const state = readTable([operation('c', 1, true, { what: 'check-in', key: 'A' }), count])
  assert.deepEqual([state.present, state.checked_in], [0, ['A']])
})

test('a total counts what is handed out, at the limit, below and above', () => {
  assert.deepEqual(controlTotal({ a: 4, b: 5 }, 3, 3), { counted: 9, allowed: 9, over: 0, left: 0 })
  assert.deepEqual(controlTotal({ a: 4, b: 4 }, 3, 3), { counted: 8, allowed: 9, over: 0, left: 1 })
  assert.deepEqual(controlTotal({ a: 5, b: 5 }, 3, 3), { counted: 10, allowed: 9, over: 1, left: 0 })
})

test('a tie at the cut is left to people, and nothing unvoted is proposed', () => {
  assert.deepEqual(shortlist({ a: 3, b: 2, c: 2, d: 0 }, 2), { clear: ['a'], tied: ['b', 'c'], open_places: 1 })
  assert.deepEqual(shortlist({ a: 3, b: 2, c: 2, d: 0 }, 3), { clear: ['a', 'b', 'c'], tied: [], open_places: 0 })
  assert.deepEqual(shortlist({ a: 3, b: 2, c: 1 }, 2), { clear: ['a', 'b'], tied: [], open_places: 0 })
  assert.deepEqual(shortlist({ a: 1, d: 0 }, 3), { clear: ['a'], tied: [], open_places: 0 })
})
