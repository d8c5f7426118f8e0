// Keeps the room of a lot current: events where they flow, else the page asks every two seconds by itself (htmx).
// Nothing is decided here: amounts, times and refusals come from the server, and a reload shows the same page.
import { focusSummary } from "./focus.js";

const room = document.getElementById("room");
const texts = document.getElementById("room-words").dataset; // in the reader's language
const QUIET = 10_000; // ms between two sentences for screen readers
let offset = null; // server clock minus ours, ms; the largest seen is the one with the least delay
let streaming = false;
let wanted = false;
let whole = true; // the next look brings the part in any case, with the server's clock
let pending = null;
let source = null;
let said = 0;

const live = () => document.getElementById("room-live");
const all = (name) => room.querySelectorAll(`[${name}]`);
const fill = (name, text) => all(name).forEach((place) => { if (place.textContent !== text) place.textContent = text; });
const yuan = (fen) => `¥${Math.floor(fen / 100).toLocaleString("en-US")}${fen % 100 ? "." + String(fen % 100).padStart(2, "0") : ""}`;
const local = (ms) => new Date(ms + 8 * 3_600_000).toISOString(); // Shanghai has one offset all year

function hear(moment) {
  const seen = Date.parse(moment) - Date.now();
  if (offset === null || seen > offset || Math.abs(seen - offset) > 30_000) offset = seen;
}

function left(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const rest = [Math.floor((seconds % 3600) / 60), seconds % 60].map((n) => String(n).padStart(2, "0")).join(":");
  const clock = hours || days ? `${hours}:${rest}` : rest;
  return days ? `${texts.day.replace("{n}", days)} ${clock}` : clock;
}

function tick() {
  const part = live();
  if (!part || offset === null) return;
  const now = Date.now() + offset;
  fill("data-clock", local(now).slice(11, 19));
  if (["live", "before"].includes(part.dataset.phase)) {
    const rest = Date.parse(part.dataset.target) - now;
    fill("data-left", left(rest));
    if (rest < -500) refresh(1000);
  }
  showSync();
}

function showSync() {
  const lost = !streaming && !navigator.onLine;
  const apart = Math.round(Math.abs(offset) / 1000);
  const words = [lost ? texts.lost : streaming ? texts.synced : texts.polling];
  if (apart > 1) words.push((offset < 0 ? texts.ahead : texts.behind).replace("{n}", apart));
  fill("data-sync-text", `· ${words.join(" · ")}`);
  all("data-sync").forEach((dot) => {
    dot.classList.toggle("is-live", streaming);
    dot.classList.toggle("is-lost", lost);
  });
}

// Read the changing part again: a bidder at once, watchers spread over some seconds.
function refresh(within) {
  if (pending) return;
  pending = setTimeout(() => {
    pending = null;
    wanted = true;
    window.htmx.trigger("#room-live", "room:refresh");
  }, Math.random() * within);
}

function onState(event) {
  const state = JSON.parse(event.data);
  const part = live();
  hear(state.now);
  const newer = state.seq > Number(part.dataset.seq);
  if (newer) {
    part.dataset.seq = state.seq;
    fill("data-price", yuan(state.price));
    fill("data-leader", state.paddle);
    fill("data-seq-text", String(state.seq));
    askAgain(state.seq);
    say(state);
  }
  if (part.dataset.phase === "live") part.dataset.target = state.ends_at;
  refresh(room.dataset.bidder || !newer ? 300 : 6000);
}

// The price moved while a bid waits for its confirmation: it has to be checked again.
function askAgain(seq) {
  const confirm = room.querySelector("[data-bid-confirm]");
  if (!confirm || Number(confirm.elements.seen_seq.value) >= seq) return;
  confirm.hidden = true;
  all("data-bid-recheck").forEach((link) => { link.hidden = false; });
}

function say(state) {
  if (Date.now() - said < QUIET) return;
  said = Date.now();
  const mine = room.dataset.paddle;
  const words = { price: yuan(state.price), paddle: state.paddle, left: left(Date.parse(state.ends_at) - Date.now() - offset) };
  let sentence = texts.say.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
  if (mine && state.paddle === mine) sentence += ` ${texts.sayLeads}`;
  if (mine && state.paddle !== mine && document.querySelector(".position-success")) sentence += ` ${texts.sayOutbid}`;
  fill("data-announce", sentence);
}

function connect() {
  if (!room.dataset.stream || !window.EventSource) return;
  source = new EventSource(room.dataset.stream);
  source.addEventListener("lot", onState);
  source.onopen = () => { streaming = true; };
  source.onerror = () => { streaming = false; };
}

function wake() {
  if (document.visibilityState !== "visible") return;
  offset = null; // a device that slept may have a clock that jumped
  whole = true;
  hear(live().dataset.now);
  if (!source || source.readyState === 2) connect();
  refresh(0);
}

// While events flow the two-second question is not asked.
room.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id !== "room-live") return;
  if (streaming && !wanted) event.preventDefault();
  wanted = false;
});
// The address says what this page shows already; without that the server answers in any case.
room.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "room-live") return;
  if (whole) event.detail.path = event.detail.path.replace(/([?&])seen=\w+/, "$1");
});
// A bid was answered: by the panel, refused or not; by another page (sign-in); or by no panel at all: then as without
// a script, under the same key, which counts once.
room.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.target.matches("#bid-panel, [data-bid-confirm]")) return;
  const { xhr } = event.detail;
  const isPanel = xhr.responseText.includes('id="bid-panel"') && !xhr.responseText.includes("<html");
  event.detail.shouldSwap = isPanel;
  event.detail.isError = false;
  if (!isPanel && xhr.status < 400) window.location.assign(xhr.responseURL);
  else if (!isPanel) sendPlainly();
});
room.addEventListener("htmx:sendError", (event) => { if (event.target.matches("#bid-panel, [data-bid-confirm]")) sendPlainly(); });
function sendPlainly() {
  room.querySelector("[data-bid-confirm]")?.submit();
}
function onPanel(panel) {
  if (!panel.dataset.pageUrl) return;
  window.history.replaceState(null, "", panel.dataset.pageUrl);
  const title = document.title.replace(`${texts.error} `, "");
  document.title = panel.querySelector(".error-summary") ? `${texts.error} ${title}` : title;
  focusSummary(panel);
  first = amount()?.value;
  if (!streaming) refresh(0);
}
// The part was replaced: the new one says what time it is at the server, and what can be bid.
room.addEventListener("htmx:load", (event) => {
  if (event.target.id === "bid-panel") onPanel(event.target);
  if (event.target.id !== "room-live") return;
  whole = false;
  hear(live().dataset.now);
  askAgain(Number(live().dataset.seq));
  setTimeout(suggest);
  tick();
});

// An untouched field follows the lowest possible bid.
const amount = () => room.querySelector("[data-bid-amount]");
let first; // what stood in the field when it was shown
const number = (text) => Number(text.replaceAll(",", ""));
function suggest() {
  const field = amount();
  const lowest = document.getElementById("bid-quick")?.dataset.lowest;
  first ??= field?.value;
  if (!field || !lowest || field.dataset.touched || field.closest(".form-error, .has-error")) return;
  if (field.value === first || number(field.value) < number(lowest)) field.value = lowest;
}

if (room) {
  first = amount()?.value;
  room.addEventListener("input", (event) => { if (event.target === amount()) event.target.dataset.touched = "yes"; });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  if (live().dataset.phase !== "ended") connect();
  hear(live().dataset.now);
  setInterval(tick, 500);
  tick();
}
