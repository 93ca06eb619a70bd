// What is said, under a strategy and a question: one thought each, typed fast, edited, moved, withdrawn.

import { h, renew, say, text } from '../shared/dom.js'
import { openHistory } from './history.js'
import { DRAFTS } from './store.js'

// The centre's own limit (core/tablelog/operation.py). A field that stops there would cut what is pasted.
const LONGEST = 2000

/**
 * Half a sentence outlives a tab that is killed: what is in the field, where it belongs and whether it may be published,
 * by table and session, until it is registered.
 */
export function draftOf(name, storage = globalThis.localStorage) {
  // A browser that keeps nothing, or is full, must not stop anybody from typing.
  const safely = (work) => {
    try {
      return work()
    } catch {
      return null
    }
  }
  return {
    read: () => safely(() => JSON.parse(storage.getItem(name))) || { text: '', secret: false },
    keep: (draft) => {
      if (draft.text.trim()) safely(() => storage.setItem(name, JSON.stringify(draft)))
      else safely(() => storage.removeItem(name))
    },
  }
}

export function observationsView(model, session) {
  const where = { strategy: null, question: session.questions[0]?.code }
  const draft = draftOf(`${DRAFTS}${model.entry.table}/${session.code}`)
  let editing = null
  const strategies = h('div', { class: 'chips', role: 'group', 'aria-label': say('strategy') })
  const other = h('select', { 'aria-label': say('other_strategy') })
  const questions = h('div', { class: 'chips', role: 'group', 'aria-label': say('question') })
  const asked = h('p', { class: 'question' })
  const entry = h('textarea', { id: `say-${session.code}`, rows: 3, enterkeyhint: 'done' })
  const label = h('label', { for: entry.id })
  const tooLong = h('p', { class: 'notice', role: 'alert', hidden: true })
  const secret = h('input', { type: 'checkbox', id: `secret-${session.code}` })
  const save = h('button', { type: 'button', class: 'primary' })
  const stop = h('button', { type: 'button', class: 'plain', hidden: true }, say('edit_stop'))
  const list = h('ol', { class: 'rows said', reversed: true })
  const heading = h('h2', {})
  const element = h(
    'div',
    {},
    strategies,
    h('div', { class: 'field' }, other),
    questions,
    asked,
    h(
      'div',
      { class: 'field' },
      label,
      h('p', { class: 'hint', id: `hint-${session.code}` }, say('say_hint')),
      entry,
      tooLong,
      h('p', { class: 'tick' }, secret, h('label', { for: secret.id }, say('not_public'))),
      h('div', { class: 'buttons' }, save, stop),
    ),
    heading,
    list,
  )
  entry.setAttribute('aria-describedby', `hint-${session.code}`)

  // What is being mended is in the log already; a draft is only of what nobody has registered.
  const keepDraft = () => editing || draft.keep({ text: entry.value, secret: secret.checked, where })
  function takeDraft() {
    const kept = draft.read()
    entry.value = kept.text
    secret.checked = kept.secret
    Object.assign(where, kept.where)
  }
  takeDraft()
  entry.addEventListener('input', keepDraft)
  secret.addEventListener('change', keepDraft)
  entry.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      keep()
    } else if (event.key === 'Escape' && editing) leave()
  })
  save.addEventListener('click', keep)
  stop.addEventListener('click', leave)
  // The focus stays in the menu: with the arrow keys somebody walks through it and stops where she wants.
  other.addEventListener('change', () => {
    if (!other.value) return
    where.strategy = other.value
    keepDraft()
    update()
  })

  function keep() {
    const value = entry.value.trim()
    if (!value || !where.strategy) return
    const more = [...value].length - LONGEST
    tooLong.hidden = more <= 0
    text(tooLong, more > 0 ? say('say_too_long', { n: more }) : '')
    if (more > 0) return
    if (editing) {
      const writes =
        value === editing.text && !editing.other_texts.length ? [] : [{ what: 'text', key: editing.id, value }]
      if (secret.checked !== editing.private) writes.push({ what: 'private', key: editing.id, value: secret.checked })
      if (where.strategy !== editing.strategy || where.question !== editing.question) {
        writes.push({ what: 'place', key: editing.id, value: { ...where } })
      }
      if (writes.length) model.write(writes)
    } else {
      const key = crypto.randomUUID()
      // What must not be published is said first, so that no part of a batch can arrive without it.
      const writes = secret.checked ? [{ what: 'private', key, value: true }] : []
      writes.push({ what: 'place', key, value: { ...where } }, { what: 'text', key, value })
      model.write(writes)
      draft.keep({ text: '' })
    }
    leave()
  }

  function leave() {
    const mended = editing
    editing = null
    entry.value = ''
    tooLong.hidden = true
    secret.checked = false
    // Who has mended something finds her own half sentence again.
    if (mended) takeDraft()
    entry.focus()
    update()
  }

  function go(place) {
    Object.assign(where, place)
    keepDraft()
    update()
    entry.focus()
  }

  const chip = (field) => (item) => {
    const button = h('button', { type: 'button', class: 'chip' })
    button.addEventListener('click', () => go({ [field]: item.code }))
    return button
  }

  function makeSaid() {
    const row = h(
      'li',
      { class: 'row' },
      h('span', { class: 'grow' }, h('span', { class: 'words' }), h('span', { class: 'notice', hidden: true })),
      h(
        'span',
        { class: 'buttons' },
        h('button', { type: 'button', class: 'plain', 'data-do': 'edit' }, say('edit')),
        h('button', { type: 'button', class: 'plain', 'data-do': 'withdraw' }),
        h('button', { type: 'button', class: 'plain', 'data-do': 'history' }, say('history')),
      ),
    )
    row.addEventListener('click', (event) => {
      const what = event.target.dataset?.do
      const said = model.state.observations.find((one) => one.id === row.dataset.key)
      if (what === 'edit') {
        editing = said
        entry.value = said.text
        secret.checked = said.private
        go({ strategy: said.strategy || where.strategy, question: said.question || where.question })
      } else if (what === 'withdraw') model.set('withdrawn', said.id, !said.withdrawn)
      else if (what === 'history') openHistory(model, 'text', said.id, say('history_said'))
    })
    return row
  }

  function update() {
    const chosen = new Set(model.state.choices.flatMap(([, codes]) => codes))
    const all = model.settings.strategies
    const first = all.filter((strategy) => chosen.has(strategy.code))
    where.strategy ||= first[0]?.code || null
    const shown = first.some((s) => s.code === where.strategy)
      ? first
      : [...first, ...all.filter((s) => s.code === where.strategy)]
    const said = model.state.observations
    const number = (strategy, question) =>
      said.filter((o) => !o.withdrawn && o.strategy === strategy && (!question || o.question === question)).length
    renew(
      strategies,
      shown,
      (s) => s.code,
      chip('strategy'),
      (button, strategy) => {
        text(button, `${strategy.code} · ${number(strategy.code)}`)
        button.title = strategy.title
        button.setAttribute('aria-pressed', String(strategy.code === where.strategy))
        button.className = `chip axis-${strategy.axis}`
      },
    )
    renew(
      other,
      [{ code: '', title: say(first.length ? 'other_strategy' : 'choose_strategy') }, ...all],
      (s) => s.code,
      () => h('option'),
      (option, s) => {
        option.value = s.code
        text(option, `${s.code} ${s.title}`.trim())
      },
    )
    if (document.activeElement !== other) other.value = ''
    renew(
      questions,
      session.questions,
      (q) => q.code,
      chip('question'),
      (button, question) => {
        text(button, `${question.short} · ${number(where.strategy, question.code)}`)
        button.setAttribute('aria-pressed', String(question.code === where.question))
      },
    )
    const strategy = all.find((s) => s.code === where.strategy)
    const question = session.questions.find((q) => q.code === where.question)
    text(asked, strategy ? `${strategy.code} ${strategy.title}. ${question?.text || ''}` : say('choose_strategy'))
    text(label, editing ? say('say_edit') : say('say'))
    text(save, editing ? say('say_save_edit') : say('say_save'))
    stop.hidden = !editing
    save.disabled = !where.strategy
    const here = said.filter((o) => o.strategy === where.strategy && o.question === where.question).reverse()
    // An observation whose place is not known here (yet) must not be invisible.
    const lost = said.filter((o) => !o.strategy).reverse()
    text(heading, say('said_here', { n: here.filter((o) => !o.withdrawn).length }))
    renew(
      list,
      [...here, ...lost],
      (o) => o.id,
      makeSaid,
      (row, o) => {
        text(row.querySelector('.words'), o.text)
        const notes = []
        if (o.private) notes.push(say('is_not_public'))
        if (o.withdrawn) notes.push(say('is_withdrawn'))
        if (o.other_texts.length) notes.push(say('also_written', { text: o.other_texts.join(' / ') }))
        if (model.outbox.size && model.history('text', o.id).some((one) => model.outbox.has(one.id)))
          notes.push(say('is_waiting'))
        const notice = row.querySelector('.notice')
        notice.hidden = notes.length === 0
        text(notice, notes.join(' · '))
        row.classList.toggle('withdrawn', o.withdrawn)
        text(row.querySelector('[data-do=withdraw]'), say(o.withdrawn ? 'restore' : 'withdraw'))
      },
    )
  }
  return { element, update }
}
