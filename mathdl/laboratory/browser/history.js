// What was kept of a run: the losses for the curve, and all that is needed to go back.

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{ step: number, train: number, test: number, kept: import("./run.js").Kept }} Moment */

const MOST = 400;

export class History {
  /** @param {Run} run At its start. */
  constructor(run) {
    this.run = run;
    this.every = 1;
    /** @type {Moment[]} */
    this.moments = [];
    /** @type {Moment} The one with the lowest loss on the test points, kept or not. */
    this.best = { step: 0, train: Infinity, test: Infinity, kept: run.keep() };
    this.note();
  }

  get last() {
    return this.moments[this.moments.length - 1];
  }

  /** Whether the loss at this step is no number any more. */
  get ended() {
    return this.run.step === this.last.step && !(this.last.train < Infinity);
  }

  /** Keep this moment, if it is one of those that are kept. */
  note() {
    const { run } = this;
    if (run.step % this.every) return;
    // What came later on an earlier way is gone.
    while (this.moments.length && this.last.step >= run.step) this.moments.pop();
    const [train, test] = [run.lossOn(run.train), run.lossOn(run.test)];
    this.moments.push({ step: run.step, train, test, kept: run.keep() });
    if (test < this.best.test) this.best = this.last;
    if (this.moments.length > MOST) {
      this.every *= 2;
      this.moments = this.moments.filter(({ step }) => step % this.every === 0);
    }
  }

  /** Advance by a step; returns whether the loss is still a number. */
  advance() {
    const { run } = this;
    if (this.ended) return false;
    if (run.step < this.last.step) this.moments = this.moments.filter(({ step }) => step <= run.step);
    run.advance();
    this.note();
    return !this.ended;
  }

  /** Go to a step before the last: from what was kept there or before, the same steps again. */
  go(/** @type {number} */ step) {
    let from = this.moments[0];
    for (const moment of this.moments) if (moment.step <= step) from = moment;
    this.run.takeUp(from.kept);
    while (this.run.step < step) this.run.advance();
  }
}
