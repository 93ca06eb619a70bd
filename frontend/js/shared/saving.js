// Saves a text by itself, without a page: when to send, what an answer means, what may be said about it.
//
// One saving at a time. What fails is tried again, and nothing leaves the copy in this browser before the centre has
// said that it has it. A text is only ever sent with the position (the revision, say) its author has seen: after a
// refusal nothing more goes out until a person has decided.

// Equal whatever the order of the fields; an empty field and a missing one say the same.
export function same(a, b) {
  return filled(a) === filled(b)
}

function filled(text) {
  return [...new URLSearchParams(text)]
    .filter(([, value]) => value !== '')
    .map((pair) => JSON.stringify(pair))
    .sort()
    .join('\n')
}

export const PAUSES = { pause: 2000, retry: 5000, patience: 30_000, heartbeat: 25_000 }

// `page` is where the text comes from and what is told to people:
//   read()             the text as it is now, as one string of fields
//   send(text)         → { ok, told, signedOut, full, between } or a rejection where no answer came; `told` is the
//                      answer's object, `full` says that there is no space to keep it, `between` that a server in
//                      between spoke and not ours
//   keep(unanswered)   keep a copy here; true where that was possible
//   forget()           the copy is not needed any more
//   arrived(told)      it was saved: `told` says as what
//   conflict(told)     it was not, and a person has to decide
//   tell(state, words) unsaved, saving, saved, offline, full, unkept, signedOut, refused
export class Saving {
  constructor(page, pauses = PAUSES) {
    this.page = page
    this.pauses = { ...PAUSES, ...pauses }
    this.saved = page.read()
    this.stopped = false
    this.running = null
    this.outcome = 'saved'
    // What was sent and never answered: the centre may have it or not. It is sent again, just as it was, before
    // anything newer: the centre knows its own text again, while another would look like that of a second person.
    this.unanswered = null
  }

  get clean() {
    return this.unanswered === null && !this.running && same(this.page.read(), this.saved)
  }

  // Something was typed or chosen.
  changed() {
    if (this.clean) {
      clearTimeout(this.timer)
      if (!this.stopped) {
        this.page.forget()
        this.outcome = 'saved'
        this.page.tell('saved')
      }
      return
    }
    const kept = this.page.keep(this.unanswered)
    if (this.stopped) return
    this.page.tell(kept ? 'unsaved' : 'unkept')
    this.later(this.pauses.pause)
  }

  later(delay) {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => this.save(), delay)
  }

  // Save now; resolves when it is known what became of it.
  save() {
    if (this.running) return this.running
    const again = this.unanswered !== null
    const text = this.unanswered ?? this.page.read()
    if (this.stopped) return Promise.resolve()
    if (!again && same(text, this.saved)) {
      // Such as a text that was taken back after a refusal: there is nothing to send.
      this.outcome = 'saved'
      return Promise.resolve()
    }
    clearTimeout(this.timer)
    this.running = this.exchange(text, again).finally(() => {
      this.running = null
    })
    return this.running
  }

  async exchange(text, again) {
    this.page.tell('saving')
    this.unanswered = text
    const kept = this.page.keep(text)
    let answer
    try {
      answer = await this.page.send(text)
    } catch {
      answer = { between: true }
    }
    const { ok, told, signedOut, full, between } = answer
    if (between) return this.failed('offline', kept, this.pauses.retry)
    this.unanswered = null
    if (ok) return this.done(told, text)
    this.page.keep(null)
    if (signedOut) return this.failed('signedOut', kept, this.pauses.retry * 4)
    if (full) return this.failed('full', kept, this.pauses.retry * 4)
    if (!told) return this.failed('offline', kept, this.pauses.retry)
    // The differences shown must be those of the text she sees now.
    if (again) {
      this.outcome = 'again'
      this.later(0)
    } else if (told.decide) {
      this.outcome = 'conflict'
      this.stopped = true
      this.page.conflict(told)
    } else {
      // It can't be saved as it is, such as without a title: the next change tries again.
      this.outcome = 'refused'
      this.page.tell('refused', told.message)
    }
  }

  done(told, text) {
    this.saved = text
    this.outcome = 'saved'
    this.page.arrived(told)
    if (same(this.page.read(), text)) {
      this.page.forget()
      this.page.tell('saved')
    } else {
      const kept = this.page.keep(null)
      this.page.tell(kept ? 'unsaved' : 'unkept')
      this.later(this.pauses.pause)
    }
  }

  failed(outcome, kept, delay) {
    this.outcome = outcome
    this.page.tell(kept ? outcome : 'unkept')
    this.later(delay)
  }

  // Before the form is sent: everything that is typed is saved first. True where nothing stands against sending it.
  async settle() {
    for (;;) {
      await (this.running ?? this.save())
      if (this.outcome === 'again') continue
      if (this.outcome !== 'saved' || this.stopped) return false
      if (this.clean) return true
    }
  }

  // She has seen the other text and decided for her own.
  decided() {
    this.stopped = false
    this.outcome = 'saved'
    return this.save()
  }

  // Go on with a text of an earlier visit, which may have been sent without an answer.
  takeUp(unanswered) {
    this.unanswered = unanswered ?? null
    this.changed()
  }

  stop() {
    this.stopped = true
    clearTimeout(this.timer)
  }
}
