// Posts a draft two seconds after typing stops. A stale version (409) leads to the page with both versions.
const PAUSE_MS = 2000;

export function enableAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (form.dataset.autosaving) continue;
    form.dataset.autosaving = "yes";
    watch(form);
  }
}

function watch(form) {
  let timer = 0;
  let running = false;
  let again = false;

  async function save() {
    window.clearTimeout(timer);
    timer = 0; // nothing waits any more: leaving the page must not save the same once again
    if (form.dataset.sent) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await send(form);
    } finally {
      running = false;
    }
    if (again) {
      again = false;
      save();
    }
  }

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) save();
  });
}

async function send(form) {
  const note = document.querySelector("[data-saved]");
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "autosave", Accept: "application/json" },
      keepalive: true,
    });
    const said = await answer.json();
    if (form.dataset.sent) return; // the button was pressed meanwhile: its answer is the one that counts
    if (answer.status === 409 && said.location) {
      window.location.assign(said.location);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    if (form.elements.version && said.version !== undefined) form.elements.version.value = said.version;
    say(note, said.saved, false);
  } catch {
    if (note) say(note, note.dataset.failed, true);
  }
}

function say(note, text, failed) {
  if (!note) return;
  note.classList.toggle("is-failed", failed);
  let place = note.querySelector(".saved-text");
  if (!place) {
    place = document.createElement("span");
    place.className = "saved-text";
    note.replaceChildren(place);
  }
  place.textContent = text;
}
