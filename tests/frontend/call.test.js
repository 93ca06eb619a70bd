// What the regia calls to all tables: counted by this device's own clock, moved only where it was clearly wrong.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { CallBar, clock } from '../../frontend/js/shared/call.js'

class Bar {
  constructor() {
    this.hidden = true
    this.parts = { '.call-text': { textContent: '' }, '.call-clock': { textContent: '' } }
    this.over = false
    this.classList = { toggle: (_name, on) => (this.over = on) }
  }

  querySelector(name) {
    return this.parts[name]
  }
}

test('seconds are told as people read them', () => {
  assert.deepEqual([300, 245, 9.2, 0, -3].map(clock), ['5:00', '4:05', '0:10', '0:00', '0:00'])
})

test('a call counts down, is not moved by an answer that came late, and ends', () => {
  let now = 0
  const bar = new Bar()
  const call = new CallBar(bar, () => now)
  call.hear({ text: 'Scegliete ora', left: 60, number: 1 })
  assert.equal(bar.hidden, false)
  assert.equal(bar.parts['.call-text'].textContent, 'Scegliete ora')
  assert.equal(bar.parts['.call-clock'].textContent, '1:00')
  now = 10_000
  call.hear({ text: 'Scegliete ora', left: 51, number: 1 })
  assert.equal(bar.parts['.call-clock'].textContent, '0:50')
  call.hear({ text: 'Ancora', left: 120, number: 2 })
  assert.equal(bar.parts['.call-clock'].textContent, '2:00')
  now = 140_000
  call.tick()
  assert.equal(bar.parts['.call-clock'].textContent, '0:00')
  assert.equal(bar.over, true)
  call.hear(null)
  assert.equal(bar.hidden, true)
  clearTimeout(call.timer)
})

test('a call without a countdown shows no clock', () => {
  const bar = new Bar()
  const call = new CallBar(bar, () => 0)
  call.hear({ text: 'Pausa', left: null, number: 1 })
  assert.equal(bar.parts['.call-clock'].textContent, '')
  assert.equal(bar.over, false)
})
