// Only what really scrolls sideways is a stop for the keyboard.

/** @param {Element} element */
function mark(element) {
  if (element.matches("main[data-symbols] .equation > [data-tex]")) return; // it is one anyway
  if (element.scrollWidth > element.clientWidth + 1) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", say("Scrolls sideways"));
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
  }
}

const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));

/** @param {EventTarget | null} part what has just come into the page */
function watchIn(part) {
  const found = /** @type {Element} */ (part).querySelectorAll(".scroll, pre");
  for (const element of found) watch.observe(element);
}

const main = /** @type {Element} */ (document.querySelector("main"));
main.addEventListener("added", ({ target }) => watchIn(target));
watchIn(main);

// Part of a formula in the text that is wider than the text scrolls in itself.
const parts = [...document.querySelectorAll("article .math > math")].map((part) => ({
  part,
  formula: /** @type {Element} */ (part.parentElement),
  block: part.closest("p, li, td, th, dd, h1, h2, h3, h4"),
}));

function fit(within = parts) {
  for (const { formula } of within) formula.classList.remove("wide");
  // What is skipped, being far, would have to be laid out.
  const wide = within.filter(
    ({ part, block }) =>
      block &&
      part.checkVisibility({ contentVisibilityAuto: true }) &&
      part.getBoundingClientRect().width > block.clientWidth,
  );
  for (const { formula, block } of wide) {
    if (block?.closest(".scroll")) continue;
    formula.classList.add("wide");
    mark(formula);
  }
}

/** @param {Event & { skipped?: boolean }} event */
function come({ target, skipped }) {
  if (!skipped) fit(parts.filter(({ part }) => /** @type {Element} */ (target).contains(part)));
}

document.addEventListener("contentvisibilityautostatechange", come, true);

let width = 0;
new ResizeObserver(([{ contentRect }]) => {
  if (contentRect.width !== width) fit();
  width = contentRect.width;
}).observe(/** @type {Element} */ (document.querySelector("article")));
