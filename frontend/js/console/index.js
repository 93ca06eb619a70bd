// The table console: opens a table, keeps it on this device, shows it, and hands over what is written.

import { CallBar } from '../shared/call.js'
import { h, learnWords, renew, say, text } from '../shared/dom.js'
import { choiceView } from './choice.js'
import { TableModel } from './model.js'
import { moreView } from './more.js'
import { observationsView } from './observations.js'
import { peopleView } from './people.js'
import { stickersView } from './stickers.js'
import { loadTables, saveTable } from './store.js'
import { Exchange, openTable } from './sync.js'
import { truthOf } from './truth.js'

const root = document.documentElement
const language = root.lang
const given = JSON.parse(document.getElementById('given').textContent)
const $ = (id) => document.getElementById(id)

async function start() {
  learnWords(given.words)
  navigator.storage?.persist?.()
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register(given.addresses.worker).catch((fault) => console.warn(fault))
    // A page that was loading while the worker took over was missed, and would stay without it until its next reload.
    navigator.serviceWorker.ready.then(
      ({ active }) => navigator.serviceWorker.controller || active.postMessage('claim'),
    )
  }
  const code = location.hash.slice(1)
  const known = await loadTables()
  const entry = code ? known.find((one) => one.code === code) : known.sort((a, b) => b.opened - a.opened)[0]
  if (entry) await show(entry)
  else askPin(code, known)
}

function askPin(code, known, table = null) {
  const number = h('input', { id: 'pin', inputmode: 'numeric', autocomplete: 'off', maxlength: 8, required: true })
  const codeField = h('input', { id: 'code', autocomplete: 'off', value: code, required: true })
  const message = h('p', { class: 'notice', role: 'alert', hidden: true })
  const button = h('button', { class: 'primary' }, say('open'))
  const form = h(
    'form',
    { class: 'opening' },
    h('h1', {}, table ? say('open_again', { number: table.settings.number }) : say('open_title')),
    h('p', {}, say('open_hint')),
    // A table opened again may have a new code: the office renews it when a device is lost.
    code && !table ? null : h('div', { class: 'field' }, h('label', { for: 'code' }, say('code')), codeField),
    h('div', { class: 'field' }, h('label', { for: 'pin' }, say('pin')), number),
    message,
    button,
    known.length && !table
      ? h(
          'p',
          {},
          say('opened_before'),
          ' ',
          known.map((one) => h('a', { href: `#${one.code}` }, say('table', { number: one.settings.number }), ' ')),
        )
      : null,
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    const device = table ? table.device : crypto.randomUUID()
    try {
      const { secret, settings } = await openTable(
        given.addresses.open,
        codeField.value.trim(),
        number.value,
        device,
        language,
      )
      const before = known.find((one) => one.table === settings.table)
      // A table opened again keeps its queue and what it has read; only the secret is new.
      const entry = {
        cursor: 0,
        opened: Date.now(),
        ...(table || {}),
        table: settings.table,
        code: codeField.value.trim(),
        device,
        secret,
        settings,
      }
      if (before && before.device !== device) Object.assign(entry, { cursor: before.cursor })
      await saveTable(entry)
      location.hash = entry.code
      location.reload()
    } catch (fault) {
      button.disabled = false
      message.hidden = false
      text(
        message,
        say(`open_${fault.code}`) === `open_${fault.code}` ? say('open_unreachable') : say(`open_${fault.code}`),
      )
      number.focus()
    }
  })
  $('main').replaceChildren(form)
  ;(code ? number : codeField).focus()
}

async function show(entry) {
  const model = new TableModel(entry)
  const exchange = new Exchange(model, given.addresses, language)
  document.title = `${say('table', { number: entry.settings.number })} · ${entry.settings.event}`
  text(
    $('where'),
    `${say('table', { number: entry.settings.number })} · ${entry.settings.venue} · ${entry.settings.zones.join(', ')}`,
  )
  $('invented').hidden = !entry.settings.invented
  const tabs = [{ name: say('tab_people'), view: peopleView(model) }]
  const several = entry.settings.sessions.length > 2
  for (const session of entry.settings.sessions) {
    const suffix = several ? ` · ${session.title}` : ''
    if (session.kind === 'stickers') {
      tabs.push({ name: say('tab_stickers') + suffix, view: stickersView(model, session) })
      tabs.push({ name: say('tab_choice') + suffix, view: choiceView(model, session) })
    } else tabs.push({ name: say('tab_observations') + suffix, view: observationsView(model, session) })
  }
  tabs.push({ name: say('tab_more'), view: moreView(model, exchange) })
  let current = Number(sessionStorage.getItem('tab')) || 0
  if (!tabs[current]) current = 0
  const call = new CallBar($('call'))
  exchange.oncall = (said) => call.hear(said)
  const draw = () => {
    renew(
      $('tabs'),
      tabs,
      (tab) => tab.name,
      (tab) => {
        const button = h('button', { type: 'button' }, tab.name)
        button.addEventListener('click', () => {
          current = tabs.indexOf(tab)
          sessionStorage.setItem('tab', current)
          draw()
          scrollTo(0, 0)
          $('main').focus()
        })
        return button
      },
      (button, tab) =>
        tab === tabs[current] ? button.setAttribute('aria-current', 'page') : button.removeAttribute('aria-current'),
    )
    const { element } = tabs[current].view
    if (!element.isConnected) $('main').replaceChildren(h('h1', {}, tabs[current].name), element)
    tabs[current].view.update()
    tellTheTruth(model, exchange)
  }
  model.listeners.add(draw)
  addEventListener('online', draw)
  await model.load()
  $('tabs').hidden = false
  exchange.soon(0)
  exchange.renewSettings()
}

// One line always tells the truth about what has reached the centre.
function tellTheTruth(model, exchange) {
  const pictures = [...model.photos.values()]
  const { entries, waiting, refused } = model.tally()
  const { state, parts } = truthOf({
    entries,
    waiting,
    refused: refused + pictures.filter((photo) => photo.refused).length,
    photos: pictures.filter((photo) => !photo.refused).length,
    unsaved: model.unsaved,
    shut: exchange.status === 'shut',
    held: exchange.status === 'held',
    reached: exchange.status !== 'unreachable',
    online: navigator.onLine,
  })
  text($('truth'), parts.map(([key, n]) => say(key, { n })).join(' · '))
  root.dataset.state = state
  text($('state'), say(`state_${state}`))
  $('reopen').hidden = state !== 'shut'
  $('reopen').onclick = () => askPin(model.entry.code, [model.entry], model.entry)
}

addEventListener('hashchange', () => location.reload())
start()
