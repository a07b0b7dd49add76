// The drills of a page come to life.

import { start } from "./card.js";

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".drill"))) {
  start(root);
}
