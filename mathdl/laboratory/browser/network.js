// A network as designed: its parameters, and the way through its layers, there and back. What each
// layer computes is a program traced from the book's kernels; here is only their order.

import { compile } from "../../../explorable/trace/browser/player.js";
import { one } from "../../../explorable/trace/browser/shapes.js";

/** @typedef {import("../../../explorable/trace/browser/player.js").Whole} Program */
/** @typedef {import("../../../explorable/trace/browser/shapes.js").Numbers} Numbers */
/** @typedef {Record<string, Program>} ByShape */
/**
 * @typedef {object} Programs
 * @property {Record<string, Program>} data
 * @property {ByShape} inputs
 * @property {Record<string, ByShape>} started
 * @property {Record<string, ByShape>} there
 * @property {Record<string, ByShape>} back
 * @property {Record<string, ByShape>} measured
 * @property {ByShape} mask
 * @property {ByShape} masked
 * @property {ByShape} penalised
 * @property {Record<string, ByShape>} loss
 * @property {Program} right
 * @property {Record<string, { memory: string[], step: Program }>} rules
 * @property {Program} probes
 * @property {Program} curvature
 * @property {Program} bound
 */
/** @typedef {{ n: number, m: number, activation: string, weights: Numbers, bias: Numbers }} Layer */

/** @param {...number} lengths */
export const pattern = (...lengths) => lengths.map((n) => (n === 1 ? "1" : "n")).join("");

/** @param {number[]} shape @param {Float64Array} values @returns {Numbers} */
export const numbers = (shape, values) => ({ shape: one(shape), values });

export class Network {
  /**
   * @param {Programs} programs
   * @param {number} inputs
   * @param {{ units: number, activation: string }[]} layers The last one's unit is the output.
   */
  constructor(programs, inputs, layers) {
    this.programs = programs;
    const widths = [inputs, ...layers.map(({ units }) => units)];
    const count = layers.reduce((sum, { units }, k) => sum + units * (widths[k] + 1), 0);
    this.parameters = new Float64Array(count);
    let at = 0;
    /** @param {number[]} shape @returns {Numbers} A look into the parameters. */
    const take = (...shape) => {
      const size = shape.reduce((product, n) => product * n, 1);
      return numbers(shape, this.parameters.subarray(at, (at += size)));
    };
    /** @type {Layer[]} */
    this.layers = layers.map(({ units, activation }, k) => ({
      n: units,
      m: widths[k],
      activation,
      weights: take(units, widths[k]),
      bias: take(units),
    }));
  }

  /** @param {import("../../../explorable/trace/browser/pcg32.js").PCG32} rng @param {string} scheme @param {number} gain */
  start(rng, scheme, gain) {
    for (const { n, m, weights, bias } of this.layers) {
      const run = compile(this.programs.started[scheme][pattern(n, m)]);
      const drawn = numbers([n, m], rng.standardNormal(n * m));
      weights.values.set(/** @type {Numbers} */ (run([drawn, gain]).roots[0]).values);
      bias.values.fill(0);
    }
  }
}

/** The way of so many samples through a network; what it computed stays until the next time. */
export class Way {
  /** @param {Network} network @param {number} rows @param {string} loss */
  constructor(network, rows, loss) {
    const { programs, layers } = network;
    this.network = network;
    this.rows = rows;
    this.there = layers.map(({ n, m, activation }) =>
      compile(programs.there[activation][pattern(rows, m, n)]),
    );
    this.lossName = loss;
    this.lossOf = compile(programs.loss[loss][pattern(rows)]);
    /** @type {ReturnType<typeof compile>[]} */
    this.back = [];
    this.masking = layers.map(({ n }) => compile(programs.masked[pattern(rows, n)]));
    /** @type {Numbers[]} What goes into each layer, and comes out of the last. */
    this.h = [];
    /** @type {Numbers[]} */
    this.z = [];
    /** @type {Numbers[]} Activations before a mask. */
    this.f = [];
    /** @type {Numbers[]} Gradients with respect to the preactivations. */
    this.down = [];
    /** @type {Numbers[]} Gradients with respect to the activations. */
    this.up = [];
    /** @type {Numbers[]} */
    this.slope = [];
    /** @type {Numbers[]} */
    this.weights = [];
    /** @type {Numbers[]} */
    this.bias = [];
    this.upstream = numbers([rows, 1], new Float64Array(rows));
  }

  /** @param {Numbers} x @param {Numbers[]} [masks] Of dropout, for each hidden layer. */
  forward(x, masks) {
    this.h[0] = x;
    this.network.layers.forEach(({ weights, bias }, k) => {
      const { roots } = this.there[k]([this.h[k], weights, bias]);
      [this.z[k], this.f[k]] = /** @type {Numbers[]} */ (roots);
      this.h[k + 1] = masks?.[k] ? this.#masked(k, this.f[k], masks[k]) : this.f[k];
    });
    return this.h[this.h.length - 1];
  }

  /** @param {number} k @param {Numbers} of @param {Numbers} mask @returns {Numbers} */
  #masked(k, of, mask) {
    const { shape, values } = /** @type {Numbers} */ (this.masking[k]([of, mask]).roots[0]);
    return numbers(shape, values.slice());
  }

  /** @param {Numbers} target */
  loss(target) {
    const [value, gradient] = /** @type {Numbers[]} */ (
      this.lossOf([this.h[this.h.length - 1], target]).roots
    );
    this.upstream = gradient;
    return value.values[0];
  }

  /** @param {Numbers[]} [masks] Go back, after `forward` and `loss`. */
  backward(masks) {
    const { layers, programs } = this.network;
    let upstream = this.upstream;
    for (let k = layers.length - 1; k >= 0; k--) {
      const { n, m, activation, weights } = layers[k];
      this.back[k] ??= compile(programs.back[activation][pattern(this.rows, m, n)]);
      if (masks?.[k]) upstream = this.#masked(k, upstream, masks[k]);
      const { roots } = this.back[k]([upstream, this.z[k], this.h[k], weights]);
      this.up[k] = upstream;
      [this.down[k], this.weights[k], this.bias[k], upstream, this.slope[k]] =
        /** @type {Numbers[]} */ (roots);
    }
  }

  /** @param {Float64Array} into The gradient with respect to all parameters, laid end to end. */
  gradient(into) {
    let at = 0;
    this.weights.forEach(({ values }, k) => {
      into.set(values, at);
      into.set(this.bias[k].values, at + values.length);
      at += values.length + this.bias[k].values.length;
    });
    return into;
  }
}
