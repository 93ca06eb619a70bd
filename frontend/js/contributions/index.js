// While a contribution is typed: the strategies it may concern and the voices like it, asked for when the hand rests.

const form = document.querySelector("[data-advice]");
const panel = document.getElementById("advice");
const area = form?.querySelector("textarea");
let timer;
let asked = "";

async function ask() {
  const words = new FormData(form);
  const now = `${words.get("edition")} ${words.get("text")}`;
  if (now === asked || !String(words.get("text")).trim()) return;
  asked = now;
  try {
    const response = await fetch(form.dataset.advice, { method: "POST", body: words });
    if (!response.ok || asked !== now) return;
    panel.innerHTML = await response.text();
    // The plan is being read for the first time: look again.
    if (panel.querySelector("[data-again]")) {
      asked = "";
      timer = setTimeout(ask, 4000);
    }
  } catch {
    // It is advice: the form works without it.
  }
}

area?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 600);
});
if (area?.value) ask();
