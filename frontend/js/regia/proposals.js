// Proposed groups: a person accepts, renames, leaves out; a full regrouping is a list of differences to accept.

import { h, quoted, renew, say, text } from '../shared/dom.js'

const $ = (id) => document.getElementById(id)

export class Proposals {
  constructor(given, desk) {
    this.given = given
    this.desk = desk
    this.state = { groups: [], repeated: [], outside: [], unreadable: [], warned: {} }
    this.names = new Map()
  }

  async start() {
    $('refresh-proposals').addEventListener('click', () => this.take({ verb: 'refresh' }))
    $('accept-all').addEventListener('click', () => this.take({ verb: 'accept', all: true }))
    $('regroup').addEventListener('submit', (event) => {
      event.preventDefault()
      this.take({ verb: 'regroup', headings: $('headings').value, groups: Number($('groups').value) || null })
    })
    $('take-chosen').addEventListener('click', () => this.differences({ chosen: this.ticked($('differences')) }))
    $('take-all').addEventListener('click', () => this.differences({ all: true }))
    $('forget').addEventListener('click', () => this.take({ verb: 'forget' }))
    await this.load()
  }

  ticked(parent) {
    return [...parent.querySelectorAll('input:checked')].map((box) => Number(box.value))
  }

  differences(which) {
    return this.take({ verb: 'differences', version: this.state.regrouping.version, ...which })
  }

  async load() {
    clearTimeout(this.timer)
    const state = await (await fetch(this.given.proposals, { cache: 'no-store' })).json()
    this.state = { groups: [], repeated: [], outside: [], unreadable: [], warned: {}, ...state }
    this.names = new Map(this.state.groups.flatMap((group) => group.observations.map((id) => [id, this.name(group)])))
    this.draw()
    this.desk.draw()
    // The stream says when it is ready; a screen whose stream is down finds out by itself.
    if (state.busy) this.timer = setTimeout(() => this.load().catch(() => {}), 2000)
  }

  async take(body) {
    const done = await this.desk.post(this.given.propose, { version: this.state.version, ...body })
    if (done) await Promise.all([this.load(), this.desk.load(this.given.state)])
    return done
  }

  name(group) {
    if (!group.strategy) return group.name
    const strategy = this.desk.titles.get(group.strategy)
    return strategy ? `${strategy.code} ${strategy.title}` : group.strategy
  }

  draw() {
    const state = this.state
    const waiting = state.groups.reduce((sum, group) => sum + group.observations.length, 0)
    const status = state.busy
      ? say('working')
      : state.failed
        ? say('work_failed')
        : state.version
          ? say('proposed_at', { time: state.at, n: state.considered, encoder: state.encoder })
          : say('no_proposals')
    text($('proposals-status'), status)
    $('weaker').hidden = !state.weaker
    text($('weaker-why'), state.why || '')
    const listed = state.way === 'strategy'
    $('listed').hidden = !(state.version && (listed || state.way === 'none'))
    // A single group has its own button.
    $('accept-all').hidden = listed || waiting === 0 || state.groups.length < 2
    text($('accept-all'), say('accept_all', { n: waiting, groups: state.groups.length }))
    for (const which of ['outside', 'unreadable']) this.drawApart(which)
    renew(
      $('groups-list'),
      state.groups,
      (group) => `${group.id ?? group.strategy}`,
      () => this.card(),
      (card, group) => this.fill(card, group),
    )
    this.drawRegrouping()
    this.drawRepeated()
  }

  card() {
    const details = h('details', {}, h('summary'), h('ul', { class: 'regia-list' }))
    const card = h(
      'li',
      { class: 'theme-card proposal' },
      h('h4'),
      h('p', { class: 'theme-kinds' }),
      h('p', { class: 'theme-figures' }),
      h('p', { class: 'theme-keywords' }),
      h('p', { class: 'theme-warned', hidden: true }),
      h('blockquote', {}),
      details,
    )
    const field = h('input', { maxlength: 120, 'aria-label': say('theme_name') })
    const button = h('button', { type: 'button', class: 'btn btn-outline-primary' }, say('accept'))
    card.append(h('div', { class: 'proposal-accept' }, field, button))
    button.addEventListener('click', () => this.accept(card))
    details.addEventListener('toggle', () => details.open && this.members(card))
    return card
  }

  accept(card) {
    const group = card.group
    const open = card.querySelector('details').open
    const observations = open ? this.ticked(card) : group.observations
    const name = card.querySelector('.proposal-accept input').value.trim() || this.name(group)
    if (!observations.length) return
    if (group.id === null) this.desk.take({ verb: 'place', name, observations }).then(() => this.load())
    else this.take({ verb: 'accept', group: group.id, name, observations })
  }

  fill(card, group) {
    card.group = group
    text(
      card.querySelector('h4'),
      group.theme ? say('to_add', { name: this.desk.nameOf(group.theme) || group.name }) : this.name(group),
    )
    const kinds = group.kinds.map((kind) => this.given.kinds[kind]).join(', ')
    text(card.querySelector('.theme-kinds'), kinds ? say('provisional', { kinds }) : '')
    text(card.querySelector('.theme-figures'), this.desk.evidence(group, group.observations.length))
    text(card.querySelector('.theme-keywords'), group.keywords || '')
    const warned = this.state.warned[group.id] || []
    text(card.querySelector('.theme-warned'), warned.length ? say('warned', { words: warned.join(', ') }) : '')
    card.querySelector('.theme-warned').hidden = !warned.length
    const said = this.desk.said.get(group.quotation)
    const quotation = card.querySelector('blockquote')
    quotation.hidden = !said
    text(quotation, said ? quoted(said.text) : '')
    text(card.querySelector('summary'), say('see_voices', { n: group.observations.length }))
    const field = card.querySelector('.proposal-accept input')
    if (document.activeElement !== field && field.dataset.from !== this.name(group)) {
      field.value = group.theme ? this.desk.nameOf(group.theme) || group.name : this.name(group)
      field.dataset.from = this.name(group)
    }
    if (card.querySelector('details').open) this.members(card)
  }

  members(card) {
    const own = card.group.observations.map((id) => this.desk.said.get(id)).filter(Boolean)
    renew(
      card.querySelector('ul'),
      own,
      (one) => one.id,
      (one) => {
        const row = this.desk.row()
        row.prepend(h('input', { type: 'checkbox', value: String(one.id), checked: true, 'aria-label': one.text }))
        row.addEventListener('dragstart', (event) => this.desk.drag(event, one.id))
        return row
      },
      (row, one) => {
        text(row.querySelector('.said-words'), one.text || say('no_words'))
        text(row.querySelector('.said-where'), this.desk.describe(one, false))
        row.className = 'said'
      },
    )
  }

  /** Voices that fit no strategy, or say nothing: each can be read, and dragged into a theme. */
  drawApart(which) {
    const own = this.state[which].map((id) => this.desk.said.get(id)).filter(Boolean)
    $(which).hidden = own.length === 0
    text($(which).querySelector('summary'), say(which, { n: own.length }))
    renew(
      $(which).querySelector('ul'),
      own,
      (one) => one.id,
      (one) => {
        const row = this.desk.row()
        row.addEventListener('dragstart', (event) => this.desk.drag(event, one.id))
        return row
      },
      (row, one) => {
        text(row.querySelector('.said-words'), one.text || say('no_words'))
        text(row.querySelector('.said-where'), this.desk.describe(one, false))
        row.className = 'said'
      },
    )
  }

  drawRegrouping() {
    const waiting = this.state.regrouping
    $('regrouping').hidden = !waiting
    if (!waiting) return
    const none = waiting.differences.length === 0
    for (const id of ['take-chosen', 'take-all']) $(id).hidden = none
    text($('regrouping-notes'), none ? say('no_differences') : waiting.notes.join('; '))
    const rows = waiting.differences.map((one, number) => ({ ...one, number }))
    renew(
      $('differences'),
      rows,
      (one) => `${waiting.version}-${one.number}`,
      (one) => {
        const box = h('input', { type: 'checkbox', value: String(one.number), id: `difference-${one.number}` })
        const some = one.observations.map((id) => this.desk.said.get(id)?.text).filter(Boolean)
        return h(
          'li',
          {},
          box,
          h('label', { for: `difference-${one.number}` }),
          h(
            'details',
            {},
            h('summary', {}, say('see_voices', { n: some.length })),
            h(
              'ul',
              {},
              some.map((words) => h('li', {}, words)),
            ),
          ),
        )
      },
      (row, one) =>
        text(
          row.querySelector('label'),
          say('difference', {
            n: one.observations.length,
            before: one.before ?? say('inbox_name'),
            after: one.after ?? say('inbox_name'),
          }),
        ),
    )
  }

  drawRepeated() {
    const pairs = this.state.repeated.filter(
      ([one, other]) =>
        this.desk.said.has(one) &&
        this.desk.said.has(other) &&
        (!this.desk.themeOf(one) || this.desk.themeOf(one) !== this.desk.themeOf(other)),
    )
    $('repeated').hidden = pairs.length === 0
    text($('repeated-title'), say('repeated', { n: pairs.length }))
    renew(
      $('repeated-list'),
      pairs,
      (pair) => pair.join('-'),
      ([one, other]) => {
        const button = h('button', { type: 'button', class: 'regia-link' }, say('put_together'))
        button.addEventListener('click', () => this.join(one, other))
        return h('li', {}, h('p', {}), h('p', {}), button)
      },
      (row, pair) =>
        pair.forEach((id, place) => {
          const said = this.desk.said.get(id)
          text(row.children[place], `${quoted(said.text)} ${this.desk.describe(said, false)}`)
        }),
    )
  }

  /** Both into the theme that one of them has; where neither has one, they are selected and the name is asked for. */
  join(one, other) {
    const theme = this.desk.themeOf(one) || this.desk.themeOf(other)
    if (theme) this.desk.place([one, other], { theme })
    else this.desk.select([one, other])
  }
}
