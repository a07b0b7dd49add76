// A point picked on a plane: its handle is dragged, or walks with the arrow keys; a click or a tap
// on the plane calls it.

import { Control, drag, kinds, taken, WALK, where, within } from "./control.js";

/**
 * @typedef {Omit<ControlSpec, "keys"> & {
 *   nth: number, xs: number[], ys: number[], keys: [string[], string[]],
 *   texts: [string[], string[]][], by?: string, names: [string, string],
 * }} PointSpec
 *   Which of the panel's handles; where columns and rows lie on the panel, in percent; what a link
 *   writes for each column and row, and what a reader sees, by the option of the control `by`; the
 *   names of the axes.
 */

/** How far beside its outermost places a point may be picked, in percent of the panel. */
const MARGIN = 4;

/** @extends {Control<any>} */
class Point extends Control {
  /** @type {Control<any> | undefined} */
  by = undefined;
  able = true;

  /** @param {PointSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    const { panel } = this;
    const { xs, ys, nth } = spec;
    /** @type {NodeListOf<HTMLElement>} */
    const handles = panel.querySelectorAll(".explorer-handle");
    const handle = handles[nth];
    this.handle = handle;
    this.output = /** @type {Element} */ (this.box.querySelector(".explorer-value"));

    /** @param {MouseEvent} event */
    const place = (event) => where(panel, event).map((share) => 100 * share);

    /** @param {MouseEvent} event */
    const pick = (event) => {
      const [x, y] = place(event);
      this.stand(nearest(xs, x), nearest(ys, y));
    };

    /** @param {MouseEvent} event */
    function inside(event) {
      const [x, y] = place(event);
      return near(xs, x) && near(ys, y);
    }

    /**
     * Of several handles on one panel, the nearest follows the pointer.
     *
     * @param {MouseEvent} event
     */
    function mine(event) {
      const far = [...handles].map((other) => {
        const box = other.getBoundingClientRect();
        return Math.hypot(
          event.clientX - box.left - box.width / 2,
          event.clientY - box.top - box.height / 2,
        );
      });
      return far.indexOf(Math.min(...far)) === nth;
    }

    drag(panel, (event) => {
      const on = event.target === handle;
      // A finger that lands beside the handle may want to scroll or swipe; a tap picks below.
      if (!this.able || event.button) return undefined;
      if (!on && (event.pointerType === "touch" || !inside(event) || !mine(event))) return undefined;
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
      const [column, row] = this.cell;
      this.stand(column + step[0], row + step[1]);
    });
  }

  get count() {
    return this.spec.xs.length * this.spec.ys.length;
  }

  /** Its column and row. */
  get cell() {
    const across = this.spec.xs.length;
    return [this.at % across, Math.floor(this.at / across)];
  }

  get key() {
    const [column, row] = this.cell;
    const [xs, ys] = this.spec.keys;
    return `${xs[column]},${ys[row]}`;
  }

  /** @param {string} written */
  find(written) {
    const [x, y] = written.split(",");
    const [xs, ys] = this.spec.keys;
    const [column, row] = [xs.indexOf(x), ys.indexOf(y)];
    return column < 0 || row < 0 ? undefined : row * xs.length + column;
  }

  /** @param {Control<any>[]} others */
  meet(others) {
    this.by = others.find(({ spec }) => spec.key === this.spec.by);
    this.by?.followers.push(this);
  }

  /** @param {number} column @param {number} row */
  stand(column, row) {
    const { xs, ys } = this.spec;
    this.set(within(row, ys.length) * xs.length + within(column, xs.length));
  }

  show() {
    const { names, texts, xs, ys } = this.spec;
    const [column, row] = this.cell;
    const [across, up] = texts[this.by?.at ?? 0];
    const [x, y] = [across[column], up[row]];
    this.handle.style.left = `${xs[column]}%`;
    this.handle.style.top = `${ys[row]}%`;
    this.handle.setAttribute("aria-valuenow", String(this.at));
    this.handle.setAttribute("aria-valuetext", `${names[0]} = ${x}, ${names[1]} = ${y}`);
    this.output.textContent = `(${x}, ${y})`;
  }

  /** @param {boolean} able */
  enable(able) {
    this.able = able;
    this.handle.tabIndex = able ? 0 : -1;
    this.handle.setAttribute("aria-disabled", String(!able));
  }
}

/** @param {number[]} places @param {number} wanted */
function nearest(places, wanted) {
  const far = places.map((place) => Math.abs(place - wanted));
  return far.indexOf(Math.min(...far));
}

/** @param {number[]} places @param {number} at */
function near(places, at) {
  return at > Math.min(...places) - MARGIN && at < Math.max(...places) + MARGIN;
}

kinds.point = Point;
