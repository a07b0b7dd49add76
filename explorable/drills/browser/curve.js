// A small picture of numbers, step by step.

import { written } from "./draw.js";

const [WIDTH, HEIGHT, LEFT, EDGE] = [320, 120, 30, 20];

/** @param {number[]} values @returns {string} SVG */
export function curve(values) {
  const [top, last, floor] = [Math.max(...values), values.length - 1, HEIGHT - EDGE];
  const points = values.map((value, k) => [
    LEFT + (k * (WIDTH - LEFT - EDGE)) / last,
    floor - (value / top) * (floor - EDGE),
  ]);
  const numbers = values.map((value) => written(Number(value.toPrecision(3)))).join(", ");
  const told = say("Step by step: {values}", { values: numbers });
  const label = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) =>
    `<text x="${x}" y="${y}" text-anchor="end">${text}</text>`;
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" class="drill-curve" role="img" ` +
    `aria-label="${told}">` +
    `<path class="axes" d="M${LEFT} ${EDGE / 2}V${floor}H${WIDTH - EDGE / 2}"/>` +
    `<polyline points="${points.join(" ")}"/>` +
    points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.5"/>`).join("") +
    label(written(Number(top.toPrecision(2))), LEFT - 4, EDGE + 4) +
    label("0", LEFT - 4, floor + 4) +
    label(say("step {k}", { k: last }), WIDTH - EDGE, HEIGHT - 5) +
    "</svg>"
  );
}
