// A photo over a slow line: piece by piece, from where the centre has it. A piece is small enough to arrive in time.

export const SMALLEST = 8 * 1024
export const LARGEST = 512 * 1024
const BRISK = 4_000

/**
 * Send `photo` {id, file}. `line.received(id)` and `line.piece(id, start, total, blob)` resolve to {received, kept} and
 * reject with an Error whose `status` is the centre's, or none where it was not reached. Resolves when the photo is there.
 * `photo.piece` remembers how much this line bears; `now` is a clock in milliseconds.
 */
export async function sendPhoto(photo, line, now = Date.now) {
  const total = photo.file.size
  let { received, kept } = await line.received(photo.id)
  while (!kept) {
    const size = photo.piece || SMALLEST * 8
    const end = Math.min(total, received + size)
    const began = now()
    const before = received
    try {
      ;({ received, kept } = await line.piece(photo.id, received, total, photo.file.slice(received, end)))
    } catch (fault) {
      // Too slow for a piece of this size, or no line at all: the next try is smaller, and goes on from here.
      if (!fault.status) photo.piece = Math.max(SMALLEST, size / 2)
      throw fault
    }
    if (now() - began < BRISK) photo.piece = Math.min(LARGEST, size * 2)
    if (!kept && received === before) throw new Error('the centre takes no more of the photo')
  }
}
