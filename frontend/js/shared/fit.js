// Type that shrinks until all of it is seen: for screens nobody can scroll, such as slides and walls.

/** Lower `--fit` on `frame` from 1, in small steps, while `body` holds more than it shows; not below `smallest`. */
export function fit(frame, body, smallest) {
  let size = 1
  frame.style.removeProperty('--fit')
  while (overflows(body) && size > smallest) {
    size -= 0.04
    frame.style.setProperty('--fit', size.toFixed(2))
  }
}

const overflows = (body) => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1
