// The explorers of the book: in the static page each card that stands there comes to life, in a
// notebook each card that live.py sends. What is seen is drawn by the same few lines either way.

import { specification, start } from "./card.js";
import { fromProgram } from "./sources/computed.js";
import { render } from "./notebook.js";
import { fromFile } from "./sources/states.js";

globalThis.explorableLive = { render };

function begin() {
  for (const root of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".explorer")
  )) {
    // A page that a browser saved is as it was left: its pictures need not be the first ones.
    const saved = "alive" in root.dataset;
    delete root.dataset.ready;
    const spec = specification(root);
    start(root, spec, (spec.computed ? fromProgram : fromFile)(root, spec.file, saved));
  }
}

if (document.currentScript) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
}
