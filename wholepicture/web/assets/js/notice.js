// Hides what an answer has made idle on the notice's form; without scripts everything is shown, and nothing is lost.
for (const card of document.querySelectorAll("[data-child]")) {
  const parts = { seen: card.querySelector("[data-if-seen]"), unseen: card.querySelector("[data-if-unseen]"), spoken: card.querySelector("[data-if-spoken]"), born: card.querySelector("[data-if-born]") };
  const chosen = (name) => card.querySelector(`input[name$="-${name}"]:checked`)?.value;
  const show = () => {
    const seen = chosen("seen");
    parts.born.hidden = card.querySelector('input[name$="-unborn"]').checked;
    parts.seen.hidden = seen !== "yes";
    parts.unseen.hidden = seen !== "no";
    parts.spoken.hidden = chosen("spoken_to") !== "yes";
  };
  card.addEventListener("change", show);
  show();
}
// After “Add another”, the address ends in the new row: begin typing there.
if (/^#(adult|child)-\d+$/.test(location.hash) && !document.querySelector(".govuk-error-summary")) {
  document.querySelector(`${location.hash} input`)?.focus();
}
