// Positions of a selection are code points, as the server counts them.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pointsBetween } from '../../frontend/js/reading/points.js'

test('signs outside of the first plane and combining accents count as the server counts them', () => {
  assert.deepEqual(pointsBetween('a😀b è', 1, 4), [1, 3])
  assert.deepEqual(pointsBetween('e\u0301 bene', 3, 7), [3, 7])
  assert.deepEqual(pointsBetween('riga\nriga', 5, 9), [5, 9])
})
