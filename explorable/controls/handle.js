// A point picked on a plane: its handle is dragged, or walks with the arrow keys; a click or a tap
// on the plane calls it.

/** How far beside its outermost places a point may be picked, in percent of the panel. */
const MARGIN = 4;

/** @type {Record<string, (across: number, up: number) => [number, number]>} */
const KEYS = {
  ArrowLeft: () => [-1, 0],
  ArrowRight: () => [1, 0],
  ArrowUp: () => [0, 1],
  ArrowDown: () => [0, -1],
  Home: (across) => [-across, 0],
  End: (across) => [across, 0],
  PageUp: (_, up) => [0, up],
  PageDown: (_, up) => [0, -up],
};

/**
 * @param {HTMLElement} panel
 * @param {import("./control.js").Control} control
 * @param {PointSpec} spec
 * @param {() => number} option Which option of the control `by` is chosen.
 */
export function handle(panel, control, { xs, ys, nth, names, texts }, option) {
  const handles = /** @type {NodeListOf<HTMLElement>} */ (
    panel.querySelectorAll(".explorer-handle")
  );
  const handle = handles[nth];
  const value = /** @type {Element} */ (control.box.querySelector(".explorer-value"));
  let able = true;

  control.shows.push(() => {
    const [column, row] = [control.at % xs.length, Math.floor(control.at / xs.length)];
    const [x, y] = [texts[option()][0][column], texts[option()][1][row]];
    handle.style.left = `${xs[column]}%`;
    handle.style.top = `${ys[row]}%`;
    handle.setAttribute("aria-valuenow", String(control.at));
    handle.setAttribute("aria-valuetext", `${names[0]} = ${x}, ${names[1]} = ${y}`);
    value.textContent = `(${x}, ${y})`;
  });
  control.enables.push((now) => {
    able = now;
    handle.tabIndex = able ? 0 : -1;
    handle.setAttribute("aria-disabled", String(!able));
  });

  /** @param {MouseEvent} event */
  function where({ clientX, clientY }) {
    const box = panel.getBoundingClientRect();
    return [
      ((clientX - box.left) / box.width) * 100,
      ((clientY - box.top) / box.height) * 100,
    ];
  }

  /** @param {MouseEvent} event */
  function pick(event) {
    const [x, y] = where(event);
    control.set(nearest(ys, y) * xs.length + nearest(xs, x));
  }

  /** @param {MouseEvent} event */
  function inside(event) {
    const [x, y] = where(event);
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

  let dragging = false;
  panel.addEventListener("pointerdown", (event) => {
    const on = event.target === handle;
    // A finger that lands beside the handle may want to scroll or swipe; a tap picks below.
    if (!able || event.button || (!on && (event.pointerType === "touch" || !inside(event)))) return;
    if (!on && !mine(event)) return;
    dragging = true;
    panel.setPointerCapture(event.pointerId);
    if (!on) pick(event);
    handle.focus({ preventScroll: true });
    event.preventDefault();
  });
  panel.addEventListener("pointermove", (event) => dragging && pick(event));
  for (const end of ["pointerup", "pointercancel"]) {
    panel.addEventListener(end, () => (dragging = false));
  }
  panel.addEventListener("click", (event) => {
    const touch = /** @type {PointerEvent} */ (event).pointerType === "touch";
    if (able && touch && inside(event) && mine(event)) pick(event);
  });
  handle.addEventListener("keydown", (event) => {
    const step = KEYS[event.key]?.(xs.length, ys.length);
    if (!able || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const column = clamp((control.at % xs.length) + step[0], xs.length);
    const row = clamp(Math.floor(control.at / xs.length) + step[1], ys.length);
    control.set(row * xs.length + column);
  });
}

/**
 * @param {number[]} places
 * @param {number} wanted
 */
function nearest(places, wanted) {
  const far = places.map((place) => Math.abs(place - wanted));
  return far.indexOf(Math.min(...far));
}

/**
 * @param {number[]} places
 * @param {number} at
 */
function near(places, at) {
  return at > Math.min(...places) - MARGIN && at < Math.max(...places) + MARGIN;
}

/**
 * @param {number} value
 * @param {number} count
 */
function clamp(value, count) {
  return Math.max(0, Math.min(count - 1, value));
}
