// A small picture of numbers, step by step.

import { written } from "./draw.js";

const [WIDTH, HEIGHT, EDGE] = [320, 120, 22];

/** @param {string} tag @param {Record<string, string | number>} attributes */
function drawn(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** @param {number[]} values */
export function curve(values) {
  const top = Math.max(...values);
  const x = (/** @type {number} */ k) =>
    EDGE + (k * (WIDTH - 2 * EDGE)) / (values.length - 1);
  const y = (/** @type {number} */ value) => HEIGHT - EDGE - (value / top) * (HEIGHT - 2 * EDGE);
  const picture = drawn("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "drill-curve",
    role: "img",
    "aria-label": say("Step by step: {values}", {
      values: values.map((value) => written(Number(value.toPrecision(3)))).join(", "),
    }),
  });
  const floor = HEIGHT - EDGE;
  picture.append(
    drawn("path", { d: `M${EDGE} ${EDGE / 2}V${floor}H${WIDTH - EDGE / 2}`, class: "axes" }),
    drawn("polyline", { points: values.map((value, k) => `${x(k)},${y(value)}`).join(" ") }),
    ...values.map((value, k) => drawn("circle", { cx: x(k), cy: y(value), r: 2.5 })),
  );
  for (const [place, text, anchor] of /** @type {const} */ ([
    [[EDGE - 4, y(top) + 4], written(Number(top.toPrecision(2))), "end"],
    [[EDGE - 4, floor + 4], "0", "end"],
    [[WIDTH - EDGE, HEIGHT - 6], say("step {k}", { k: values.length - 1 }), "end"],
  ])) {
    const label = drawn("text", { x: place[0], y: place[1], "text-anchor": anchor });
    label.textContent = text;
    picture.append(label);
  }
  return picture;
}
