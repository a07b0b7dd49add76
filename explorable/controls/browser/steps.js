// Steps can be played, and taken one or several at a time.

import { kinds } from "./control.js";
import { Track } from "./track.js";

export const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @typedef {import("./track.js").TrackSpec & { pace: number }} StepsSpec
 *   The milliseconds that a played step takes.
 */

/** @extends {Track<StepsSpec>} */
class Steps extends Track {
  /** @type {number | undefined} */
  timer = undefined;

  /** @param {StepsSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    this.buttons = this.box.querySelectorAll("button");
    this.player = /** @type {HTMLButtonElement} */ (this.box.querySelector(".explorer-play"));
    this.pause();
    this.player.onclick = () => (this.timer ? this.pause() : this.play());
    for (const button of this.buttons) {
      const { leap } = button.dataset;
      if (leap) button.onclick = () => this.choose(this.at + Number(leap));
    }
  }

  play() {
    const last = this.count - 1;
    if (calm.matches) {
      this.set(this.at === last ? 0 : last);
      return;
    }
    if (this.at === last) this.set(0);
    this.player.textContent = this.player.dataset.pause ?? "";
    this.timer = setInterval(() => {
      this.set(this.at + 1);
      if (this.at === last) this.pause();
    }, this.spec.pace);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.player.textContent = this.player.dataset.play ?? "";
  }

  /** @param {boolean} able */
  enable(able) {
    super.enable(able);
    for (const button of this.buttons) button.disabled = !able;
  }
}

kinds.steps = Steps;
