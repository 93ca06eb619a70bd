// A map's line of text says the place under the pointer or the keyboard; without script the tooltip does.
for (const frame of document.querySelectorAll('.map-frame')) {
  const line = frame.querySelector('.map-readout')
  if (!line) continue
  const silent = line.textContent
  const say = (event) => {
    const title = event.target.closest('.map-places a')?.querySelector('title')
    line.textContent = title ? title.textContent : silent
    line.classList.toggle('speaking', Boolean(title))
  }
  frame.addEventListener('pointerover', say)
  frame.addEventListener('focusin', say)
  frame.addEventListener('pointerleave', say)
}
