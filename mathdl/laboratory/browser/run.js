// A run of a design: its points, its network, and step after step of training, which can be kept
// and taken up again. The same draws in the same order as in the program that a reader copies.

import { PCG32 } from "../../../explorable/trace/browser/pcg32.js";
import { compile } from "../../../explorable/trace/browser/player.js";
import { INPUTS, isRegression, lossOf, outputOf, testCount } from "./design.js";
import { Network, Way, numbers, pattern } from "./network.js";

/** @typedef {import("./design.js").Design} Design */
/** @typedef {import("./network.js").Numbers} Numbers */
/**
 * @typedef {object} Kept All that the next step depends on.
 * @property {number} step
 * @property {Float64Array} parameters
 * @property {Float64Array[]} memory
 * @property {bigint} state Of the generator.
 * @property {Float64Array} order Of the samples in this epoch.
 * @property {number} next Where in it the next batch begins.
 */
/** @typedef {{ points: Float64Array, target: Float64Array, n: number, tests: number }} Sample */

/** @param {import("./network.js").Programs} programs @param {Design} design @returns {Sample} */
export function sampleOf(programs, design) {
  const tests = testCount(design);
  if (design.data === "painted") {
    return {
      points: Float64Array.from(design.painted.flatMap(([x1, x2]) => [x1, x2])),
      target: Float64Array.from(design.painted, ([, , second]) => second),
      n: design.painted.length,
      tests,
    };
  }
  const n = design.points;
  const rng = new PCG32(design.seed, 1);
  const u = numbers([n, 4], rng.uniform(0, 1, 4 * n));
  const scatter = numbers([n, 2], rng.standardNormal(2 * n));
  const { roots } = compile(programs.data[design.data])([u, scatter, design.noise, design.wrong / 100]);
  const [points, target] = /** @type {Numbers[]} */ (roots).map(({ values }) => values);
  return { points, target, n, tests };
}

/** @param {Float64Array} values @param {number} first @param {number} rows @param {number} columns */
const part = (values, first, rows, columns) =>
  numbers([rows, columns], values.subarray(first * columns, (first + rows) * columns));

export class Run {
  /** @param {import("./network.js").Programs} programs @param {Design} design */
  constructor(programs, design) {
    this.programs = programs;
    this.design = design;
    this.regression = isRegression(design);
    this.lossName = lossOf(design);
    const sample = (this.sample = sampleOf(programs, design));
    this.columns = design.inputs.length;
    const n = sample.n - sample.tests;
    const x = sample.n ? this.inputs(sample.points) : new Float64Array();
    this.train = { x: part(x, 0, n, this.columns), target: part(sample.target, 0, n, 1) };
    this.test = {
      x: part(x, n, sample.tests, this.columns),
      target: part(sample.target, n, sample.tests, 1),
    };
    this.rows = n;
    const output = { units: 1, activation: outputOf(design) };
    this.network = new Network(programs, this.columns, [...design.layers, output]);
    this.rng = new PCG32(design.seed, 2);
    this.network.start(this.rng, design.start, design.gain);
    this.rule = compile(programs.rules[design.rule].step);
    const { length } = this.network.parameters;
    this.gradient = new Float64Array(length);
    this.memory = programs.rules[design.rule].memory.map((axes) =>
      numbers(axes ? [length] : [], new Float64Array(axes ? length : 1)),
    );
    /** @type {Map<number, Way>} */
    this.ways = new Map();
    this.step = 0;
    this.order = new Float64Array();
    this.next = 0;
    this.batch = Math.min(design.batch || n, n);
  }

  /** @param {Float64Array} points What the network is given of points. */
  inputs(points) {
    const { inputs } = this.design;
    const chosen = inputs.map((name) => INPUTS.indexOf(name));
    const n = points.length / 2;
    // A program's lengths of 1 are its own: a single point is given twice.
    const twice = n === 1 ? Float64Array.of(...points, ...points) : points;
    const run = compile(this.programs.inputs[pattern(inputs.length)]);
    const given = [numbers([twice.length / 2, 2], twice), numbers([inputs.length], Float64Array.from(chosen))];
    const found = /** @type {Numbers} */ (run(given).roots[0]).values;
    return found.slice(0, n * inputs.length);
  }

  /** @param {number} rows */
  way(rows) {
    let way = this.ways.get(rows);
    if (!way) this.ways.set(rows, (way = new Way(this.network, rows, this.lossName)));
    return way;
  }

  /** Take the next batch of the epoch. */
  #taken() {
    if (this.next >= this.order.length) {
      this.order = this.rng.permutation(this.rows);
      this.next = 0;
    }
    const rows = Math.min(this.batch, this.rows - this.next);
    const [x, target] = [new Float64Array(rows * this.columns), new Float64Array(rows)];
    for (let i = 0; i < rows; i++) {
      const from = this.order[this.next + i];
      target[i] = this.train.target.values[from];
      for (let j = 0; j < this.columns; j++) {
        x[i * this.columns + j] = this.train.x.values[from * this.columns + j];
      }
    }
    this.next += rows;
    return { rows, x: numbers([rows, this.columns], x), target: numbers([rows, 1], target) };
  }

  /** @param {number} rows Masks of dropout for the hidden layers, if there is any. */
  #masks(rows) {
    const { dropout } = this.design;
    if (!dropout) return undefined;
    return this.network.layers.slice(0, -1).map(({ n }) => {
      const drawn = numbers([rows, n], this.rng.uniform(0, 1, rows * n));
      const { roots } = compile(this.programs.mask[pattern(rows, n)])([drawn, 1 - dropout]);
      return /** @type {Numbers} */ (roots[0]);
    });
  }

  /** One step of training. */
  advance() {
    const { l1, l2, rate } = this.design;
    const { layers, parameters } = this.network;
    const { rows, x, target } = this.#taken();
    const way = this.way(rows);
    const masks = this.#masks(rows);
    way.forward(x, masks);
    way.loss(target);
    way.backward(masks);
    if (l1 || l2) {
      layers.forEach(({ n, m, weights, bias }, k) => {
        const add = compile(this.programs.penalised[pattern(n, m)]);
        way.weights[k] = /** @type {Numbers} */ (
          add([weights, bias, way.weights[k], l1, l2]).roots[0]
        );
      });
    }
    const shape = [parameters.length];
    const { roots } = this.rule([
      numbers(shape, parameters), numbers(shape, way.gradient(this.gradient)), rate, ...this.memory,
    ]);
    const [after, ...memory] = /** @type {Numbers[]} */ (roots);
    parameters.set(after.values);
    memory.forEach(({ values }, k) => this.memory[k].values.set(values));
    this.step++;
  }

  /** @param {{ x: Numbers, target: Numbers }} part Its loss; NaN if it has no points. */
  lossOn({ x, target }) {
    const rows = x.shape[0];
    if (!rows) return NaN;
    const way = this.way(rows);
    way.forward(x);
    return way.loss(target);
  }

  /** @param {{ x: Numbers, target: Numbers }} part The share of its points that are right. */
  rightOn({ x, target }) {
    const rows = x.shape[0];
    if (!rows) return NaN;
    const output = this.way(rows).forward(x);
    const twice = (/** @type {Numbers} */ { values }) =>
      rows === 1 ? numbers([2, 1], Float64Array.of(values[0], values[0])) : numbers([rows, 1], values);
    const border = this.lossName === "mean_squared_error" ? 0.5 : 0;
    const { roots } = compile(this.programs.right)([twice(output), twice(target), border]);
    return /** @type {Numbers} */ (roots[0]).values[0];
  }

  /** @returns {Kept} */
  keep() {
    return {
      step: this.step,
      parameters: this.network.parameters.slice(),
      memory: this.memory.map(({ values }) => values.slice()),
      state: this.rng.state,
      order: this.order,
      next: this.next,
    };
  }

  /** @param {Kept} kept */
  takeUp({ step, parameters, memory, state, order, next }) {
    this.network.parameters.set(parameters);
    this.memory.forEach(({ values }, k) => values.set(memory[k]));
    this.rng.state = state;
    Object.assign(this, { step, order, next });
  }
}
