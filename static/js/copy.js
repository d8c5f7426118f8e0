// Copy buttons appear only where copying works.
export function enableCopy(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const said = button.querySelector(".copy-done");
      said.textContent = button.dataset.copied;
      window.setTimeout(() => { said.textContent = ""; }, 2000);
    });
  }
}
