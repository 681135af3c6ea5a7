// Keys for the Picture: on the timeline, arrows move through time and plus and minus zoom, by following the
// page's own links; Enter goes into the marks, where arrows go from mark to mark and Escape comes back.
// Without this script every link, filter and list works as it stands.

const STEPS = { ArrowLeft: "earlier", ArrowRight: "later", "+": "closer", "=": "closer", "-": "wider" };

function start(figure) {
  const stage = figure.querySelector("[data-stage]");
  const said = figure.querySelector("[data-said]");
  if (!stage) return;

  const sheets = () => [...stage.querySelectorAll("svg")];
  const marks = () => {
    const sheet = sheets().find((svg) => svg.getClientRects().length > 0);
    return sheet ? [...sheet.querySelectorAll("a.wp-mark")] : [];
  };
  const say = (mark) => {
    said.textContent = mark ? mark.querySelector("title").textContent : "";
  };

  stage.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mark = event.target.closest("a.wp-mark");
    if (mark) return amongMarks(event, mark);
    if (event.key === "Enter") {
      const first = marks()[0];
      if (first) { event.preventDefault(); first.focus(); }
      return;
    }
    const link = STEPS[event.key] && figure.querySelector(`[data-step="${STEPS[event.key]}"]`);
    if (link) { event.preventDefault(); follow(link.href, figure, true); }
  });

  function amongMarks(event, mark) {
    const all = marks();
    const at = all.indexOf(mark);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") { event.preventDefault(); stage.focus(); say(null); return; }
    if (next === undefined || !all[next]) return;
    event.preventDefault();
    all[next].focus();
  }

  stage.addEventListener("focusin", (event) => { const mark = event.target.closest("a.wp-mark"); if (mark) say(mark); });
  stage.addEventListener("pointerover", (event) => { const mark = event.target.closest("a.wp-mark"); if (mark) say(mark); });

  // A mark leads to its row: the list is opened so that the row can be seen.
  figure.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#entry-"]');
    if (link) reveal(link.getAttribute("href").slice(1), figure);
    const step = event.target.closest("[data-step], .wp-controls__list a");
    if (step && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); follow(step.href, figure, false); }
  });

  // A question lights up what it rests on, while it is pointed at or focused.
  figure.querySelectorAll("[data-evidence]").forEach((item) => {
    const light = (on) => {
      const ids = new Set(item.dataset.evidence.split(" "));
      figure.classList.toggle("wp-picture--lit", on && ids.size > 0);
      stage.querySelectorAll("a.wp-mark").forEach((mark) => {
        mark.classList.toggle("wp-mark--lit", on && entriesOf(mark).some((id) => ids.has(id)));
      });
    };
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      item.addEventListener(name, () => light(on));
    }
  });
}

// A count names all its entries; a single mark is named by where it leads.
function entriesOf(mark) {
  return (mark.dataset.entries || mark.getAttribute("href").replace("#entry-", "")).split(" ");
}

function reveal(id, figure) {
  const row = document.getElementById(id);
  const details = row && row.closest("details");
  if (details && figure.contains(details)) details.open = true;
}

async function follow(href, figure, keepFocus) {
  try {
    const answer = await fetch(href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('[data-drawing="picture"]');
    if (!fresh) throw new Error("no drawing");
    figure.querySelectorAll("details[data-keep][open]").forEach((details) => {
      const same = fresh.querySelector(`details[data-keep="${details.dataset.keep}"]`);
      if (same) same.open = true;
    });
    figure.replaceWith(fresh);
    history.replaceState(null, "", href);
    start(fresh);
    if (keepFocus) fresh.querySelector("[data-stage]").focus({ preventScroll: true });
  } catch {
    location.assign(href);
  }
}

document.querySelectorAll('[data-drawing="picture"]').forEach(start);
if (location.hash.startsWith("#entry-")) {
  document.querySelectorAll('[data-drawing="picture"]').forEach((figure) => reveal(location.hash.slice(1), figure));
}
