// Says that scripts run, then wakes the design system's components. Every page works without this.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const { initAll } = await import("/static/govuk/govuk-frontend.min.js");
initAll();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A link to something inside a closed fold opens the fold first.
function openFor(hash) {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  const fold = target && target.closest("details");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", () => openFor(location.hash));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-opens]");
  if (link) openFor(link.hash);
});
openFor(location.hash);
