// <form data-submit-on-change>: a choice in a list of filters answers at once; its button stays for those without
// script.
// <form data-once>: the second press on a button that sends does nothing while the first is under way.
// A closed list changes at every press of an arrow: by keyboard it waits for Enter, or for the button.
let walking = false
document.addEventListener('keydown', (event) => {
  const form = event.target.form
  if (event.target.tagName !== 'SELECT' || !form?.hasAttribute('data-submit-on-change')) return
  if (event.key === 'Enter' && walking) {
    event.preventDefault()
    form.requestSubmit()
  }
  walking = event.key !== 'Enter'
})
document.addEventListener('pointerdown', () => (walking = false))

document.addEventListener('change', (event) => {
  const form = event.target.form
  if (form?.hasAttribute('data-submit-on-change') && !(walking && event.target.tagName === 'SELECT'))
    form.requestSubmit()
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.hasAttribute('data-once')) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 'yes'
})

// A page that comes back from the browser's memory can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})
