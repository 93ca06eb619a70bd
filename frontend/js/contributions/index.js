// While a contribution is typed: the strategies it may concern and the voices like it, asked for when the hand rests.
// On the page of one that is kept they come by themselves where the plan is still being read.

const form = document.querySelector('[data-matches]')
const panel = document.getElementById('matches')
const area = form?.querySelector('textarea')
const hint = panel.innerHTML
let timer
let asked = ''

async function ask() {
  const words = new FormData(form)
  const now = `${words.get('edition')} ${words.get('text')}`
  if (now === asked) return
  asked = now
  if (!String(words.get('text')).trim()) {
    // Suggestions of words that are no longer there would be read as those of the next.
    panel.innerHTML = hint
    return
  }
  try {
    const response = await fetch(form.dataset.matches, { method: 'POST', body: words })
    if (!response.ok || asked !== now) return
    panel.innerHTML = await response.text()
    // The plan is being read for the first time: look again.
    if (panel.querySelector('[data-again]')) {
      asked = ''
      timer = setTimeout(ask, 4000)
    }
  } catch {
    // It is advice: the form works without it.
  }
}

area?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(ask, 600)
})
if (area?.value) ask()

async function lookAgain() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
    panel.innerHTML = page.getElementById('matches').innerHTML
  } catch {
    // It is advice: the page works without it.
  }
  waitForPlan()
}

function waitForPlan() {
  if (!form && panel.querySelector('[data-again]')) setTimeout(lookAgain, 4000)
}
waitForPlan()
