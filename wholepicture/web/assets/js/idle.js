// Says two minutes before the session ends, and keeps it while somebody types. Without this the server says so at once.
const IDLE = Number(document.querySelector('meta[name="wp-idle"]').content) * 1000;
const WARN = 120000, TYPING = 240000;
const out = document.querySelector(".wp-header__out");
const dialog = document.querySelector("#wp-idle");
const [heading, words] = [dialog.querySelector("h2"), dialog.querySelector("p")];
const used = () => Number(localStorage.getItem("wp-used")) || 0;
const use = () => localStorage.setItem("wp-used", Date.now());
let typed = 0;

// Every tab of this browser shares the session, so each says when it was used.
use();
document.addEventListener("input", () => { typed = Date.now(); });

async function stay() {
  const headers = { "X-CSRFToken": out.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  const said = await fetch(dialog.dataset.stay, { method: "POST", headers, credentials: "same-origin" });
  if (said.status === 204) use(); else over();
}

let ended = false;
function over() {
  if (ended) return;
  ended = true;
  heading.textContent = "You are signed out";
  words.textContent = "What you typed is still on this page. Send it as you would have: you sign in again, and it comes back as you typed it.";
  dialog.querySelector("button").textContent = "Close";
  if (!dialog.open) dialog.showModal();
}

setInterval(() => {
  if (ended) return;
  const left = used() + IDLE - Date.now();
  if (left <= 0) over();
  else if (typed > used() && used() + TYPING < Date.now()) stay();
  else if (left <= WARN && !dialog.open) dialog.showModal();
  else if (left > WARN && dialog.open) dialog.close();
}, 5000);

dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  dialog.close();
  if (!ended) stay();
});
