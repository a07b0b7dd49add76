// A control that the browser's own slider moves.

import { Control } from "./control.js";

/** A finger that moved this far sideways means the slider, not the page; in pixels. */
const SIDEWAYS = 8;

/** @typedef {ControlSpec & { texts: string[] }} TrackSpec */

/** @template {TrackSpec} [Spec=TrackSpec] @extends {Control<Spec>} */
export class Track extends Control {
  /** @param {Spec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    this.field = /** @type {HTMLInputElement} */ (this.box.querySelector("input"));
    this.output = /** @type {Element} */ (this.box.querySelector(".explorer-value"));
    const waits = this.landing();
    this.field.addEventListener("input", () => {
      const along = Number(this.field.value);
      if (!waits(along)) this.choose(along);
    });
  }

  /** Where it stands along the track: an index, or between two. */
  get along() {
    return this.alongOf(this.now);
  }

  /** @param {Place} place */
  alongOf(place) {
    return Number(place);
  }

  /**
   * Return the place that is nearest to somewhere along the track.
   * @param {number} along
   * @returns {Place}
   */
  placeAt(along) {
    return Math.round(along);
  }

  /** @param {Place} place */
  way(place) {
    const [from, to] = [this.along, this.alongOf(place)];
    return (/** @type {number} */ share) => this.placeAt(from + share * (to - from));
  }

  /** How the reader sees where it stands. */
  get text() {
    return this.spec.texts[this.at];
  }

  /** @param {number} along Take what the reader chose along the track. */
  choose(along) {
    this.pause();
    this.set(along);
  }

  show() {
    const { along, text } = this;
    this.field.value = String(along);
    this.field.setAttribute("aria-valuetext", text);
    this.field.style.setProperty("--at", String(along / (this.count - 1 || 1)));
    this.output.textContent = text;
  }

  /** @param {boolean} able */
  enable(able) {
    this.field.disabled = !able;
  }

  /**
   * Let a finger that lands on a slider scroll the page: what it wants of the slider waits until
   * it moves sideways or lifts, and is forgotten when the page takes it over.
   * @returns {(along: number) => boolean} Whether this wish has to wait.
   */
  landing() {
    const { field } = this;
    /** @type {{ x: number, y: number, wish?: number } | undefined} */
    let finger;

    const decide = () => {
      const wish = finger?.wish;
      finger = undefined;
      if (wish !== undefined) this.choose(wish);
    };

    field.addEventListener("pointerdown", ({ pointerType, clientX, clientY }) => {
      if (pointerType === "touch") finger = { x: clientX, y: clientY };
    });
    field.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!finger) return;
      const sideways = Math.abs(clientX - finger.x);
      if (sideways > SIDEWAYS && sideways > Math.abs(clientY - finger.y)) decide();
    });
    field.addEventListener("pointerup", decide);
    field.addEventListener("pointercancel", () => (finger = undefined));
    return (along) => {
      if (!finger) return false;
      finger.wish = along;
      field.value = String(this.along);
      return true;
    };
  }
}
