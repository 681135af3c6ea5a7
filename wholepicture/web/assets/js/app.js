// Says that scripts run, then wakes the design system's components. Every page works without this.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const { initAll } = await import("/static/govuk/govuk-frontend.min.js");
initAll();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
