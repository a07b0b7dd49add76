// The switch to the other language goes to the same place: to the explorer or machine in view with its state,
// or to what was last passed. Which language a reader chose is kept, and offered on later pages.

const PLACES = "article :is(section, p, figure, .equation, .exercise, .theorem, dt, details)[id]";
const KEY = "edition";

/** @param {Element} element */
function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** The address of the state of an explorer or a drill, if one in view was changed. */
function state() {
  for (const explorer of document.querySelectorAll(".explorer, .drill, .machine")) {
    if (!isInView(explorer)) continue;
    const asked = new CustomEvent("address", { detail: { link: "" } });
    explorer.dispatchEvent(asked);
    if (asked.detail.link) return `#${asked.detail.link}`;
  }
  return "";
}

function place() {
  const target = document.querySelector(":target");
  if (target && isInView(target)) return location.hash;
  const passed = [...document.querySelectorAll(PLACES)].filter(
    (each) => each.getClientRects().length && each.getBoundingClientRect().top < innerHeight / 3,
  );
  // On top of a page there is nothing to go to but the page.
  return scrollY > 0 && passed.length ? `#${passed[passed.length - 1].id}` : "";
}

function wanted() {
  try {
    const chosen = localStorage.getItem(KEY);
    if (chosen) return chosen;
  } catch (error) {
    // A reader who forbids storage is asked by the browser's languages only.
  }
  return navigator.language;
}

/** @param {string} one @param {string} other */
const isSame = (one, other) => one.slice(0, 2).toLowerCase() === other.slice(0, 2).toLowerCase();

/** @param {HTMLAnchorElement} link */
function prepare(link) {
  for (const moment of ["pointerdown", "focus", "click"]) {
    link.addEventListener(moment, () => (link.hash = state() || place()));
  }
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, link.lang);
    } catch (error) {
      // It leads there all the same.
    }
  });
  if (isSame(wanted(), link.lang)) link.classList.add("offered");
}

for (const link of document.querySelectorAll("a[rel='alternate']")) {
  prepare(/** @type {HTMLAnchorElement} */ (link));
}
