// A form is sent once: the second click does nothing. The server's token decides in any case.
export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-once]")) {
    if (form.dataset.guarded) continue;
    form.dataset.guarded = "yes";
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      const button = event.submitter;
      if (button) button.setAttribute("aria-busy", "true");
    });
  }
}

// Coming back with the back button finds a page that can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});
