// The theme changes at once; the cookie that the server reads is set by the same form post.
export function switchTheme(root) {
  const form = root.querySelector("[data-theme-switch]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    const sent = new FormData(form, button);
    document.documentElement.dataset.bsTheme = button.value;
    fetch(form.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => {});
    const other = form.querySelector(button.value === "dark" ? ".to-light" : ".to-dark");
    if (other) other.focus();
  });
}
