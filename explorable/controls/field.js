// Native inputs: sliders and lists.

/** A finger that moved this far sideways means the slider, not the page; in pixels. */
const SIDEWAYS = 8;

/**
 * @param {import("./control.js").Control} control
 * @param {string[]} texts
 */
export function field(control, texts) {
  const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (
    control.box.querySelector("input,select")
  );
  const value = control.box.querySelector(".explorer-value");
  const list = field instanceof HTMLSelectElement;
  const finger = list ? undefined : landing(field, control);

  field.addEventListener("input", () => {
    const index = list ? field.selectedIndex : Number(field.value);
    if (finger?.(index)) return;
    control.pause();
    control.set(index);
  });
  control.shows.push(() => {
    if (list) {
      field.selectedIndex = control.at;
      return;
    }
    field.value = String(control.at);
    field.setAttribute("aria-valuetext", texts[control.at]);
    field.style.setProperty("--at", String(control.at / (texts.length - 1 || 1)));
    if (value) value.textContent = texts[control.at];
  });
  control.enables.push((able) => (field.disabled = !able));
}

/**
 * Let a finger that lands on a slider scroll the page: what it wants of the slider waits until it
 * moves sideways or lifts, and is forgotten when the page takes it over.
 *
 * @param {HTMLInputElement} field
 * @param {import("./control.js").Control} control
 * @returns {(index: number) => boolean} Whether this wish has to wait.
 */
function landing(field, control) {
  /** @type {{ x: number, y: number, wish?: number } | undefined} */
  let finger;

  function decide() {
    const wish = finger?.wish;
    finger = undefined;
    if (wish === undefined) return;
    control.pause();
    control.set(wish);
  }

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
  return (index) => {
    if (!finger) return false;
    finger.wish = index;
    field.value = String(control.at);
    return true;
  };
}
