// Values between those that are listed: the number that is shown is the number that is used.

import { formatted, number } from "../../trace/browser/number.js";

/**
 * Return the value somewhere along a list, in even steps from value to value.
 * @param {number[]} values
 * @param {number} along
 */
export function between(values, along) {
  const index = Math.min(Math.floor(along), values.length - 2);
  if (index < 0) return values[0];
  return values[index] + (along - index) * (values[index + 1] - values[index]);
}

/**
 * Return where a value lies along a list; undoes `between`.
 * @param {number[]} values
 * @param {number} value
 */
export function position(values, value) {
  const [first, last] = [values[0], values[values.length - 1]];
  const index = values.findIndex((_, at) => (value - values[at + 1]) * (last - first) <= 0);
  if (index < 0) return values.length - 1;
  return index + (value - values[index]) / (values[index + 1] - values[index]);
}

/**
 * Return where a walk along a list leads: to listed values.
 * @param {number} along
 * @param {number} step
 */
export function walked(along, step) {
  return (step > 0 ? Math.floor(along) : Math.ceil(along)) + step;
}

/**
 * Round a value to the digits with which it is shown, or three; a listed one that is shown so
 * stands for it.
 * @param {number} value
 * @param {number[]} values
 * @param {string} spec
 */
export function rounded(value, values, spec) {
  const coarse = spec.includes(".") ? value : Number(value.toPrecision(3));
  const written = Number.parseFloat(formatted(coarse, spec).replaceAll(",", ""));
  const exact = spec.endsWith("%") ? written / 100 : written;
  const inside = Math.max(Math.min(...values), Math.min(Math.max(...values), exact)) + 0;
  const shown = [value, inside].map((each) => number(each, spec));
  return values.find((each) => shown.includes(number(each, spec))) ?? inside;
}
