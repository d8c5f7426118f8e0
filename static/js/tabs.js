// Tabs that do not fit are scrolled so that the current one is in view.
export function showCurrentTab(root) {
  for (const tab of root.querySelectorAll(".tabs a[aria-current]")) {
    const bar = tab.closest(".tabs");
    const place = tab.getBoundingClientRect();
    const room = bar.getBoundingClientRect();
    bar.scrollLeft += place.left - room.left - (room.width - place.width) / 2;
  }
}
