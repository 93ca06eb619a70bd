// What is typed at a table is on the device's disk, arrives whole and once, and nothing is said that is not so.

import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { answers, disk, happens, network } from './fake-storage.js'

const { TableModel } = await import('../../frontend/js/console/model.js')
const store = await import('../../frontend/js/console/store.js')
const { Exchange, openTable } = await import('../../frontend/js/console/sync.js')

const ADDRESSES = { exchange: '/scambio', photo: '/foto/', settings: '/impostazioni' }
const entry = () => ({ table: 't', device: 'd', secret: 'segreto', code: 'ABC', cursor: 0, settings: { number: 1 } })
const open = []

beforeEach(async () => {
  for (const exchange of open.splice(0)) clearTimeout(exchange.timer)
  await store.loadTables()
  for (const rows of disk.stores.values()) rows.rows.clear()
  disk.full = false
  network.asked.length = 0
  network.answer = () => Promise.reject(new Error('no network'))
  await store.saveTable(entry())
})

async function opened() {
  const model = new TableModel(entry())
  await model.load()
  const exchange = new Exchange(model, ADDRESSES, 'it')
  // Here a test says when something is sent.
  exchange.soon = () => {}
  model.onwritten = undefined
  open.push(exchange)
  return { model, exchange }
}

const centre = (more = {}) => ({ kept: [], refused: [], operations: [], cursor: 0, more: false, ...more })
const keepAll = (_address, options) =>
  answers(centre({ kept: JSON.parse(options.body).operations.map((one) => one.id), cursor: 7 }))

test('what is written is on the disk and in the queue, both or neither', async () => {
  const { model } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  assert.equal(disk.rows('operations').length, 1)
  assert.deepEqual(
    disk.rows('outbox').map(({ id, table }) => [id, table]),
    [[disk.rows('operations')[0].id, 't']],
  )
  const again = new TableModel(entry())
  await again.load()
  assert.equal(again.counts('s1')['1.1'], 3)
  assert.equal(again.waiting(10).length, 1)
})

test('a disk that is full is told, and the entry is still sent', async () => {
  const { model } = await opened()
  disk.full = true
  const { warn } = console
  console.warn = () => {}
  await model.set('stickers', 's1/1.1', 3)
  console.warn = warn
  assert.equal(model.unsaved, true)
  assert.equal(disk.rows('operations').length + disk.rows('outbox').length, 0)
  assert.equal(model.waiting(10).length, 1)
  disk.full = false
  await model.set('stickers', 's1/1.1', 4)
  assert.equal(model.unsaved, false)
})

test('a correction replaces what stood there, and an addition nothing', async () => {
  const { model } = await opened()
  await model.add('stickers', 's1/1.1', 2)
  await model.set('stickers', 's1/1.1', 9)
  const [added, set] = model.history('stickers', 's1/1.1')
  assert.deepEqual(added.over, [])
  assert.deepEqual(set.over, [added.id])
  assert.equal(model.counts('s1')['1.1'], 9)
  await model.add('stickers', 's1/1.1', 1)
  assert.deepEqual(model.history('stickers', 's1/1.1')[2].over, [])
  assert.equal(model.counts('s1')['1.1'], 10)
})

test('the clock grows past whatever was heard from others', async () => {
  const { model } = await opened()
  await model.set('headcount', '', 5)
  const theirs = {
    id: 'x',
    table: 't',
    device: 'e',
    clock: 40,
    verb: 'set',
    what: 'headcount',
    key: '',
    value: 6,
    over: [],
  }
  await model.settle(centre({ operations: [theirs], cursor: 3 }))
  await model.set('headcount', '', 7)
  assert.deepEqual(
    model.history('headcount', '').map((one) => one.clock),
    [1, 40, 41],
  )
  assert.equal(model.state.headcount, 7)
})

test('several things are written in the order in which they were said', async () => {
  const { model } = await opened()
  await model.write([
    { what: 'private', key: 'k', value: true },
    { what: 'text', key: 'k', value: 'a' },
  ])
  assert.deepEqual(
    model.waiting(10).map((one) => one.what),
    ['private', 'text'],
  )
  assert.deepEqual(
    model.waiting(1).map((one) => one.what),
    ['private'],
    'the oldest first',
  )
})

test('an entry leaves the queue when the centre has confirmed it, and not before', async () => {
  const { model, exchange } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  await exchange.flush()
  assert.equal(exchange.status, 'unreachable')
  assert.equal(disk.rows('outbox').length, 1)
  network.answer = () => answers(centre({ cursor: 2 }))
  model.waiting = () => []
  await model.settle(centre({ cursor: 2 }))
  assert.equal(disk.rows('outbox').length, 1, 'an answer that names nothing confirms nothing')
  delete model.waiting
  network.answer = keepAll
  await exchange.flush()
  assert.equal(exchange.status, 'idle')
  assert.equal(disk.rows('outbox').length, 0)
  assert.equal(model.outbox.size, 0)
})

test('what the centre shows it has counts as arrived, though its confirmation was lost', async () => {
  const { model } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  const [mine] = model.waiting(1)
  await model.settle(centre({ operations: [mine], cursor: 2 }))
  assert.equal(model.outbox.size, 0)
  assert.equal(disk.rows('outbox').length, 0)
  assert.equal(model.operations.size, 1)
})

test('a refused entry is out of the queue, stays in the list of refused ones and survives a reload', async () => {
  const { model, exchange } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  const [{ id }] = model.waiting(1)
  network.answer = () => answers(centre({ refused: [{ id, code: 'out-of-range', field: 'clock' }] }))
  await exchange.flush()
  assert.equal(model.outbox.size, 0)
  assert.deepEqual(
    model.refused.map((one) => [one.id, one.code]),
    [[id, 'out-of-range']],
  )
  const again = new TableModel(entry())
  await again.load()
  assert.deepEqual(
    again.refused.map((one) => [one.id, one.code]),
    [[id, 'out-of-range']],
  )
  assert.equal(again.waiting(10).length, 0)
})

test('an entry that is kept after all is refused no longer', async () => {
  const { model } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  const [{ id }] = model.waiting(1)
  await model.settle(centre({ refused: [{ id, code: 'x', field: 'y' }] }))
  await model.settle(centre({ kept: [id] }))
  assert.equal(disk.rows('refused').length, 0)
})

test('reading goes on where it stopped, also after a reload, and never goes back', async () => {
  const { model, exchange } = await opened()
  await model.settle(centre({ cursor: 9 }))
  await model.settle(centre({ cursor: 4 }))
  assert.equal(model.entry.cursor, 9)
  assert.equal(disk.rows('tables')[0].cursor, 9)
  const theirs = {
    id: 'x',
    table: 't',
    device: 'e',
    clock: 1,
    verb: 'set',
    what: 'headcount',
    key: '',
    value: 6,
    over: [],
  }
  const all = [centre({ operations: [theirs], cursor: 12, more: true }), centre({ cursor: 15 })]
  network.answer = () => answers(all.shift())
  await exchange.flush()
  assert.deepEqual(
    network.asked.map((one) => one.body.cursor),
    [9, 12],
    'it asks again while there is more',
  )
  const again = new TableModel(entry())
  await again.load()
  assert.equal(again.entry.cursor, 15)
  assert.equal(again.state.headcount, 6)
})

test('it goes on sending until nothing waits, at most 200 at a time', async () => {
  const { model, exchange } = await opened()
  await model.write(Array.from({ length: 230 }, (_, n) => ({ what: 'check-in', key: `A${n}`, value: true })))
  network.answer = keepAll
  await exchange.flush()
  assert.deepEqual(
    network.asked.map((one) => one.body.operations.length),
    [200, 30],
  )
  assert.equal(network.asked[0].body.waiting, 230)
})

test('a device that was shut says so, and every request carries the secret of the table', async () => {
  const { model, exchange } = await opened()
  await model.set('headcount', '', 5)
  network.answer = () => answers({}, 401)
  await exchange.flush()
  assert.equal(exchange.status, 'shut')
  assert.equal(network.asked[0].options.headers.Authorization, 'Bearer segreto')
  assert.equal(network.asked[0].options.credentials, 'omit')
  assert.equal(disk.rows('outbox').length, 1)
  await store.amendTable('t', { secret: 'nuovo' })
  network.answer = keepAll
  await exchange.flush()
  assert.equal(network.asked[1].options.headers.Authorization, 'Bearer nuovo', 'a new secret counts at once')
})

test('two windows never send at the same time', async () => {
  const [one, other] = [await opened(), await opened()]
  await one.model.set('headcount', '', 5)
  let release
  network.answer = () => new Promise((resolve) => (release = () => resolve(answers(centre()))))
  one.model.settle = async () => one.model.outbox.clear()
  const running = one.exchange.run()
  while (!release) await new Promise(setImmediate)
  await other.exchange.run()
  assert.equal(network.asked.length, 1)
  release()
  await running
})

test('the pauses between failures grow, and end with a success', async () => {
  const { exchange } = await opened()
  const waits = []
  exchange.soon = (delay) => waits.push(delay)
  for (let n = 0; n < 6; n += 1) await exchange.run()
  assert.equal(exchange.failures, 6)
  assert.ok(waits[2] > waits[0] * 1.5)
  assert.ok(Math.max(...waits) <= 30_000 * 1.25)
  network.answer = () => answers(centre())
  await exchange.run()
  assert.equal(exchange.failures, 0)
})

test('a network that comes back is used at once', async () => {
  const { exchange } = await opened()
  const waits = []
  exchange.soon = (delay) => waits.push(delay)
  happens('online')
  assert.ok(waits.includes(0))
})

const sent = (answer) => (address) => (address.startsWith('/foto/') ? answer() : answers(centre()))

test('a photo leaves the device when the centre has it, and stays when it was refused or the network is gone', async () => {
  const { model, exchange } = await opened()
  await model.addPhoto({ id: 'p', table: 't', file: new Blob(['x']) })
  network.answer = sent(() => answers({}, 503))
  await exchange.flush()
  assert.equal(exchange.status, 'unreachable')
  network.answer = sent(() => answers({ code: 'not-announced' }, 409))
  await exchange.flush()
  assert.equal(model.photos.get('p').refused, undefined, 'its announcement may still come')
  network.answer = sent(() => answers({ code: 'not-a-photo' }, 400))
  await exchange.flush()
  assert.equal(exchange.status, 'idle', 'a photo refused for good holds nothing back')
  assert.equal(disk.rows('photos')[0].refused, 'not-a-photo')
  await model.addPhoto({ id: 'q', table: 't', file: new Blob(['y']) })
  network.answer = sent(() => answers({ received: 1, kept: 'q' }))
  await exchange.flush()
  assert.deepEqual(
    disk.rows('photos').map(({ id }) => id),
    ['p'],
  )
  assert.equal(network.asked.at(-1).body.waiting, 1, 'the centre hears what is still held')
})

const settled = async (what) => {
  while (!what()) await new Promise(setImmediate)
}

test('a database that was emptied under the page gets all that was typed back', async () => {
  const { model } = await opened()
  await model.set('stickers', 's1/1.1', 3)
  await model.addPhoto({ id: 'p', table: 't', file: new Blob(['x']) })
  disk.stores.clear()
  disk.onclose()
  await settled(() => disk.rows('operations').length && !model.unsaved)
  assert.equal(disk.rows('tables')[0].secret, 'segreto')
  assert.equal(disk.rows('outbox').length, 1)
  assert.equal(disk.rows('photos').length, 1)
})

test('a connection that was closed without a word is opened again', async () => {
  const { model } = await opened()
  const { transaction } = disk
  disk.transaction = () => {
    disk.transaction = transaction
    throw Object.assign(new Error('closed'), { name: 'InvalidStateError' })
  }
  await model.set('stickers', 's1/1.1', 3)
  assert.equal(model.unsaved, false)
  assert.equal(disk.rows('operations').length, 1)
})

test('what another window changed of a table is not written over', async () => {
  await store.amendTable('t', { secret: 'nuovo' })
  await store.amendTable('t', { settings: { number: 2 } })
  const [{ secret, settings, device }] = disk.rows('tables')
  assert.deepEqual([secret, settings.number, device], ['nuovo', 2, 'd'])
  await store.amendTable('nobody', { secret: 'x' })
  assert.equal(disk.rows('tables').length, 1)
})

test('opening a table says why it stays shut', async () => {
  network.answer = () => answers({ code: 'wrong-pin' }, 403)
  await assert.rejects(openTable('/apri', 'ABC', '1', 'd', 'it'), { code: 'wrong-pin' })
  network.answer = () => Promise.reject(new Error('no network'))
  await assert.rejects(openTable('/apri', 'ABC', '1', 'd', 'it'), { code: 'unreachable' })
  network.answer = () => answers({ secret: 's' })
  assert.deepEqual(await openTable('/apri', 'ABC', '1', 'd', 'it'), { secret: 's' })
  assert.deepEqual(network.asked.at(-1).body, { code: 'ABC', pin: '1', device: 'd', language: 'it' })
})

test('a voice with its text, its place and its mark is one thing; every press of a sticker is another', async () => {
  const { model, exchange } = await opened()
  await model.write([
    { what: 'private', key: 'v1', value: true },
    { what: 'place', key: 'v1', value: { strategy: '1.1', question: 'q1' } },
    { what: 'text', key: 'v1', value: 'Piu treni' },
  ])
  await model.add('stickers', 's1/1.1', 1)
  await model.add('stickers', 's1/1.1', 1)
  assert.deepEqual(model.tally(), { entries: 3, waiting: 3, refused: 0 })
  let said
  network.answer = (_address, options) => {
    const sent = JSON.parse(options.body)
    said ??= sent.waiting
    const [first, ...others] = sent.operations
    if (!first) return answers(centre())
    // Of the voice only one entry is refused: it is one thing, refused.
    return answers(centre({ kept: others.map((one) => one.id), refused: [{ id: first.id, code: 'too-long' }] }))
  }
  await exchange.flush()
  assert.equal(said, 3, 'the centre hears of things too')
  assert.deepEqual(model.tally(), { entries: 3, waiting: 0, refused: 1 })
  // A voice that is corrected stays one.
  await model.set('text', 'v1', 'Più treni')
  assert.deepEqual(model.tally(), { entries: 3, waiting: 1, refused: 0 })
})
