// Lets a form be answered by a passkey. Forms that only a passkey can answer are hidden until this runs.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const SAID = { NotAllowedError: "Nothing was chosen, or it took too long. Try again.", InvalidStateError: "This device already has a passkey for you here.", SecurityError: "Passkeys work only at this service’s own name, over HTTPS." };

function readable(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key };
}

function sendable(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function answer(form) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  const asked = await fetch(form.dataset.ask, { method: "POST", headers, credentials: "same-origin" });
  if (!asked.ok) throw new Error("asked");
  const options = readable(await asked.json());
  return sendable(await navigator.credentials[form.dataset.passkey](options));
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value || (form.elements.name && !form.elements.name.value.trim())) return;
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = await answer(form);
      form.requestSubmit();
    } catch (error) {
      said.textContent = SAID[error.name] || "That did not work. Try again in a minute, or use another way.";
      said.hidden = false;
      said.setAttribute("role", "alert");
    }
  });
}
