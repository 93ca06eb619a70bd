// A notification can be put away; the keyboard goes back to the content.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-dismiss]')
  if (!button) return
  button.closest('.notice').remove()
  document.getElementById('contenuto')?.focus({ preventScroll: true })
})
