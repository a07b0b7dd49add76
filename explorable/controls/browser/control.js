// A control: where it stands, how a link writes it, who must know when the reader moves it.

/**
 * The controls that there are, by the kind under which page.py knows them.
 * @type {Record<string, new (spec: any, root: HTMLElement) => Control<any>>}
 */
export const kinds = {};

/**
 * How far keys walk on a plane: to the right, and up.
 * @type {Record<string, [across: number, up: number]>}
 */
export const WALK = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, Infinity],
  PageDown: [0, -Infinity],
};

/** @template {ControlSpec} [Spec=ControlSpec] */
export class Control {
  /** Whether it moves the artists; if not, it moves the reader. */
  hasStates = true;

  /** @type {string | undefined} What the reader made, which has no index, as a link writes it. */
  made = undefined;

  /** @type {Control<any>[]} Controls that look otherwise when this one moves. */
  followers = [];

  /** @param {Spec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    this.spec = spec;
    this.at = spec.start;
    this.box = /** @type {HTMLElement} */ (root.querySelector(`[data-key="${spec.key}"]`));
    /** The panel on which it lies, if there is one: what is under the finger. */
    this.panel = /** @type {HTMLElement} */ (
      root.querySelectorAll(".explorer-panel")[spec.panel ?? -1]
    );
    /** Told when the reader moves it. */
    this.moved = () => {};
  }

  /** How many listed values it has. */
  get count() {
    return this.spec.keys.length;
  }

  /**
   * What it hands to a program that computes the picture in the page.
   * @returns {number | number[]}
   */
  get value() {
    return this.at;
  }

  /** How a link writes where it stands. */
  get key() {
    return this.made ?? this.spec.keys[this.at];
  }

  /**
   * Return the place that a link has written, if it has.
   * @param {string} written
   * @returns {Place | undefined}
   */
  find(written) {
    const index = this.spec.keys.indexOf(written);
    return index < 0 ? undefined : index;
  }

  /** @param {number} index Move it for the reader. */
  set(index) {
    this.take(within(index, this.count));
  }

  /** @param {Place} place Take what the reader chose or made. */
  take(place) {
    if (place === this.now) return;
    this.place(place);
    this.moved();
  }

  /** @param {Place} place Let it stand somewhere. */
  place(place) {
    if (typeof place === "number") this.at = place;
    this.made = typeof place === "string" ? place : undefined;
    for (const each of [this, ...this.followers]) each.show();
  }

  /**
   * Return the way from here to a place: where it stands after a share of it.
   * @param {Place} place
   * @returns {(share: number) => Place}
   */
  way(place) {
    return () => place;
  }

  /** @returns {Place} */
  get now() {
    return this.made ?? this.at;
  }

  /** @param {Control<any>[]} _others Meet the other controls of the card. */
  meet(_others) {}

  /** Show where it stands. */
  show() {}

  /** @param {boolean} _able Let the reader use it, or not. */
  enable(_able) {}

  /** Stop what moves it by itself. */
  pause() {}
}

/** @param {number} index @param {number} count */
export function within(index, count) {
  return Math.max(0, Math.min(count - 1, index));
}

/** @param {KeyboardEvent} event @returns {boolean} Whether a key is the browser's own. */
export function taken({ altKey, ctrlKey, metaKey }) {
  return altKey || ctrlKey || metaKey;
}

/**
 * Follow a pointer from where it goes down until it lifts; of several fingers the first.
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => ((event: PointerEvent) => void) | undefined} begin
 *   What it does as it moves, if it does.
 */
export function drag(element, begin) {
  /** @type {ReturnType<typeof begin>} */
  let move;
  let finger = -1;
  element.addEventListener("pointerdown", (event) => {
    if (move && element.hasPointerCapture(finger)) return;
    move = begin(event);
    if (move) element.setPointerCapture((finger = event.pointerId));
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId === finger) move?.(event);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    element.addEventListener(end, ({ pointerId }) => {
      if (pointerId === finger) move = undefined;
    });
  }
}

/**
 * Return where a pointer is on an element, in shares of its width and height.
 * @param {Element} element
 * @param {MouseEvent} event
 */
export function where(element, { clientX, clientY }) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}
