// Small improvements of pages that work without them. Each module looks for its own data attribute.
import { guardForms } from "./once.js";
import { focusSummary, openWideFilters, closeMenus } from "./focus.js";
import { switchTheme } from "./theme.js";
import { enableCopy } from "./copy.js";
import { enableAutosave } from "./autosave.js";
import { enableFileHash } from "./filehash.js";
import { showCurrentTab } from "./tabs.js";

function improve(root) {
  guardForms(root);
  enableCopy(root);
  enableAutosave(root);
  enableFileHash(root);
  openWideFilters(root);
}

improve(document);
focusSummary(document);
showCurrentTab(document);
closeMenus(document);
switchTheme(document);
document.addEventListener("htmx:load", (event) => improve(event.target));
