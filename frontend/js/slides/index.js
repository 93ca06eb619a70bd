// Slides by arrow keys, space, clicks or the address (#5); without script they are read one below the other.

import { fit } from '../shared/fit.js'

const slides = [...document.querySelectorAll('.slide')]
// Below this nobody in the last row reads anything: the server splits what is longer (results/slides.py).
const SMALLEST = 0.5
let at = Math.min(slides.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1

// What the server reckoned to fit has other letters here, or a font that did not come.
const refit = () => fit(slides[at], slides[at].querySelector('.slide-body'), SMALLEST)

function show(number) {
  at = Math.min(slides.length - 1, Math.max(0, number))
  for (const [n, slide] of slides.entries()) slide.hidden = n !== at
  refit()
  history.replaceState(null, '', `#${at + 1}`)
}

document.body.classList.add('one-by-one')
addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key]
  if (step) show(at + step)
  else if (event.key === 'Home') show(0)
  else if (event.key === 'End') show(slides.length - 1)
  else if (event.key === 'f') document.documentElement.requestFullscreen?.()
  else return
  event.preventDefault()
})
addEventListener('click', (event) => show(at + (event.clientX < innerWidth / 3 ? -1 : 1)))
addEventListener('resize', refit)
document.fonts?.ready.then(refit)
show(at)
