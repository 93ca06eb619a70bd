// What the regia has called to everybody, with its countdown. Told by seconds left: the clocks of devices are wrong.

import { text } from './dom.js'

const pad = (n) => String(n).padStart(2, '0')

/** «4:05»; «0:00» when the time is over. */
export function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${pad(left % 60)}`
}

export class CallBar {
  /** `bar` holds `.call-text` (read out once) and `.call-clock`; `now` counts milliseconds since the page began. */
  constructor(bar, now = () => performance.now()) {
    this.bar = bar
    this.now = now
    this.number = null
    this.end = null
  }

  hear(call) {
    this.bar.hidden = !call
    if (!call) {
      this.number = this.end = null
      return
    }
    text(this.bar.querySelector('.call-text'), call.text)
    const end = call.left === null ? null : this.now() + call.left * 1000
    // The same call said again moves the clock only where it was clearly wrong: a slow answer is no new time.
    if (call.number !== this.number || this.end === null || end === null || Math.abs(end - this.end) > 1500)
      this.end = end
    this.number = call.number
    this.tick()
  }

  tick() {
    clearTimeout(this.timer)
    const left = this.end === null ? null : (this.end - this.now()) / 1000
    text(this.bar.querySelector('.call-clock'), left === null ? '' : clock(left))
    this.bar.classList.toggle('over', left !== null && left <= 0)
    if (left !== null && left > 0) this.timer = setTimeout(() => this.tick(), 250)
  }
}
