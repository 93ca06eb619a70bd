// The theme that is open: what was said in it, its name, and what can be done with it.

import { h, renew, say, text } from '../shared/dom.js'

const $ = (id) => document.getElementById(id)

export class OpenTheme {
  constructor(given, desk) {
    this.given = given
    this.desk = desk
  }

  draw(theme) {
    const parent = $('open')
    if (!theme) return
    if (parent.dataset.theme !== String(theme.id)) {
      parent.dataset.theme = theme.id
      parent.replaceChildren(this.form(theme), h('ul', { class: 'regia-list' }), this.buttons(theme))
    }
    const list = parent.querySelector('ul')
    const sources = theme.sources.map((id) => this.desk.said.get(id)).filter(Boolean)
    renew(
      list,
      sources,
      (one) => one.id,
      (one) => {
        const row = this.desk.row()
        const box = h('input', { type: 'checkbox', 'aria-label': one.text })
        row.prepend(box)
        row.addEventListener('dragstart', (event) => this.desk.drag(event, one.id))
        return row
      },
      (row, one) => {
        text(row.querySelector('.said-words'), one.text || say('no_words'))
        text(row.querySelector('.said-where'), this.desk.describe(one))
        row.className = 'said'
      },
    )
    const into = parent.querySelector('select')
    const others = [{ id: '', name: say('merge_into') }, ...this.desk.themes.filter((one) => one.id !== theme.id)]
    renew(
      into,
      others,
      (one) => one.id,
      () => h('option'),
      (option, one) => {
        option.value = one.id
        text(option, one.name)
      },
    )
  }

  form(theme) {
    const name = h('input', { id: 'open-name', value: theme.name, maxlength: 120 })
    const keywords = h('input', { id: 'open-keywords', value: theme.keywords, maxlength: 300 })
    const form = h(
      'form',
      { class: 'regia-place' },
      h('label', { for: 'open-name' }, say('rename')),
      name,
      h('label', { for: 'open-keywords' }, this.given.words.keywords),
      keywords,
      h('button', { class: 'btn btn-outline-primary' }, say('save')),
    )
    // What stood here when she began to write: a colleague's rename in between is told, not written over.
    let seen = { name: theme.name, keywords: theme.keywords }
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      await this.desk.take({ verb: 'rename', theme: theme.id, name: name.value, keywords: keywords.value, seen })
      const now = this.desk.themes.find((one) => one.id === theme.id)
      if (now) seen = { name: now.name, keywords: now.keywords }
    })
    return form
  }

  buttons(theme) {
    const ticked = () =>
      [...$('open').querySelectorAll('li input:checked')].map((box) => Number(box.closest('li').dataset.key))
    const back = h('button', { type: 'button', class: 'btn btn-outline-primary' }, say('back_to_inbox'))
    back.addEventListener('click', () => ticked().length && this.desk.place(ticked(), {}))
    const name = h('input', { id: 'split-name', maxlength: 120 })
    const split = h('button', { type: 'button', class: 'btn btn-outline-primary' }, say('split_off'))
    split.addEventListener('click', () =>
      this.desk.take({ verb: 'split', theme: theme.id, observations: ticked(), name: name.value }),
    )
    const into = h('select', { 'aria-label': say('merge_into') })
    // A menu that acted by itself would merge with whatever an arrow key passes.
    const merge = h('button', { type: 'button', class: 'btn btn-outline-primary' }, say('merge'))
    merge.addEventListener('click', async () => {
      if (into.value && (await this.desk.take({ verb: 'merge', theme: theme.id, into: Number(into.value) }))) {
        this.desk.open = Number(into.value) || null
        $('open').dataset.theme = ''
        this.desk.draw()
      }
    })
    return h(
      'div',
      { class: 'regia-place' },
      back,
      h('label', { for: 'split-name' }, say('split_name')),
      name,
      split,
      into,
      merge,
    )
  }
}
