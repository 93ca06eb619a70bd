// The main navigation folds on small screens; without this script it stands open.
const opener = document.querySelector('.nav-opener')
const nav = opener && document.getElementById(opener.getAttribute('aria-controls'))

function show(open) {
  nav.classList.toggle('open', open)
  opener.setAttribute('aria-expanded', String(open))
}

if (nav) {
  opener.addEventListener('click', () => show(opener.getAttribute('aria-expanded') !== 'true'))
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && nav.classList.contains('open')) {
      show(false)
      opener.focus()
    }
  })
}
