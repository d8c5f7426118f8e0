// One key for one step: elements with data-key="n" (outside of fields) or data-key="ctrl+enter" (everywhere).
// A field with such a key is entered; Escape leaves the field that one types in.
function nameOf(event) {
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.repeat || event.isComposing) return;
  const name = nameOf(event);
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing && name === "escape") event.target.blur();
  if (typing && !name.startsWith("ctrl+")) return;
  const found = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input, textarea, select")) found.focus();
  else found.click();
});
