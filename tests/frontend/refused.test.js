// A refused entry is told in words: never a code, a JSON or a name of the protocol.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { inWords, why } from '../../frontend/js/console/refused.js'
import { learnWords } from '../../frontend/js/shared/dom.js'

const model = { settings: { sessions: [{ code: 's1' }, { code: 's2' }] } }
learnWords({
  entry_any: 'An entry',
  entry_stickers: 'Stickers on {code}: {number}',
  entry_text: 'Observation «{text}»',
  entry_headcount: 'Head count: {number}',
  entry_choice: 'Choice: {codes}',
  'why_too-long': 'it is too long.',
  why_damaged: 'the centre could not read it.',
})

test('each kind of entry is said as somebody would say it', () => {
  assert.equal(inWords(model, { what: 'stickers', key: 's1/2.1', value: 5 }), 'Stickers on 2.1: 5')
  assert.equal(inWords(model, { what: 'text', key: 'k', value: 'Più treni' }), 'Observation «Più treni»')
  assert.equal(inWords(model, { what: 'headcount', key: '', value: null }), 'Head count: –')
  assert.equal(inWords(model, { what: 'choice', key: 's1', value: { strategies: ['1.1', '2.2'] } }), 'Choice: 1.1, 2.2')
  assert.equal(inWords(model, undefined), 'An entry')
  assert.equal(inWords(model, { what: 'something-new', key: '', value: { a: 1 } }), 'An entry')
  assert.ok(inWords(model, { what: 'text', key: 'k', value: 'x'.repeat(2000) }).length < 110)
})

test('a reason without a sentence is still a sentence', () => {
  assert.equal(why('too-long'), 'it is too long.')
  assert.equal(why('some-new-code'), 'the centre could not read it.')
})
