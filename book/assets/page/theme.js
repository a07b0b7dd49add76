// Light or dark: the system's choice until the reader makes another, which is kept.

/** How far out of sight a block is that may keep the other colours for a moment, in pixels. */
const SIGHT = 200;
/** How many of them follow at a time, while nothing else is to be done. */
const AT_A_TIME = 4;

const root = document.documentElement;
const button = /** @type {HTMLButtonElement} */ (document.querySelector("button.theme"));
const system = matchMedia("(prefers-color-scheme: dark)");

/** @type {HTMLElement[]} */
let held = [];

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

function show() {
  button.title = isDark() ? say("Switch to light") : say("Switch to dark");
}

/**
 * Find the blocks out of sight: whole sections, and parts of those in sight. The first and the
 * last of a section stay, for their margins may reach out of it.
 * @param {Element | null} section
 * @returns {[HTMLElement, string][]} Each with the style under which all keep their places.
 */
function outOfSight(section) {
  const laid = [...(section?.children ?? [])]
    .map((each) => ({ block: /** @type {HTMLElement} */ (each), box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.height);
  return laid.flatMap(({ block, box }, index) => {
    if (box.bottom > -SIGHT && box.top < innerHeight + SIGHT) {
      return block.localName === "section" ? outOfSight(block) : [];
    }
    const [before, after] = [laid[index - 1]?.box, laid[index + 1]?.box];
    if (!before || !after || block.style.cssText) return [];
    const [over, under] = [box.top - before.bottom, after.top - box.bottom];
    if (Math.min(over, under) <= 0) return []; // it touches, by a margin below zero
    const size = `contain-intrinsic-block-size:${box.height}px;margin-block:${over}px ${under}px`;
    return [[block, `content-visibility:hidden;${size}`]];
  });
}

/** Let the next of the blocks follow, until all have. */
function release() {
  for (const block of held.splice(0, AT_A_TIME)) block.removeAttribute("style");
  if (held.length) requestIdleCallback(release);
}

/** Where the reader goes on, the browser itself lets each block follow before it is seen. */
function lookOut() {
  for (const block of held) block.style.setProperty("content-visibility", "auto");
}

/** A chapter has 25,000 elements of formulas; only what is in sight changes at once. */
function hold() {
  if (held.length || !("requestIdleCallback" in window)) return;
  const styles = outOfSight(document.querySelector("article > section"));
  for (const [block, style] of styles) block.style.cssText = style;
  held = styles.map(([block]) => block);
  for (const event of ["scroll", "keydown", "pointerdown"]) {
    addEventListener(event, lookOut, { once: true });
  }
  requestAnimationFrame(() => requestAnimationFrame(release));
}

button.addEventListener("click", () => {
  hold();
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch (error) {
    // A reader who forbids storage keeps the choice for this page only.
  }
  show();
});
system.addEventListener("change", show);
show();
