// On paper folds are open, and equations no wider than the paper.

/** @type {HTMLDetailsElement[]} */
let opened = [];
/** @type {HTMLElement[]} */
let shrunk = [];

addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")].map(
    (fold) => /** @type {HTMLDetailsElement} */ (fold),
  );
  for (const fold of opened) fold.open = true;
  shrunk = [...document.querySelectorAll("main .equation > .scroll")]
    .map((frame) => /** @type {HTMLElement} */ (frame))
    .filter((frame) => frame.scrollWidth > frame.clientWidth + 1);
  for (const frame of shrunk) {
    frame.style.fontSize = `${(95 * frame.clientWidth) / frame.scrollWidth}%`;
  }
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  for (const frame of shrunk) frame.style.fontSize = "";
});
