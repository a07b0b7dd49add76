// A space turns with its slider, or when a mouse drags it sideways; a finger swipes to the next.

import { drag, kinds } from "./control.js";
import { turn } from "./space.js";
import { Track } from "./track.js";

/** A step for each so many pixels. */
const PIXELS = 3;

/** @typedef {import("./track.js").TrackSpec & View & { step: number }} TurnSpec */

/** @extends {Track<TurnSpec>} */
class Turn extends Track {
  hasStates = false;

  /** @param {TurnSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    this.panel.classList.add("explorer-turns");
    drag(this.panel, ({ pointerType, clientX: from }) => {
      const { at } = this;
      if (pointerType === "touch") return undefined;
      return ({ clientX }) => {
        const far = Math.round((clientX - from) / PIXELS);
        this.set((at + far + 10 * this.count) % this.count);
      };
    });
  }

  show() {
    super.show();
    turn(this.panel, { ...this.spec, angle: (this.at * this.spec.step * Math.PI) / 180 });
  }

  /** It asks for no picture, and can be used from the beginning. */
  enable() {
    super.enable(true);
  }
}

kinds.turn = Turn;
