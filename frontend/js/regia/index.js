// The regia's pages: the tables at a glance, the wall, the themes. Each page has the elements it needs and no others.

import { CallBar } from '../shared/call.js'
import { learnWords, say, text } from '../shared/dom.js'
import { fit } from '../shared/fit.js'
import { drawBars, drawTables } from './overview.js'
import { ThemesDesk } from './themes.js'

const given = JSON.parse(document.getElementById('given').textContent)
const $ = (id) => document.getElementById(id)
learnWords(given.words)

let last = ''
const fresh = (time) => {
  last = time || new Date().toLocaleTimeString(document.documentElement.lang)
  if ($('now')) text($('now'), say('updated', { time: last }))
}

const stream = new URL(given.stream, location.href)
if ($('wall-total')) stream.searchParams.set('schermo', '1')
const handlers = {}
if ($('call')) {
  const call = new CallBar($('call'))
  handlers.call = (said) => call.hear(said)
  call.hear(given.call)
}

function listen(position) {
  if (position) stream.searchParams.set('da', position)
  const source = new EventSource(stream)
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      handle(JSON.parse(event.data))
      fresh()
    })
  }
  source.addEventListener('open', () => fresh(last))
  source.addEventListener('error', () => $('now') && text($('now'), say('lost', { time: last })))
}

if ($('venues')) {
  let overview = given.overview
  const zone = $('zone')
  const draw = () => {
    drawTables(overview, $('venues'))
    drawBars(overview, given, $('bars'), zone.value)
  }
  const zones = [...new Set(overview.tables.flatMap((table) => table.zones))].sort((a, b) => a - b)
  zone.append(new Option(say('whole'), ''), ...zones.map((number) => new Option(say('zone', { number }), number)))
  zone.addEventListener('change', draw)
  handlers.overview = (news) => {
    overview = news
    draw()
  }
  draw()
  fresh(overview.at)
  listen()
} else if ($('wall-total')) {
  // Nobody scrolls a wall: twenty-seven titles, the long ones too, are all on it.
  const refit = () => fit(document.body, $('bars'), 0.45)
  addEventListener('resize', refit)
  document.fonts?.ready.then(refit)
  const draw = (count) => {
    drawBars(count, given, $('bars'), '')
    refit()
    const session = given.sessions[0]
    const whole = session ? count.votes[session.code].whole : {}
    text(
      $('wall-total'),
      Object.values(whole)
        .reduce((sum, n) => sum + n, 0)
        .toLocaleString(document.documentElement.lang),
    )
  }
  handlers.count = draw
  draw(given.count)
  fresh(given.count.at)
  listen()
} else if ($('inbox')) {
  const desk = new ThemesDesk(given)
  handlers.said = (news) => desk.hear(news)
  handlers.step = () => desk.refresh()
  handlers.proposals = () => desk.proposals.load().catch(() => {})
  const begin = () =>
    desk.start().then(listen, () => {
      text($('message'), say('failed'))
      setTimeout(begin, 3000)
    })
  begin()
}
