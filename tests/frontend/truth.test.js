// The line at the top of the console says what is known, and nothing better.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { truthOf } from '../../frontend/js/console/truth.js'

const WELL = { entries: 9, waiting: 0, refused: 0, photos: 0, unsaved: false, shut: false, reached: true, online: true }
const state = (change) => truthOf({ ...WELL, ...change }).state

test('everything has arrived only where entries and photos have, and none was refused', () => {
  assert.equal(state({}), 'fine')
  for (const change of [
    { waiting: 1 },
    { photos: 1 },
    { refused: 1 },
    { unsaved: true },
    { shut: true },
    { reached: false },
    { online: false },
  ]) {
    assert.notEqual(state(change), 'fine', JSON.stringify(change))
  }
})

test('what is worst is said first', () => {
  const all = { unsaved: true, shut: true, online: false, waiting: 3, photos: 2, refused: 1 }
  assert.equal(state(all), 'unsaved')
  assert.equal(state({ ...all, unsaved: false }), 'shut')
  assert.equal(state({ ...all, unsaved: false, shut: false }), 'offline')
  assert.equal(state({ waiting: 3, photos: 2, refused: 1 }), 'sending')
  assert.equal(state({ photos: 2, refused: 1 }), 'photos')
  assert.equal(state({ refused: 1 }), 'refused')
})

test('the numbers add up to the entries made, and photos are told apart', () => {
  const { parts } = truthOf({ ...WELL, waiting: 2, refused: 1, photos: 4 })
  const told = Object.fromEntries(parts)
  assert.equal(told.arrived + told.waiting + told.refused, told.entries)
  assert.equal(told.photos_waiting, 4)
})
