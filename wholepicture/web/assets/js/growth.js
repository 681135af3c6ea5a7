// The growth chart in place: choosing a measure or a span of time swaps the chart without leaving the page, and a
// point leads to its row. Without this script the links go to the same addresses.

function start(figure) {
  figure.addEventListener("click", (event) => {
    const link = event.target.closest(".wp-controls a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.href, figure, link.textContent.trim());
  });
  figure.addEventListener("click", (event) => {
    const point = event.target.closest('a[href^="#measured-"]');
    const row = point && document.getElementById(point.getAttribute("href").slice(1));
    if (row) row.focus();
  });
}

async function follow(href, figure, words) {
  try {
    const answer = await fetch(href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(figure.id);
    if (!fresh) throw new Error("no drawing");
    figure.replaceWith(fresh);
    history.replaceState(null, "", href);
    start(fresh);
    const same = [...fresh.querySelectorAll(".wp-controls a")].find((link) => link.textContent.trim() === words);
    if (same) same.focus({ preventScroll: true });
  } catch {
    location.assign(href);
  }
}

document.querySelectorAll('[data-drawing="growth"]').forEach(start);
