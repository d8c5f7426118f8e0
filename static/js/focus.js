// Where the keyboard is: error summaries take the focus, menus close with Escape and by a click elsewhere.
export function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
  for (const link of root.querySelectorAll(".error-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus({ preventScroll: true });
      field.scrollIntoView({ block: "center" });
    });
  }
}

export function openWideFilters(root) {
  const wide = window.matchMedia("(min-width: 992px)");
  for (const details of root.querySelectorAll("details[data-open-wide]")) {
    const follow = () => { details.open = wide.matches; };
    follow();
    wide.addEventListener("change", follow);
  }
}

export function closeMenus(root) {
  const opened = () => root.querySelectorAll("details.menu[open]");
  root.addEventListener("click", (event) => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
