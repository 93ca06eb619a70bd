// A photo over a line that breaks, crawls and forgets: it goes on from where the centre has it, and never from the start.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { LARGEST, SMALLEST, sendPhoto } from '../../frontend/js/console/photo-line.js'

const photo = (size) => ({ id: 'p', file: new Blob([new Uint8Array(size).map((_, n) => n % 251)]) })

// The centre keeps what arrives in order; `bears` is how many bytes arrive before this line is cut.
class Line {
  constructor({ bears = Number.POSITIVE_INFINITY, refuses = null } = {}) {
    this.bears = bears
    this.refuses = refuses
    this.here = []
    this.sent = 0
    this.time = 0
  }

  async received() {
    return { received: this.here.length, kept: '' }
  }

  async piece(id, start, total, blob) {
    if (this.refuses) throw Object.assign(new Error('refused'), { status: this.refuses })
    this.sent += blob.size
    if (blob.size > this.bears) throw new Error('timeout')
    if (start === this.here.length) this.here = [...this.here, ...new Uint8Array(await blob.arrayBuffer())]
    return { received: this.here.length, kept: this.here.length === total ? id : '' }
  }
}

test('a photo goes in one try over a good line, in pieces that grow', async () => {
  const line = new Line()
  const one = photo(900_000)
  await sendPhoto(one, line, () => 0)
  assert.deepEqual(line.here, [...new Uint8Array(await one.file.arrayBuffer())])
  assert.equal(line.sent, one.file.size)
  assert.ok(one.piece > SMALLEST * 8)
  assert.ok(one.piece <= LARGEST)
})

test('over a line too slow for a piece each try sends a smaller one, and what is there never travels again', async () => {
  const line = new Line({ bears: SMALLEST * 2 })
  const one = photo(200_000)
  let tries = 0
  let clock = 0
  let done = false
  while (!done) {
    tries += 1
    assert.ok(tries < 30, 'it never ends')
    const before = line.here.length
    done = await sendPhoto(one, line, () => (clock += 5_000)).then(
      () => true,
      () => false,
    )
    assert.ok(line.here.length >= before)
  }
  assert.deepEqual(line.here, [...new Uint8Array(await one.file.arrayBuffer())])
  // Only pieces that were too large were sent in vain.
  assert.ok(line.sent < one.file.size + SMALLEST * 8 * 3)
})

test('a page that was closed in between goes on from what the centre has', async () => {
  const line = new Line()
  const one = photo(300_000)
  line.here = [...new Uint8Array(await one.file.slice(0, 123_456).arrayBuffer())]
  await sendPhoto({ ...one }, line, () => 0)
  assert.equal(line.sent, 300_000 - 123_456)
})

test('a refusal of the centre is handed on, and makes the pieces no smaller', async () => {
  const one = photo(10)
  await assert.rejects(sendPhoto(one, new Line({ refuses: 400 })), { status: 400 })
  assert.equal(one.piece, undefined)
})

test('a centre that takes nothing is not asked for ever', async () => {
  const line = new Line()
  line.piece = async () => ({ received: 0, kept: '' })
  await assert.rejects(sendPhoto(photo(10), line))
})
