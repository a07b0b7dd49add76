// A picture that the reader paints: cells of ink, pictures to begin with, arrows that slide.

import { filled } from "../../trace/browser/number.js";
import { Control, drag, kinds, taken, WALK, where, within } from "./control.js";

/** How a link, and Python, write the ink of a cell: 0 to 16 sixteenths. */
const INK = "0123456789abcdefg";
const FULL = INK.length - 1;

/** Within this distance of a stroke, in cells, the ink is full; from there it fades over a cell. */
const CORE = 0.25;

/** @typedef {ControlSpec & { cell: string }} PaintSpec What a cell is called, a template. */

/** @extends {Control<PaintSpec>} */
class Paint extends Control {
  able = false;
  /** The cell that has the focus. */
  focus = 0;

  /** @param {PaintSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    const canvas = /** @type {HTMLElement} */ (this.panel.querySelector(".explorer-canvas"));
    this.canvas = canvas;
    this.cells = /** @type {HTMLElement[]} */ ([...canvas.querySelectorAll("[role=gridcell]")]);
    this.rows = canvas.querySelectorAll("[role=row]").length;
    this.columns = this.cells.length / this.rows;
    this.buttons = this.box.querySelectorAll("button");
    this.eraser = /** @type {HTMLButtonElement} */ (this.box.querySelector("[data-erase]"));

    drag(canvas, (event) => {
      if (!this.able || event.button) return undefined;
      event.preventDefault();
      const cell = (/** @type {PointerEvent} */ event) => {
        const [x, y] = where(canvas, event);
        return [x * this.columns - 0.5, y * this.rows - 0.5];
      };
      let from = cell(event);
      this.stroke(from, from);
      return (event) => {
        const to = cell(event);
        this.stroke(from, to);
        from = to;
      };
    });
    canvas.addEventListener("keydown", (event) => this.press(event));
    for (const button of this.buttons) {
      const { picture, slide } = button.dataset;
      button.onclick = () => {
        if (button === this.eraser) button.ariaPressed = String(button.ariaPressed !== "true");
        else if (picture) this.take(Number(picture));
        else if (slide) this.slide(slide);
        else this.put(this.cells.map(() => 0));
      };
    }
  }

  /** The ink of each cell, in sixteenths. */
  get levels() {
    return [...this.key].map((letter) => INK.indexOf(letter));
  }

  get value() {
    return this.levels.map((level) => level / FULL);
  }

  /** @param {string} written */
  find(written) {
    const picture = written.length === this.cells.length && /^[0-9a-g]*$/.test(written);
    return super.find(written) ?? (picture ? written : undefined);
  }

  /** @param {number[]} levels */
  put(levels) {
    const written = levels.map((level) => INK[level]).join("");
    this.take(super.find(written) ?? written);
  }

  /** @param {number[]} start @param {number[]} end */
  stroke([x0, y0], [x1, y1]) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy;
    const erasing = this.eraser.ariaPressed === "true";
    this.put(
      this.levels.map((level, cell) => {
        const [x, y] = [cell % this.columns, Math.floor(cell / this.columns)];
        const along = length ? ((x - x0) * dx + (y - y0) * dy) / length : 0;
        const near = Math.max(0, Math.min(1, along));
        const far = Math.hypot(x - x0 - near * dx, y - y0 - near * dy);
        const ink = Math.round(FULL * Math.max(0, Math.min(1, 1 + CORE - far)));
        return erasing ? Math.min(level, FULL - ink) : Math.max(level, ink);
      }),
    );
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!this.able || taken(event)) return;
    const { focus, levels } = this;
    const level = levels[focus];
    const ink = (/** @type {number} */ next) =>
      this.put(levels.map((old, cell) => (cell === focus ? next : old)));
    const move = WALK[event.key];
    if (move) this.walk(move);
    else if (event.key === " " || event.key === "Enter") ink(level ? 0 : FULL);
    else if (event.key === "Delete" || event.key === "Backspace") ink(0);
    else if (event.key === "+") ink(Math.min(FULL, level + 4));
    else if (event.key === "-") ink(Math.max(0, level - 4));
    else return;
    event.preventDefault();
  }

  /** @param {[across: number, up: number]} move */
  walk([across, up]) {
    const { cells, columns, rows } = this;
    cells[this.focus].tabIndex = -1;
    this.focus =
      within(Math.floor(this.focus / columns) - up, rows) * columns +
      within((this.focus % columns) + across, columns);
    cells[this.focus].tabIndex = 0;
    cells[this.focus].focus({ preventScroll: true });
  }

  /** @param {string} step To the right and down: "-1,0". */
  slide(step) {
    const [across, down] = step.split(",").map(Number);
    const { columns, levels, rows } = this;
    this.put(
      levels.map((_, cell) => {
        const [x, y] = [(cell % columns) - across, Math.floor(cell / columns) - down];
        const inside = x >= 0 && x < columns && y >= 0 && y < rows;
        return inside ? levels[y * columns + x] : 0;
      }),
    );
  }

  show() {
    this.levels.forEach((level, cell) => {
      this.cells[cell].style.setProperty("--v", String(level / FULL));
      this.cells[cell].ariaLabel = filled(this.spec.cell, {
        row: Math.floor(cell / this.columns) + 1,
        column: (cell % this.columns) + 1,
        ink: Math.round((100 * level) / FULL),
      });
    });
    for (const button of this.buttons) {
      const { picture } = button.dataset;
      if (picture) button.ariaPressed = String(Number(picture) === this.now);
    }
  }

  /** @param {boolean} able */
  enable(able) {
    this.able = able;
    this.canvas.ariaDisabled = String(!able);
    for (const button of this.buttons) button.disabled = !able;
  }
}

kinds.paint = Paint;
