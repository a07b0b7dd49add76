// Where the reader is: the current section is marked in the contents and named in the header, whose
// line shows how much of the page is read.

const header = /** @type {HTMLElement} */ (document.querySelector("header.top"));
const where = /** @type {HTMLElement} */ (header.querySelector(".where"));
const sidebar = /** @type {HTMLElement} */ (document.querySelector(".frame > .contents"));
const article = /** @type {HTMLElement} */ (document.querySelector("article"));
const SECTIONS = ".sections a[href^='#']";

/** @type {Map<HTMLElement, string>} */
const addresses = new Map();
for (const link of sidebar.querySelectorAll(SECTIONS)) {
  const address = /** @type {string} */ (link.getAttribute("href"));
  const section = document.getElementById(decodeURIComponent(address.slice(1)));
  if (section) addresses.set(section, address);
}
const sections = [...addresses.keys()];

let current = "";
let waiting = false;

function update() {
  waiting = false;
  const { top, height } = article.getBoundingClientRect();
  const read = (header.offsetHeight - top) / (height - innerHeight + header.offsetHeight);
  header.style.setProperty("--read", String(Math.min(Math.max(read, 0), 1)));
  const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
  const address = addresses.get(/** @type {HTMLElement} */ (passed.at(-1))) ?? "";
  if (address !== current) show(address);
}

/** @param {string} address */
function show(address) {
  current = address;
  for (const link of document.querySelectorAll(SECTIONS)) {
    if (link.getAttribute("href") === address) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const link = sidebar.querySelector(".sections [aria-current]");
  const name = link?.cloneNode(true).childNodes ?? [];
  where.replaceChildren(...name);
  if (link) follow(link);
}

/** @param {Element} link Scroll the sidebar, and nothing else, until a link of it is in view. */
function follow(link) {
  const room = sidebar.getBoundingClientRect();
  const { top, bottom } = link.getBoundingClientRect();
  const margin = room.height / 4;
  if (top < room.top + margin) sidebar.scrollTop -= room.top + margin - top;
  else if (bottom > room.bottom - margin) sidebar.scrollTop += bottom - room.bottom + margin;
}

addEventListener(
  "scroll",
  () => {
    if (!waiting) requestAnimationFrame(update);
    waiting = true;
  },
  { passive: true },
);
requestAnimationFrame(update); // when what other scripts made stands
