// In a preview only: follow the author, at the same place of the page, and say what is wrong.

/** @typedef {{ page: string, version: number, busy: boolean, fault: string }} Told */
/** @typedef {{ path: string, id: string, offset: number, top: number, open: number[] }} Place */

const KEPT = "place in the preview";
const BASE =
  "position:fixed;z-index:99;inset:auto 0 0 0;margin:0;padding:12px 16px;max-height:45vh;" +
  "overflow:auto;white-space:pre-wrap;font:14px/1.45 monospace;";
const FAULT = `${BASE}background:#7a1220;color:#fff`;
const BUSY = `${BASE}inset:auto 0 0 auto;background:#444;color:#fff;opacity:0.9`;

const version = Number(document.querySelector("script[data-version]")?.getAttribute("data-version"));
const banner = document.createElement("pre");
banner.hidden = true;
banner.id = "preview-banner";
banner.setAttribute("role", "alert");
document.body.append(banner);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** @param {Told} told */
function show(told) {
  clearTimeout(later);
  const address = `/${told.page}`;
  if (told.version !== version || address !== decodeURI(location.pathname)) {
    keepPlace();
    if (address === decodeURI(location.pathname)) location.reload();
    else location.assign(encodeURI(address));
  } else if (told.fault) {
    say(told.fault, FAULT);
  } else {
    banner.hidden = true;
    // Where the next page comes soon, nothing flickers.
    if (told.busy) later = setTimeout(() => say("Building …", BUSY), 700);
  }
}

/** @param {string} text @param {string} style */
function say(text, style) {
  banner.textContent = text;
  banner.style.cssText = style;
  banner.hidden = false;
}

function folds() {
  return /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("article details")]);
}

/** Remember what is at the top of the window: the last thing with a name that begins above. */
function keepPlace() {
  let id = "";
  let offset = 0;
  for (const each of document.querySelectorAll("article [id]")) {
    const { top, height } = each.getBoundingClientRect();
    if (!height || each.closest("svg")) continue;
    if (id && top > 8) break;
    [id, offset] = [each.id, top];
  }
  const open = folds().flatMap((fold, index) => (fold.open ? [index] : []));
  /** @type {Place} */
  const place = { path: location.pathname, id, offset, top: scrollY, open };
  sessionStorage.setItem(KEPT, JSON.stringify(place));
  history.scrollRestoration = "manual";
}

function findPlace() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  /** @type {Place | null} */
  const place = JSON.parse(kept ?? "null");
  if (!place || place.path !== location.pathname) return;
  const all = folds();
  for (const index of place.open) if (all[index]) all[index].open = true;
  goTo(place);
  addEventListener("load", () => goTo(place), { once: true });
}

/** @param {Place} place */
function goTo(place) {
  const found = place.top > 0 ? document.getElementById(place.id) : null;
  const top = found ? scrollY + found.getBoundingClientRect().top - place.offset : place.top;
  scrollTo(0, top);
}

findPlace();
const events = new EventSource("/preview/state");
events.onmessage = (/** @type {MessageEvent<string>} */ event) => show(JSON.parse(event.data));
events.onerror = () => say("The preview has ended: make preview starts it again.", BUSY);
