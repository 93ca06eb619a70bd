// The inbox and the themes: by keyboard and by dragging, several operators at once, every step can be taken back.

import { h, quoted, renew, say, text } from '../shared/dom.js'
import { OpenTheme } from './open-theme.js'
import { Proposals } from './proposals.js'
import { VoicePanel } from './voice.js'

const MOST_SHOWN = 300
const $ = (id) => document.getElementById(id)

export class ThemesDesk {
  constructor(given) {
    this.given = given
    this.said = new Map()
    this.themes = []
    this.steps = []
    this.warned = {}
    this.selected = new Set()
    this.current = null
    this.open = null
    this.turn = 0
    this.titles = new Map(given.strategies.map((strategy) => [strategy.code, strategy]))
    this.proposals = new Proposals(given, this)
    this.voice = new VoicePanel(given, this)
    this.opened = new OpenTheme(given, this)
  }

  async start() {
    const state = await this.load(`${this.given.state}?tutto`)
    for (const strategy of this.given.strategies)
      $('by-strategy').append(new Option(`${strategy.code} ${strategy.title}`.slice(0, 60), strategy.code))
    this.hear(state.said)
    const zones = [...new Set(state.said.flatMap((one) => one.zones))].sort((a, b) => a - b)
    for (const number of zones) $('by-zone').append(new Option(say('zone', { number }), number))
    for (const id of ['search', 'by-strategy', 'by-zone']) $(id).addEventListener('input', () => this.draw())
    $('put').addEventListener('click', () => this.put())
    $('target').addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault()
        this.put()
      }
    })
    $('inbox').addEventListener('keydown', (event) => this.key(event))
    this.dropOn($('inbox'), () => null)
    await this.proposals.start()
    return state.position
  }

  async load(address) {
    const turn = ++this.turn
    const state = await (await fetch(address, { cache: 'no-store' })).json()
    // An answer that a later one has overtaken would show what was before it, and its buttons take back another step.
    if (turn === this.turn) {
      this.themes = state.themes
      this.steps = state.steps
      this.warned = state.warned
      this.draw()
    }
    return state
  }

  async refresh() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.load(this.given.state).catch(() => text($('message'), say('failed'))), 150)
  }

  hear(news) {
    for (const one of news) {
      if (one.withdrawn) this.said.delete(one.id)
      else this.said.set(one.id, one)
    }
    this.draw()
  }

  /** Send a step; true where it was done, else the centre's reason is shown. */
  async post(address, body) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]').value
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
        body: JSON.stringify(body),
      })
      const answer = await response.json()
      if (answer.themes) this.learn(answer)
      // A colleague was there meanwhile: the person decides, nobody else.
      if (answer.ask && confirm(answer.message)) {
        const { seen, ...sure } = body
        return this.post(address, sure)
      }
      text($('message'), answer.message || '')
      return response.ok ? answer : null
    } catch {
      text($('message'), say('failed'))
      return null
    }
  }

  async take(body) {
    const answer = await this.post(this.given.step, body)
    this.draw()
    return Boolean(answer)
  }

  /** Where everything is, as the centre has just said. */
  learn(state) {
    this.turn += 1
    this.themes = state.themes
    this.steps = state.steps
    this.warned = state.warned
  }

  /** Move observations, telling the centre where they were seen: it asks where a colleague has moved them since. */
  place(observations, more) {
    const seen = Object.fromEntries(observations.map((id) => [id, this.themeOf(id)]))
    return this.take({ verb: 'place', observations, seen, ...more })
  }

  nameOf(id) {
    return this.themes.find((theme) => theme.id === id)?.name || ''
  }

  themeOf(observation) {
    return this.themes.find((theme) => theme.sources.includes(observation))?.id || null
  }

  select(observations) {
    for (const id of observations) this.selected.add(id)
    this.draw()
    $('target').focus()
  }

  /** Where something was said: the evidence for its kind. */
  evidence(theme, voices) {
    const shown = theme.at_tables
      .slice(0, 8)
      .map(([number, n]) => `${number} (${n})`)
      .join(', ')
    const rest = theme.at_tables.length > 8 ? ' …' : ''
    return say('evidence', { n: voices, zones: theme.zones.join(', ') || '–', tables: shown + rest })
  }

  async put() {
    const name = $('target').value.trim()
    const observations = this.chosen()
    if (!name || !observations.length) return
    const theme = this.themes.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (await this.place(observations, { theme: theme?.id, name })) {
      this.selected.clear()
      $('target').value = ''
      $('inbox').focus()
      this.draw()
    }
  }

  chosen() {
    if (this.selected.size) return [...this.selected]
    return this.current ? [this.current] : []
  }

  inbox() {
    const grouped = new Set(this.themes.flatMap((theme) => theme.sources))
    const words = $('search').value.toLowerCase()
    const strategy = $('by-strategy').value
    const zone = Number($('by-zone').value)
    return [...this.said.values()].filter(
      (one) =>
        !grouped.has(one.id) &&
        (!words || one.text.toLowerCase().includes(words)) &&
        (!strategy || one.strategy === strategy) &&
        (!zone || one.zones.includes(zone)),
    )
  }

  key(event) {
    const rows = this.inbox().slice(0, MOST_SHOWN)
    const at = rows.findIndex((one) => one.id === this.current)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]
      this.current = next ? next.id : null
      this.draw()
      $(`said-${this.current}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === ' ' && this.current) {
      event.preventDefault()
      this.toggle(this.current)
    } else if (event.key === 'Enter' && this.chosen().length) {
      event.preventDefault()
      $('target').focus()
    }
  }

  toggle(id) {
    if (!this.selected.delete(id)) this.selected.add(id)
    this.current = id
    this.draw()
  }

  dropOn(element, target) {
    element.addEventListener('dragover', (event) => event.preventDefault())
    element.addEventListener('drop', async (event) => {
      event.preventDefault()
      const observations = JSON.parse(event.dataTransfer.getData('application/json') || '[]')
      if (!observations.length) return
      if (await this.place(observations, { theme: target() })) this.selected.clear()
      this.draw()
    })
  }

  drag(event, id) {
    const ids = this.selected.has(id) ? [...this.selected] : [id]
    event.dataTransfer.setData('application/json', JSON.stringify(ids))
    event.dataTransfer.effectAllowed = 'move'
  }

  describe(one, proposed = true) {
    const question = this.given.questions.find((q) => q.code === one.question)?.short || ''
    const notes = [
      one.strategy,
      question,
      say('table_zone', { table: one.table, zones: one.zones.join('+') }),
      one.private ? say('private') : '',
    ]
    const name = proposed && this.proposals.names.get(one.id)
    if (name) notes.push(say('proposed_in', { name }))
    return notes.filter(Boolean).join(' · ')
  }

  row() {
    return h('li', { draggable: 'true' }, h('span', { class: 'said-words' }), h('span', { class: 'said-where' }))
  }

  fill(row, one) {
    text(row.firstElementChild, one.text || say('no_words'))
    text(row.lastElementChild, this.describe(one))
    row.className = `said axis-${this.titles.get(one.strategy)?.axis || 0}`
  }

  draw() {
    const rows = this.inbox()
    const shown = rows.slice(0, MOST_SHOWN)
    if (!shown.some((one) => one.id === this.current)) this.current = shown[0]?.id ?? null
    const hidden = rows.length > MOST_SHOWN ? ` · ${say('more', { n: rows.length - MOST_SHOWN })}` : ''
    text(
      $('inbox-count'),
      `${say('inbox_count', { n: rows.length })} · ${say('selected', { n: this.selected.size })}${hidden}`,
    )
    renew(
      $('inbox'),
      shown,
      (one) => one.id,
      (one) => {
        const row = this.row()
        row.id = `said-${one.id}`
        row.setAttribute('role', 'option')
        row.addEventListener('click', () => this.toggle(one.id))
        row.addEventListener('dragstart', (event) => this.drag(event, one.id))
        return row
      },
      (row, one) => {
        this.fill(row, one)
        row.setAttribute('aria-selected', String(this.selected.has(one.id)))
        row.classList.toggle('current', one.id === this.current)
      },
    )
    this.voice.show(this.current)
    if (this.current) $('inbox').setAttribute('aria-activedescendant', `said-${this.current}`)
    else $('inbox').removeAttribute('aria-activedescendant')
    $('theme-names').replaceChildren(...this.themes.map((theme) => h('option', { value: theme.name })))
    this.drawThemes()
    this.opened.draw(this.themes.find((one) => one.id === this.open))
    renew(
      $('steps'),
      this.steps,
      (step) => step.id,
      (step) => {
        const button = h('button', { type: 'button', class: 'regia-link' }, say('undo'))
        button.addEventListener('click', () => this.take({ verb: 'undo', step: step.id }))
        return h('li', {}, h('span', {}), ' ', button)
      },
      (row, step) => {
        const time = new Date(step.at).toLocaleTimeString(document.documentElement.lang, {
          hour: '2-digit',
          minute: '2-digit',
        })
        const names = step.themes.map((name) => quoted(name)).join(', ')
        const parts = [`${time} ${step.by} ${step.what}`, names && `: ${names}`]
        parts.push(step.observations ? ` (${step.observations})` : '', step.undone ? ` (${say('undone')})` : '')
        text(row.firstElementChild, parts.join(''))
        row.lastElementChild.hidden = step.undone
      },
    )
  }

  drawThemes() {
    renew(
      $('themes'),
      this.themes,
      (theme) => theme.id,
      (theme) => {
        const button = h('button', { type: 'button', class: 'regia-link' })
        button.addEventListener('click', () => {
          this.open = theme.id
          this.draw()
          $('open-title').scrollIntoView({ block: 'nearest' })
        })
        const card = h(
          'li',
          { class: 'theme-card' },
          h('h3', {}, button),
          h('p', { class: 'theme-kinds' }),
          h('p', { class: 'theme-figures' }),
          h('p', { class: 'theme-keywords' }),
          h('p', { class: 'theme-warned', hidden: true }),
        )
        this.dropOn(card, () => theme.id)
        return card
      },
      (card, theme) => {
        text(card.querySelector('button'), theme.name)
        text(card.querySelector('.theme-kinds'), theme.kinds.map((kind) => this.given.kinds[kind]).join(', '))
        text(
          card.querySelector('.theme-figures'),
          [
            this.evidence(theme, theme.sources.length),
            theme.private ? say('of_which_private', { n: theme.private }) : '',
          ]
            .filter(Boolean)
            .join(' · '),
        )
        text(card.querySelector('.theme-keywords'), theme.keywords)
        const words = this.warned[theme.id] || []
        text(card.querySelector('.theme-warned'), words.length ? say('warned', { words: words.join(', ') }) : '')
        card.querySelector('.theme-warned').hidden = !words.length
        card.classList.toggle('current', theme.id === this.open)
      },
    )
  }
}
