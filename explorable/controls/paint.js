// A picture that the reader paints: 8 by 8 cells of ink, pictures to begin with, arrows that slide.

import { fill } from "../explore/browser/words.js";

/** How a link, and Python, write the ink of a cell: 0 to 16 sixteenths. */
const INK = "0123456789abcdefg";
const SIDE = 8;
const FULL = INK.length - 1;

/** Within this distance of a stroke, in cells, the ink is full; from there it fades over a cell. */
const CORE = 0.25;

/** Where a key moves the cell that has the focus: rows, columns. */
const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -SIDE],
  End: [0, SIDE],
  PageUp: [-SIDE, 0],
  PageDown: [SIDE, 0],
};

/**
 * @param {HTMLElement} panel
 * @param {import("./control.js").Control} control
 * @param {PaintSpec} spec
 */
export function paint(panel, control, spec) {
  const canvas = /** @type {HTMLElement} */ (panel.querySelector(".explorer-canvas"));
  const cells = /** @type {HTMLElement[]} */ ([...canvas.querySelectorAll("[role=gridcell]")]);
  const buttons = /** @type {HTMLButtonElement[]} */ ([...control.box.querySelectorAll("button")]);
  const eraser = /** @type {HTMLButtonElement} */ (control.box.querySelector("[data-erase]"));
  let able = false;
  let focus = 0;
  /**
   * Where the pointer was, in cells, while it is down.
   *
   * @type {[number, number] | undefined}
   */
  let from;

  const levels = () => [...(control.made ?? spec.keys[control.at])].map((letter) => INK.indexOf(letter));

  /** @param {string} written */
  function take(written) {
    const index = spec.keys.indexOf(written);
    control.take(index < 0 ? written : index);
  }

  /** @param {number[]} levels */
  const put = (levels) => take(levels.map((level) => INK[level]).join(""));

  /** @param {PointerEvent} event @returns {[number, number]} */
  function where({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    return [
      ((clientX - box.left) / box.width) * SIDE - 0.5,
      ((clientY - box.top) / box.height) * SIDE - 0.5,
    ];
  }

  /**
   * @param {[number, number]} start
   * @param {[number, number]} end
   */
  function stroke([x0, y0], [x1, y1]) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy;
    const erasing = eraser.ariaPressed === "true";
    put(
      levels().map((level, cell) => {
        const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
        const along = length ? ((x - x0) * dx + (y - y0) * dy) / length : 0;
        const near = Math.max(0, Math.min(1, along));
        const far = Math.hypot(x - x0 - near * dx, y - y0 - near * dy);
        const ink = Math.round(FULL * Math.max(0, Math.min(1, 1 + CORE - far)));
        return erasing ? Math.min(level, FULL - ink) : Math.max(level, ink);
      }),
    );
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!able || event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    from = where(event);
    stroke(from, from);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = where(event);
    stroke(from, to);
    from = to;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => (from = undefined));
  }

  canvas.addEventListener("keydown", (event) => {
    if (!able || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = MOVES[/** @type {keyof typeof MOVES} */ (event.key)];
    const level = levels()[focus];
    if (move) {
      const clamp = (/** @type {number} */ at) => Math.max(0, Math.min(SIDE - 1, at));
      const [row, column] = [Math.floor(focus / SIDE), focus % SIDE];
      cells[focus].tabIndex = -1;
      focus = clamp(row + move[0]) * SIDE + clamp(column + move[1]);
      cells[focus].tabIndex = 0;
      cells[focus].focus({ preventScroll: true });
    } else if (event.key === " " || event.key === "Enter") ink(level ? 0 : FULL);
    else if (event.key === "Delete" || event.key === "Backspace") ink(0);
    else if (event.key === "+") ink(Math.min(FULL, level + 4));
    else if (event.key === "-") ink(Math.max(0, level - 4));
    else return;
    event.preventDefault();
  });

  /** @param {number} level */
  function ink(level) {
    const next = levels();
    next[focus] = level;
    put(next);
  }

  /** @param {number} across @param {number} down */
  function slide(across, down) {
    const before = levels();
    put(
      before.map((_, cell) => {
        const [x, y] = [(cell % SIDE) - across, Math.floor(cell / SIDE) - down];
        const inside = x >= 0 && x < SIDE && y >= 0 && y < SIDE;
        return inside ? before[y * SIDE + x] : 0;
      }),
    );
  }

  for (const button of buttons) {
    const { picture, slide: step } = button.dataset;
    button.onclick = () => {
      if (button === eraser) eraser.ariaPressed = String(eraser.ariaPressed !== "true");
      else if (picture) control.take(Number(picture));
      else if (step) slide(...pair(step));
      else put(cells.map(() => 0));
    };
  }

  control.shows.push(() => {
    levels().forEach((level, cell) => {
      cells[cell].style.setProperty("--v", String(level / FULL));
      cells[cell].ariaLabel = fill(spec.cell, {
        row: Math.floor(cell / SIDE) + 1,
        column: (cell % SIDE) + 1,
        ink: Math.round((100 * level) / FULL),
      });
    });
    for (const button of buttons) {
      if (button.dataset.picture) {
        button.ariaPressed = String(Number(button.dataset.picture) === control.now);
      }
    }
  });
  control.enables.push((enabled) => {
    able = enabled;
    canvas.ariaDisabled = String(!enabled);
    for (const button of buttons) button.disabled = !enabled;
  });
}

/** @param {string} written */
export function isPicture(written) {
  return /^[0-9a-g]{64}$/.test(written);
}

/** @param {string} step @returns {[number, number]} */
function pair(step) {
  const [across, down] = step.split(",").map(Number);
  return [across, down];
}
