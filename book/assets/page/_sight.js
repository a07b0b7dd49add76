// A chapter has 25,000 elements of formulas. What is out of sight rests while the page changes as a
// whole, and while an explorer is in use, whose every frame would walk all of them.

/** How far out of sight a block is that may rest, in pixels. */
const SIGHT = 200;
/** How many of them wake at a time, while nothing else is to be done. */
const AT_A_TIME = 4;

/** @type {HTMLElement[]} */
let resting = [];

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
  const styles = outOfSight(document.querySelector("article > section"));
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
