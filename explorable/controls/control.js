// A control: where it stands, who shows it, who must know when the reader moves it.

/** @param {ControlSpec} spec */
export function count(spec) {
  return spec.kind === "point" ? spec.xs.length * spec.ys.length : spec.keys.length;
}

export class Control {
  /**
   * @param {ControlSpec} spec
   * @param {HTMLElement} root
   */
  constructor(spec, root) {
    this.spec = spec;
    this.at = spec.start;
    /**
     * What the reader made, which has no index, as a link writes it.
     *
     * @type {string | undefined}
     */
    this.made = undefined;
    this.box = /** @type {HTMLElement} */ (root.querySelector(`[data-key="${spec.key}"]`));
    this.count = count(spec);
    /**
     * What shows where it stands.
     *
     * @type {(() => void)[]}
     */
    this.shows = [];
    /**
     * What lets the reader use it, or not.
     *
     * @type {((able: boolean) => void)[]}
     */
    this.enables = [];
    /** Told when the reader moves it. */
    this.moved = () => {};
    /** Stops what moves it by itself. */
    this.pause = () => {};
  }

  /**
   * Move it for the reader.
   *
   * @param {number} index
   */
  set(index) {
    this.take(Math.max(0, Math.min(this.count - 1, index)));
  }

  /**
   * Take what the reader chose or made.
   *
   * @param {Place} place
   */
  take(place) {
    if (place === this.now) return;
    this.place(place);
    this.moved();
  }

  /**
   * Let it stand somewhere.
   *
   * @param {Place} place
   */
  place(place) {
    if (typeof place === "number") this.at = place;
    this.made = typeof place === "string" ? place : undefined;
    this.show();
  }

  /** @returns {Place} */
  get now() {
    return this.made ?? this.at;
  }

  show() {
    for (const show of this.shows) show();
  }

  /** @param {boolean} able */
  enable(able) {
    for (const enable of this.enables) enable(able);
  }
}
