// Shows how much of a file has been sent. Without this the form works as any form does, and the browser shows it.
function sends(form) {
  const chosen = form.querySelector("input[type=file]");
  const sending = form.querySelector(".wp-sending");
  const bar = sending.querySelector("progress");
  const said = sending.querySelector(".wp-sending__said");
  const button = form.querySelector("button[type=submit], button:not([type])");
  const stop = (words) => {
    button.disabled = false;
    said.textContent = words;
  };
  form.addEventListener("submit", (event) => {
    // A small file is gone before anybody could read of it.
    if (!chosen.files.length || chosen.files[0].size < 300000) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.addEventListener("progress", (sent) => {
      if (!sent.lengthComputable) return;
      const part = Math.round((100 * sent.loaded) / sent.total);
      bar.value = part;
      said.textContent = part < 100 ? `${part}%` : "Sent. It is being made anew, which takes up to 5 seconds.";
    });
    request.addEventListener("error", () => stop("It could not be sent. Nothing is lost: try again."));
    request.addEventListener("load", () => {
      // Fetched again by its address where it was added, so that going back and reloading do what they always do.
      if (request.responseURL && request.responseURL !== location.href && request.status === 200) {
        location.assign(request.responseURL + (request.responseURL.includes("#") ? "" : "#tab"));
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      document.title = answer.title || document.title;
      document.querySelector("main").replaceWith(document.adoptNode(answer.querySelector("main")));
      document.querySelector(".govuk-error-summary, main h1")?.scrollIntoView();
      const summary = document.querySelector(".govuk-error-summary");
      if (summary) {
        summary.tabIndex = -1;
        summary.focus();
      }
      document.querySelectorAll("form[data-sends-file]").forEach(sends);
    });
    sending.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  });
}
document.querySelectorAll("form[data-sends-file]").forEach(sends);
