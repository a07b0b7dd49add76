// A point picked on a plane: its handle is dragged, or walks with the arrow keys; a click or a tap
// on the plane calls it.

import { number } from "../../trace/browser/number.js";
import { position, rounded, walked } from "./between.js";
import { Control, drag, kinds, taken, WALK, where, within } from "./control.js";

/**
 * @typedef {Omit<ControlSpec, "keys"> & {
 *   nth: number, xs: number[], ys: number[], keys: string[][], texts: string[][][],
 *   names: string[], by?: string, fine?: boolean, values?: number[][], log?: boolean[],
 *   frames?: number[][][], spec?: string,
 * }} PointSpec
 *   Which of the panel's handles; where columns and rows lie on the panel, in percent; what a link
 *   writes for each column and row, and what a reader sees, by the option of the control `by`; the
 *   names of the axes. Whether it may stand between them; then the values of columns and rows,
 *   whether the axes are logarithmic, what is shown at 0 and how much more at 1, by option, and
 *   with which format.
 */

/** How far beside its outermost places a point may be picked, in percent of the panel. */
const MARGIN = 4;

/** The places along an axis, by their values, or else by their numbers; and those between them. */
class Axis {
  /** @param {PointSpec} spec @param {number} k Which axis. */
  constructor({ xs, ys, keys, values, log, fine, spec }, k) {
    this.at = [xs, ys][k];
    this.keys = keys[k];
    this.values = values?.[k] ?? [...this.at.keys()];
    /** The format of what lies between, if it counts. */
    this.spec = fine ? spec : undefined;
    const last = this.at.length - 1;
    this.ends = [this.at[0], this.at[last]];
    this.even = log?.[k] ? Math.log10 : (/** @type {number} */ value) => value;
    this.uneven = (/** @type {number} */ even) => (log?.[k] ? 10 ** even : even);
    this.low = this.even(this.values[0]);
    this.range = this.even(this.values[last]) - this.low;
    /** It is picked no finer than to three digits of its range. */
    this.grain = log?.[k] ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(this.range))) - 2);
  }

  /** @param {number} percent */
  near(percent) {
    const beside = [percent - MARGIN, percent + MARGIN];
    return beside[0] < Math.max(...this.at) && beside[1] > Math.min(...this.at);
  }

  /** @param {number} percent */
  pick(percent) {
    const far = this.at.map((place) => Math.abs(place - percent));
    if (this.spec === undefined) return this.values[far.indexOf(Math.min(...far))];
    const [first, last] = this.ends;
    const share = (percent - first) / (last - first || 1);
    return this.nearest(this.uneven(this.low + share * this.range));
  }

  /** @param {number} value */
  nearest(value) {
    const { grain, spec = "", values } = this;
    return rounded(grain ? grain * Math.round(value / grain) : value, values, spec);
  }

  /** @param {string} written @returns {number} */
  find(written) {
    const listed = this.values[this.keys.indexOf(written)];
    const value = this.spec === undefined ? NaN : Number(written || NaN);
    const outside = value < Math.min(...this.values) || value > Math.max(...this.values);
    return listed ?? (outside ? NaN : this.nearest(value));
  }

  /** @param {number} value @param {number} step */
  walk(value, step) {
    if (!step) return value;
    return this.values[within(walked(position(this.values, value), step), this.at.length)];
  }

  /** @param {number} value */
  percent(value) {
    const [first, last] = this.ends;
    return first + ((this.even(value) - this.low) / this.range) * (last - first);
  }
}

/** @extends {Control<any>} */
class Point extends Control {
  /** @type {Control<any> | undefined} */
  by = undefined;
  able = true;

  /** @param {PointSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    const { panel } = this;
    this.axes = [new Axis(spec, 0), new Axis(spec, 1)];
    /** @type {NodeListOf<HTMLElement>} */
    const handles = panel.querySelectorAll(".explorer-handle");
    const handle = handles[spec.nth];
    this.handle = handle;
    this.output = /** @type {Element} */ (this.box.querySelector(".explorer-value"));

    /** @param {MouseEvent} event */
    const percent = (event) => where(panel, event).map((share) => 100 * share);

    /** @param {MouseEvent} event */
    const pick = (event) =>
      this.stand(percent(event).map((place, axis) => this.axes[axis].pick(place)));

    /** @param {MouseEvent} event */
    const inside = (event) => percent(event).every((place, axis) => this.axes[axis].near(place));

    /**
     * Of several handles on one panel, the nearest follows the pointer.
     * @param {MouseEvent} event
     */
    function mine(event) {
      const far = [...handles].map((other) => {
        const [x, y] = where(other, event);
        return Math.hypot(x - 0.5, y - 0.5);
      });
      return far.indexOf(Math.min(...far)) === spec.nth;
    }

    drag(panel, (event) => {
      const on = event.target === handle;
      // A finger that lands beside the handle may want to scroll or swipe; a tap picks below.
      const touch = event.pointerType === "touch";
      if (!this.able || event.button) return undefined;
      if (!on && (touch || !inside(event) || !mine(event))) return undefined;
      if (!on) pick(event);
      handle.focus({ preventScroll: true });
      event.preventDefault();
      return pick;
    });
    panel.addEventListener("click", (event) => {
      const touch = /** @type {PointerEvent} */ (event).pointerType === "touch";
      if (this.able && touch && inside(event) && mine(event)) pick(event);
    });
    handle.addEventListener("keydown", (event) => {
      const step = WALK[event.key];
      if (!this.able || !step || taken(event)) return;
      event.preventDefault();
      this.stand(this.value.map((value, axis) => this.axes[axis].walk(value, step[axis])));
    });
  }

  get count() {
    return this.axes[0].at.length * this.axes[1].at.length;
  }

  /** @returns {number[]} */
  get value() {
    return this.valueAt(this.now);
  }

  /** @param {Place} place @returns {number[]} */
  valueAt(place) {
    if (typeof place === "string") return place.split(",").map(Number);
    return this.cell(place).map((index, axis) => this.axes[axis].values[index]);
  }

  /** @param {number} index @returns {number[]} Its column and row. */
  cell(index) {
    const across = this.axes[0].at.length;
    return [index % across, Math.floor(index / across)];
  }

  /** @param {Place} place */
  way(place) {
    const [from, to] = [this.value, this.valueAt(place)].map((value) =>
      value.map((each, k) => this.axes[k].percent(each)),
    );
    return (/** @type {number} */ share) =>
      this.listed(from.map((each, k) => this.axes[k].pick(each + share * (to[k] - each))));
  }

  get key() {
    return this.made ?? this.cell(this.at).map((index, k) => this.axes[k].keys[index]).join(",");
  }

  /** @param {string} written */
  find(written) {
    const parts = written.split(",");
    const value = this.axes.map((axis, k) => axis.find(parts[k] ?? ""));
    return parts.length > 2 || value.some(Number.isNaN) ? undefined : this.listed(value);
  }

  /** @param {Control<any>[]} others */
  meet(others) {
    this.by = others.find(({ spec }) => spec.key === this.spec.by);
    this.by?.followers.push(this);
  }

  /** @param {number[]} value */
  stand(value) {
    this.take(this.listed(value));
  }

  /** @param {number[]} value @returns {Place} */
  listed(value) {
    const [column, row] = value.map((each, axis) => this.axes[axis].values.indexOf(each));
    return column < 0 || row < 0 ? value.join(",") : row * this.axes[0].at.length + column;
  }

  show() {
    const { frames, names, spec, texts } = this.spec;
    const option = this.by?.at ?? 0;
    const shown = this.value.map((value, k) => {
      const axis = this.axes[k];
      const index = axis.values.indexOf(value);
      if (index >= 0) return { place: axis.at[index], text: texts[option][k][index] };
      const [zero, unit] = frames?.[option][k] ?? [0, 1];
      const called = frames ? Math.round(1e9 * (zero + unit * value)) / 1e9 + 0 : value;
      return { place: axis.percent(value), text: number(called, spec) };
    });
    const [x, y] = shown;
    this.handle.style.left = `${x.place}%`;
    this.handle.style.top = `${y.place}%`;
    this.handle.setAttribute("aria-valuenow", String(this.at));
    this.handle.setAttribute("aria-valuetext", `${names[0]} = ${x.text}, ${names[1]} = ${y.text}`);
    this.output.textContent = `(${x.text}, ${y.text})`;
  }

  /** @param {boolean} able */
  enable(able) {
    this.able = able;
    this.handle.tabIndex = able ? 0 : -1;
    this.handle.setAttribute("aria-disabled", String(!able));
  }
}

kinds.point = Point;
