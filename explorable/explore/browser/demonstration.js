// "Show it": the controls move to the states that decide a prediction, one after another.

import { calm } from "../../controls/browser/steps.js";

/** How long they take to a state, and how long they stand there, in milliseconds. */
const [MOVE, STAND] = [500, 1200];

/**
 * @param {Controls} controls
 * @param {Place[][]} states
 * @param {(at: boolean) => void} show Shows where the controls stand: at a state, or on the way.
 * @returns {{ begin: (jumping: boolean) => void, halt: () => void }}
 */
export function demonstration(controls, states, show) {
  /** @type {number | undefined} */
  let timer;
  let frame = 0;

  function halt() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }

  /** @param {Place[][]} left @param {boolean} jumping */
  function visit([state, ...left], jumping) {
    if (!state) return;
    const ways = controls.map((control, k) => control.way(state[k]));
    const still = jumping || controls.every(({ now }, k) => now === state[k]);
    const began = performance.now();
    const move = () => {
      const share = still ? 1 : Math.min(1, (performance.now() - began) / MOVE);
      controls.forEach((control, k) => control.place(share < 1 ? ways[k](share) : state[k]));
      show(share === 1);
      if (share < 1) frame = requestAnimationFrame(move);
      else timer = setTimeout(() => visit(left, jumping), STAND);
    };
    move();
  }

  return { begin: (jumping) => visit(states, jumping || calm.matches), halt };
}
