// A control: where it stands, who shows it, who must know when the reader moves it.

export class Control {
  /**
   * @param {ControlSpec} spec
   * @param {HTMLElement} root
   */
  constructor(spec, root) {
    this.spec = spec;
    this.at = spec.start;
    this.box = /** @type {HTMLElement} */ (root.querySelector(`[data-key="${spec.key}"]`));
    const { kind, texts } = spec;
    this.count = kind === "point" ? spec.xs.length * spec.ys.length : texts.length;
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
    const next = Math.max(0, Math.min(this.count - 1, index));
    if (next === this.at) return;
    this.place(next);
    this.moved();
  }

  /**
   * Let it stand somewhere.
   *
   * @param {number} index
   */
  place(index) {
    this.at = index;
    this.show();
  }

  show() {
    for (const show of this.shows) show();
  }

  /** @param {boolean} able */
  enable(able) {
    for (const enable of this.enables) enable(able);
  }
}
