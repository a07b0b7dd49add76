// What is measured of a run at the step that is shown: layer by layer, and the curvature.

import { PCG32 } from "../../../explorable/trace/browser/pcg32.js";
import { compile } from "../../../explorable/trace/browser/player.js";
import { numbers, pattern } from "./network.js";

/** @typedef {import("./network.js").Numbers} Numbers */
/**
 * @typedef {object} LayerHealth
 * @property {string} activation
 * @property {number} size Of its activations, root mean square.
 * @property {number} gradient The same, of the gradients.
 * @property {boolean[]} dead
 * @property {boolean[]} flat
 */

export class Health {
  /** @param {import("./run.js").Run} run */
  constructor(run) {
    this.run = run;
    const { programs, network, design } = run;
    const { length } = network.parameters;
    this.measures = network.layers.map(({ n, activation }) =>
      compile(programs.measured[activation][pattern(run.rows, n)]),
    );
    this.probes = compile(programs.probes);
    this.turn = compile(programs.curvature);
    this.direction = new PCG32(design.seed, 3).standardNormal(length);
    const size = Math.hypot(...this.direction);
    this.direction.forEach((x, k) => (this.direction[k] = x / size));
    this.after = new Float64Array(length);
    this.before = new Float64Array(length);
    /** The curvature at which a descent by the rule does not settle; NaN where no number is. */
    this.bound = NaN;
    if (["gradient_descent", "momentum"].includes(design.rule)) {
      const decay = design.rule === "momentum" ? 0.9 : 0;
      const { roots } = compile(programs.bound)([design.rate, decay]);
      this.bound = /** @type {Numbers} */ (roots[0]).values[0];
    }
    /** @type {LayerHealth[]} */
    this.layers = [];
    this.curvature = NaN;
  }

  /** Go there and back with all points that train. */
  look() {
    const { run, measures } = this;
    const way = run.way(run.rows);
    way.forward(run.train.x);
    this.loss = way.loss(run.train.target);
    way.backward();
    this.layers = run.network.layers.map(({ activation }, k) => {
      const [size, gradient, dead, flat] = /** @type {Numbers[]} */ (
        measures[k]([way.z[k], way.f[k], way.down[k]]).roots
      );
      return {
        activation,
        size: size.values[0],
        gradient: gradient.values[0],
        dead: [...dead.values].map(Boolean),
        flat: [...flat.values].map(Boolean),
      };
    });
  }

  /**
   * Go on towards the largest curvature of the loss over all points that train.
   * @param {number} turns
   */
  bend(turns) {
    const { network } = this.run;
    const { parameters } = network;
    const shape = [parameters.length];
    const here = parameters.slice();
    for (let turn = 0; turn < turns; turn++) {
      const direction = numbers(shape, this.direction);
      const ends = /** @type {Numbers[]} */ (this.probes([numbers(shape, here), direction]).roots);
      const [after, before] = ends.map(({ values }) => values.slice());
      this.#gradientAt(after, this.after);
      this.#gradientAt(before, this.before);
      const { roots } = this.turn([
        numbers(shape, here), direction, numbers(shape, this.after), numbers(shape, this.before),
      ]);
      const [curvature, next] = /** @type {Numbers[]} */ (roots);
      this.curvature = curvature.values[0];
      if (next.values.some(Boolean) && next.values.every(Number.isFinite)) {
        this.direction.set(next.values);
      }
    }
    parameters.set(here);
  }

  /** @param {Float64Array} at @param {Float64Array} into */
  #gradientAt(at, into) {
    const { run } = this;
    run.network.parameters.set(at);
    const way = run.way(run.rows);
    way.forward(run.train.x);
    way.loss(run.train.target);
    way.backward();
    way.gradient(into);
  }
}
