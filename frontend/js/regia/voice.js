// One voice under the eye: the strategies it may concern, with a confirmation, and the voices like it.

import { h, quoted, say, text } from '../shared/dom.js'

const $ = (id) => document.getElementById(id)

export class VoicePanel {
  constructor(given, desk) {
    this.given = given
    this.desk = desk
    this.shown = null
  }

  /** Show a voice soon: whoever walks down the list with the arrows asks only for where she stops. */
  show(id) {
    if (id === this.shown) return
    this.shown = id
    clearTimeout(this.timer)
    if (id) this.timer = setTimeout(() => this.load(id), 350)
  }

  async load(id) {
    try {
      const response = await fetch(this.given.voice.replace('/0.json', `/${id}.json`), { cache: 'no-store' })
      if (!response.ok || id !== this.shown) return
      const matches = await response.json()
      this.draw(id, matches)
      // After a start the plan takes a moment to be read: whoever waits with this voice sees it come.
      if (matches.preparing) this.timer = setTimeout(() => id === this.shown && this.load(id), 3000)
    } catch {
      // The panel is advice: without it everything else works.
    }
  }

  async confirm(id, code) {
    const address = this.given.voice.replace('/0.json', `/${id}/strategia`)
    if (await this.desk.post(address, { code })) {
      await Promise.all([this.load(id), this.desk.load(this.given.state)])
      $('voice').querySelector('button')?.focus()
    }
  }

  draw(id, matches) {
    const said = this.desk.said.get(id)
    if (!said) return
    const parts = [h('p', { class: 'voice-words' }, quoted(said.text))]
    if (matches.preparing) parts.push(h('p', {}, say('preparing')))
    else if (!matches.readable) parts.push(h('p', {}, say('nothing_to_read')))
    else if (!matches.strategies.length) parts.push(h('p', {}, say('no_plan')))
    else {
      parts.push(
        h(
          'h3',
          {},
          say('strategies_title'),
          matches.confident ? h('span', { class: 'badge-sure' }, say('sure')) : null,
        ),
      )
      if (matches.outside) parts.push(h('p', { class: 'voice-outside' }, say('maybe_outside')))
      parts.push(
        h(
          'ol',
          { class: 'voice-strategies' },
          matches.strategies.map((one) => this.strategy(id, one, matches.confirmed)),
        ),
      )
      parts.push(this.button(id, '', say('is_outside'), matches.confirmed === ''))
    }
    const near = matches.similar.map((one) => ({ ...one, said: this.desk.said.get(one.id) })).filter((one) => one.said)
    if (near.length)
      parts.push(
        h('h3', {}, say('similar_title')),
        h(
          'ul',
          { class: 'voice-similar' },
          near.map((one) => this.similar(id, one)),
        ),
      )
    $('voice').replaceChildren(...parts)
  }

  strategy(id, one, confirmed) {
    const why = [
      one.matched && `${one.matched} ${one.matched_title}`,
      one.words.length && say('words_common', { words: one.words.join(', ') }),
    ]
      .filter(Boolean)
      .join(' · ')
    const axis = this.desk.titles.get(one.code)?.axis || 0
    return h(
      'li',
      { class: `said axis-${axis}` },
      h('span', { class: 'said-words' }, `${one.code} ${one.title}`, one.also ? ` (${say('also')})` : ''),
      h('span', { class: 'said-where' }, why),
      this.button(id, one.code, say('confirm_code', { code: one.code }), confirmed === one.code),
    )
  }

  button(id, code, label, chosen) {
    const button = h(
      'button',
      { type: 'button', class: 'regia-link', 'aria-pressed': String(chosen) },
      chosen ? `✓ ${label}` : label,
    )
    button.addEventListener('click', () => this.confirm(id, chosen ? null : code))
    return button
  }

  similar(id, one) {
    const theme = this.desk.themeOf(one.id)
    const name = theme ? this.desk.nameOf(theme) : ''
    const button = h(
      'button',
      { type: 'button', class: 'regia-link' },
      theme ? say('put_there', { name }) : say('select_both'),
    )
    button.addEventListener('click', () => (theme ? this.desk.place([id], { theme }) : this.desk.select([id, one.id])))
    const words = h('span', { class: 'said-words' })
    text(words, one.said.text)
    return h(
      'li',
      { class: 'said' },
      words,
      h(
        'span',
        { class: 'said-where' },
        [one.same ? say('same_thought') : '', this.desk.describe(one.said, false)].filter(Boolean).join(' · '),
      ),
      button,
    )
  }
}
