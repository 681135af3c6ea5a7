// The family map's slider: moving it fetches that day's map from the same address that the “Every change” list links
// to, and swaps it in. Without this script the slider has a Show button and the list has its links.

function start(figure) {
  const slider = figure.querySelector('input[type="range"]');
  const links = [...figure.querySelectorAll("[data-steps] a")];
  if (!slider || links.length === 0) return;
  figure.querySelector("[data-go]").hidden = true;

  let waiting = 0;
  slider.addEventListener("input", () => {
    const link = links[Number(slider.value) - 1];
    const [day, words] = split(link.textContent);
    figure.querySelector("[data-day]").textContent = day;
    slider.setAttribute("aria-valuetext", `${day}: ${words}`);
    clearTimeout(waiting);
    waiting = setTimeout(() => follow(link.href, figure, '#family-moment'), 120);
  });

  figure.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step], [data-steps] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.href, figure, link.dataset.step ? `[data-step="${link.dataset.step}"]` : null);
  });
}

function split(text) {
  const at = text.indexOf(": ");
  return [text.slice(0, at), text.slice(at + 2)];
}

async function follow(href, figure, focused) {
  try {
    const answer = await fetch(href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('[data-drawing="family"]');
    if (!fresh) throw new Error("no drawing");
    figure.querySelectorAll("details[data-keep][open]").forEach((details) => {
      const same = fresh.querySelector(`details[data-keep="${details.dataset.keep}"]`);
      if (same) same.open = true;
    });
    figure.replaceWith(fresh);
    history.replaceState(null, "", href);
    start(fresh);
    const target = focused && (fresh.querySelector(focused) || fresh.querySelector("#family-moment"));
    if (target) target.focus({ preventScroll: true });
  } catch {
    location.assign(href);
  }
}

document.querySelectorAll('[data-drawing="family"]').forEach(start);
