// In a notebook the kernel answers with what changed. Only the newest wish is sent.

import { specification, start } from "./card.js";

/** How long a kernel may take before the reader is told that it is silent, in milliseconds. */
const PATIENCE = 5000;

/** @param {Model} model @returns {(told: Told) => Source} */
function fromKernel(model) {
  return ({ put, ready, shown, trouble }) => {
    let busy = false;
    /** @type {Place[] | undefined} */
    let next;
    /** @type {number | undefined} */
    let timer;

    // Jupyter's server holds the answer back until the message "busy", which runs ahead of it, is
    // acknowledged (Nagle); alone, that takes 40 ms. Any message carries it at once.
    /** @param {{ content: { execution_state: string } }} status */
    function nudge({ content }) {
      if (content.execution_state === "busy") model.send({});
    }

    /** @param {Place[]} places */
    function send(places) {
      next = places;
      if (busy) return;
      busy = true;
      timer = setTimeout(() => trouble("silent"), PATIENCE);
      model.send({ indices: next }, { iopub: { status: nudge } });
      next = undefined;
    }

    model.on("msg:custom", ({ changes }) => {
      clearTimeout(timer);
      trouble("");
      for (const change of changes) put(...change);
      shown();
      busy = false;
      if (next) send(next);
    });
    queueMicrotask(ready);
    return { show: send };
  };
}

/** @param {{ model: Model, el: HTMLElement }} view */
export function render({ model, el }) {
  el.innerHTML = model.get("card");
  // Jupyter's shortcuts would take arrows, Space and letters away from the controls; those with
  // Ctrl stay. JupyterLab and VS Code hear keys on their way up from a control, Notebook on their
  // way down to it: there only the window, which hears them first, can mark them.
  /** @param {KeyboardEvent} event */
  const keep = (event) => !event.ctrlKey && !event.metaKey;
  /** @param {KeyboardEvent} event */
  function mark(event) {
    const target = /** @type {Element} */ (event.target);
    if (el.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", keep(event));
  }
  addEventListener("keydown", mark, true);
  el.addEventListener("keydown", (event) => keep(event) && event.stopPropagation());
  const root = /** @type {HTMLElement} */ (el.firstElementChild);
  const stop = start(root, specification(root), fromKernel(model));
  return () => {
    removeEventListener("keydown", mark, true);
    stop();
  };
}
