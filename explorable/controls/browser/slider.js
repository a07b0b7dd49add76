// A number from a list; where the explorer computes, any number along the track.

import { number } from "../../trace/browser/number.js";
import { between, position, rounded, walked } from "./between.js";
import { kinds, taken, WALK } from "./control.js";
import { Track } from "./track.js";

/** So near to a special value the pointer takes it, in pixels. */
const NEAR = 5;

/**
 * @typedef {import("./track.js").TrackSpec & {
 *   fine?: boolean, values?: number[], marks?: number[], spec?: string,
 * }} SliderSpec
 *   Whether it may stand between its values; these, the special ones, and the format of both.
 */

/** @extends {Track<SliderSpec>} */
class Slider extends Track {
  /** @param {SliderSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    this.values = spec.values ?? spec.keys.map(Number);
    if (!spec.fine) return;
    this.field.step = "any";
    this.field.addEventListener("keydown", (event) => {
      const [across, up] = WALK[event.key] ?? [0, 0];
      if (!(across + up) || taken(event)) return;
      event.preventDefault();
      const leap = Math.sign(up) * Math.max(1, Math.round(this.count / 10));
      this.set(walked(this.along, Number.isFinite(up) ? across + up : leap));
    });
  }

  get value() {
    return this.made === undefined ? this.values[this.at] : Number(this.made);
  }

  /** @param {Place} place */
  alongOf(place) {
    return typeof place === "number" ? place : position(this.values, Number(place));
  }

  /** @param {number} along */
  placeAt(along) {
    return this.spec.fine ? this.nearest(between(this.values, along)) : super.placeAt(along);
  }

  get text() {
    const { spec, texts } = this.spec;
    if (this.made === undefined) return super.text;
    return texts[0].replace(number(this.values[0], spec), number(this.value, spec));
  }

  /** @param {string} written */
  find(written) {
    const [value, { values }] = [Number(written || NaN), this];
    const inside = value >= values[0] && value <= values[this.count - 1];
    return super.find(written) ?? (this.spec.fine && inside ? this.nearest(value) : undefined);
  }

  /** @param {number} along */
  choose(along) {
    if (!this.spec.fine) return super.choose(along);
    const near = (NEAR * this.count) / this.field.clientWidth;
    const mark = this.spec.marks?.find(
      (value) => Math.abs(position(this.values, value) - along) < near,
    );
    this.take(this.nearest(mark ?? between(this.values, along)));
  }

  /** @param {number} value @returns {Place} */
  nearest(value) {
    const near = rounded(value, this.values, this.spec.spec ?? "");
    const index = this.values.indexOf(near);
    return index < 0 ? String(near) : index;
  }
}

kinds.slider = Slider;
