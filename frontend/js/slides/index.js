// Slides by arrow keys, space, clicks or the address (#5); without script they are read one below the other.

const slides = [...document.querySelectorAll('.slide')]
let at = Math.min(slides.length, Math.max(1, Number(location.hash.slice(1)) || 1)) - 1

function show(number) {
  at = Math.min(slides.length - 1, Math.max(0, number))
  for (const [n, slide] of slides.entries()) slide.hidden = n !== at
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
show(at)
