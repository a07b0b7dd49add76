// A chapter has 25,000 elements of formulas. What is out of sight rests while the page changes as a
// whole, and while an explorer is in use, whose every frame would walk all of them.

/**
 * How far out of sight a block is that may rest, in heights of the window. Blocks that are to be
 * skipped until near must be farther than what a browser takes for near, one and a half: when it
 * does not skip them, the margins within them no longer reach out of them.
 */
const SIGHT = { hidden: 0, auto: 2 };
/** How many of them wake at a time, while nothing else is to be done. */
const AT_A_TIME = 4;

/** @type {HTMLElement[]} */
let resting = [];

/**
 * Find the blocks out of sight: whole sections, and parts of those in sight. The first and the
 * last of a section stay, for their margins may reach out of it.
 * @param {Element | null} section
 * @param {number} far
 * @returns {[HTMLElement, string][]} Each with the style under which all keep their places.
 */
function outOfSight(section, far) {
  const laid = [...(section?.children ?? [])]
    .map((each) => ({ block: /** @type {HTMLElement} */ (each), box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.height);
  return laid.flatMap(({ block, box }, index) => {
    if (box.bottom > -far && box.top < innerHeight + far) {
      return block.localName === "section" ? outOfSight(block, far) : [];
    }
    const [before, after] = [laid[index - 1]?.box, laid[index + 1]?.box];
    if (!before || !after || block.style.cssText) return [];
    if (parseFloat(getComputedStyle(block).marginTop) < 0) return []; // it reaches into one above
    const [over, under] = [box.top - before.bottom, after.top - box.bottom];
    if (Math.min(over, under) <= 0) return []; // it touches, by a margin below zero
    const size = `contain-intrinsic-block-size:${box.height}px;margin-block:${over}px ${under}px`;
    return [[block, size]];
  });
}

/** @param {number} [count] */
function wake(count = resting.length) {
  for (const block of resting.splice(0, count)) block.removeAttribute("style");
}

let waking = false;

function wakeWhenIdle() {
  wake(AT_A_TIME);
  waking = resting.length > 0;
  if (waking) requestIdleCallback(wakeWhenIdle);
}

window.restOutOfSight = (visibility) => {
  if (resting.length || !("requestIdleCallback" in window)) return;
  const article = document.querySelector("article > section");
  const styles = outOfSight(article, SIGHT[visibility] * innerHeight);
  for (const [block, size] of styles) {
    block.style.cssText = `content-visibility:${visibility};${size}`;
  }
  resting = styles.map(([block]) => block);
};

window.wakeOutOfSight = () => {
  if (!waking) wakeWhenIdle();
};

/**
 * Where the reader goes on, the browser itself lets each block wake before it is seen.
 * @param {Event} event
 */
function follow({ type, target }) {
  if (type !== "scroll" && target instanceof Element && target.closest(".explorer")) {
    window.restOutOfSight("auto");
  } else if (resting.length) {
    for (const block of resting) block.style.setProperty("content-visibility", "auto");
    window.wakeOutOfSight();
  }
}

for (const event of ["focusin", "keydown", "pointerdown", "scroll"]) {
  addEventListener(event, follow, { passive: true });
}
for (const event of ["resize", "beforeprint"]) addEventListener(event, () => wake());
