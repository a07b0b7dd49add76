// A derivation shows its next step at the press of a button, or all of them.

/** @param {Element} chain */
function prepare(chain) {
  const steps = [...chain.querySelectorAll(".step")];
  const buttons = /** @type {HTMLElement} */ (chain.querySelector(".steps"));
  const [next, all] = buttons.children;

  /** @param {number} count */
  function show(count) {
    const focused = buttons.contains(document.activeElement);
    steps.slice(0, count).forEach((step) => step.removeAttribute("hidden"));
    buttons.hidden = !chain.querySelector(".step[hidden]");
    const last = /** @type {HTMLElement} */ (steps[count - 1]);
    if (buttons.hidden && focused) {
      last.tabIndex = -1;
      last.focus({ preventScroll: true }); // the button that had it is gone
    }
  }

  next.addEventListener("click", () => show(steps.findIndex((step) => step.hasAttribute("hidden")) + 1));
  all.addEventListener("click", () => show(steps.length));
  steps.forEach((step, at) => step.addEventListener("beforematch", () => show(at + 1)));
}

document.querySelectorAll(".derivation").forEach(prepare);
