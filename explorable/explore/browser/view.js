// A space turns with its slider, or when a mouse drags it sideways; a finger swipes to the next.

import { turn } from "../../controls/space.js";

/** A step for each so many pixels. */
const PIXELS = 3;

/**
 * @param {Element} panel
 * @param {import("../../controls/control.js").Control} control
 * @param {TurnSpec} spec
 */
export function view(panel, control, { step, ...view }) {
  control.shows.push(() => turn(panel, { ...view, angle: (control.at * step * Math.PI) / 180 }));
  panel.classList.add("explorer-turns");
  /** @type {{ x: number, at: number } | undefined} */
  let from;
  panel.addEventListener("pointerdown", (event) => {
    const { pointerType, clientX, pointerId } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch") return;
    from = { x: clientX, at: control.at };
    panel.setPointerCapture(pointerId);
  });
  panel.addEventListener("pointermove", (event) => {
    if (!from) return;
    const far = Math.round((/** @type {PointerEvent} */ (event).clientX - from.x) / PIXELS);
    control.set((from.at + far + 10 * control.count) % control.count);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    panel.addEventListener(end, () => (from = undefined));
  }
}
