// The numbers of a question, from a seed: drawn and computed as drill.py does it.

import { number } from "../../trace/browser/number.js";
import { PCG32 } from "../../trace/browser/pcg32.js";
import { compile } from "../../trace/browser/player.js";
import { size } from "../../trace/browser/shapes.js";

/** @typedef {{ shape: number[], values: number[] }} Value */
/** @typedef {Record<string, Value>} Values */
/**
 * @typedef {{ draws: [string, number[], number[]][], program: any, question: string,
 *   solution: string, mistakes: Record<string, string>, options: string[] }} Spec What a card tells of its drill.
 */

const TRIES = 1000;

/** @param {Spec} spec @returns {(seed: number) => Values} */
export function drawer(spec) {
  const run = compile(spec.program);
  return (seed) => {
    const rng = new PCG32(seed);
    for (let tries = 0; tries < TRIES; tries++) {
      const { told, roots } = run(
        spec.draws.map(([, shape, from]) => ({
          shape,
          values: Float64Array.from({ length: size(shape) }, () => from[rng.below(from.length)]),
        })),
      );
      /** @type {Values} */
      const values = {};
      told.forEach((/** @type {string} */ name, /** @type {number} */ k) => {
        const root = /** @type {import("../../trace/browser/shapes.js").Numbers} */ (roots[k]);
        values[name] = { shape: root.shape, values: [...root.values] };
      });
      if (!values.keep || values.keep.values[0]) return values;
    }
    throw new Error(`no tidy numbers from the seed ${seed}`);
  };
}

/** @param {number} value */
export function written(value) {
  const near = Math.round(value);
  return Math.abs(value - near) < 1e-9 ? number(BigInt(near), ",d") : number(value, ".4g");
}

/** @param {string} text HTML @param {Values} values Put the numbers into their places. */
export function numbered(text, values) {
  return text.replace(/@(\(?)([A-Za-z]+)\.(\d+)\)?/g, (_, bracket, name, k) => {
    const value = values[name].values[k];
    return bracket && value < 0 ? `(${written(value)})` : written(value);
  });
}
