// Keys for whoever goes through many items. Every page works without this.
for (const said of document.querySelectorAll(".wp-keys")) said.hidden = false;
const decide = document.querySelector("form[data-decide]");
const typing = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

function step(by) {
  const links = [...document.querySelectorAll("a[data-step]")];
  if (!links.length) return;
  const here = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, here + by))].focus();
}

function choose(number) {
  const radio = decide && decide.querySelectorAll("input[name=outcome]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  if (number === 3) decide.querySelector("select[name=code]").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const { key } = event;
  if (key === "j" || key === "k") {
    const link = document.querySelector(`a[data-key=${key}]`);
    if (link) link.click();
    else step(key === "j" ? 1 : -1);
  } else if (key === "1" || key === "2" || key === "3") choose(Number(key));
  else if (key === "s" && decide) decide.requestSubmit();
  else return;
  event.preventDefault();
});

// Words that are selected in the item stand ready to be withheld.
document.addEventListener("mouseup", () => {
  const selected = document.getSelection();
  const words = selected.toString().trim();
  const from = selected.anchorNode && selected.anchorNode.parentElement;
  if (!decide || !words || !from || !from.closest("[data-part]")) return;
  decide.querySelector("input[name=words]").value = words;
  choose(2);
});
