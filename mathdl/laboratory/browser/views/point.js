// One point on its way there and back: each unit's formula with its numbers.

import { short } from "./curve.js";
import { button, element } from "./element.js";
import { Way, numbers } from "../network.js";
import { CALLED, WRITTEN, subscript } from "./wiring.js";

/** @typedef {import("../run.js").Run} Run */

/** @param {number} value In a product or a sum. */
const factor = (value) => (value < 0 ? `(${short(value)})` : short(value));
/** @param {number[]} left @param {number[]} right */
const products = (left, right) => left.map((value, k) => `${factor(value)}·${factor(right[k])}`);

export class Point {
  /** @param {() => void} again */
  constructor(again) {
    this.at = 0;
    this.stage = 0;
    this.unit = 0;
    this.again = again;
    const go = (/** @type {number} */ by) => {
      this.stage += by;
      this.unit = 0;
      again();
    };
    this.back = button(say("Previous stage"), () => go(-1));
    this.on = button(say("Next stage"), () => go(1));
    this.which = element("input", { type: "number", min: "1", step: "1", inputMode: "numeric" });
    this.units = element("select");
    this.which.addEventListener("change", () => {
      this.at = Math.max(0, Math.floor(Number(this.which.value) || 1) - 1);
      again();
    });
    this.units.addEventListener("change", () => {
      this.unit = Number(this.units.value);
      again();
    });
    this.title = element("p", { className: "lab-heading" });
    this.lines = element("div", { className: "lab-lines-of-point", role: "status" });
    const fields = [
      element("label", {}, say("Point"), " ", this.which),
      element("label", {}, say("Unit"), " ", this.units),
    ];
    const row = element("div", { className: "lab-row" }, ...fields, this.back, this.on);
    this.root = element("div", { className: "lab-point" }, row, this.title, this.lines);
  }

  /** @param {Run} run */
  draw(run) {
    const { sample, network, columns, lossName } = run;
    if (!sample.n) {
      this.lines.replaceChildren(say("There is no point yet."));
      return;
    }
    const { layers } = network;
    this.at = Math.min(this.at, sample.n - 1);
    this.stage = Math.max(0, Math.min(this.stage, 2 * layers.length));
    Object.assign(this.which, { max: String(sample.n), value: String(this.at + 1) });
    this.back.disabled = !this.stage;
    this.on.disabled = this.stage === 2 * layers.length;
    const way = new Way(network, 1, lossName);
    const { points, target } = sample;
    const x = numbers([1, columns], run.inputs(points.slice(2 * this.at, 2 * this.at + 2)));
    const wanted = numbers([1, 1], target.slice(this.at, this.at + 1));
    const output = way.forward(x).values[0];
    const loss = way.loss(wanted);
    way.backward();
    const there = this.stage < layers.length;
    const k = there ? this.stage : 2 * layers.length - this.stage;
    const isLoss = this.stage === layers.length;
    const { n } = layers[Math.min(k, layers.length - 1)];
    this.unit = isLoss ? 0 : Math.min(this.unit, n - 1);
    this.units.disabled = isLoss;
    this.units.replaceChildren(
      ...Array.from({ length: isLoss ? 1 : n }, (_, i) =>
        element("option", { value: String(i), selected: i === this.unit }, String(i + 1)),
      ),
    );
    const place = { k: k + 1, i: this.unit + 1 };
    this.title.textContent = isLoss
      ? say("The loss of this point")
      : there
        ? say("Forward: layer {k}, unit {i}", place)
        : say("Backward: layer {k}, unit {i}", place);
    const lines = isLoss
      ? this.#loss(way, output, wanted.values[0], loss)
      : there
        ? this.#there(run, way, k)
        : this.#back(run, way, k);
    this.lines.replaceChildren(...lines.map((line) => element("p", {}, line)));
  }

  /** @param {Run} run @param {number} k How what goes into a layer is written. */
  #names(run, k) {
    return Array.from({ length: run.network.layers[k].m }, (_, j) =>
      k ? `h${subscript(j + 1)}` : WRITTEN[run.design.inputs[j]],
    );
  }

  /** @param {Run} run @param {Way} way @param {number} k */
  #there(run, way, k) {
    const { m, weights, bias, activation } = run.network.layers[k];
    const i = this.unit;
    const row = [...weights.values.subarray(i * m, (i + 1) * m)];
    const names = this.#names(run, k).map((name, j) => `w${subscript(j + 1)}·${name}`);
    const [z, h] = [way.z[k].values[i], way.f[k].values[i]];
    const sum = [...products(row, [...way.h[k].values]), factor(bias.values[i])];
    return [
      `z = ${[...names, "b"].join(" + ")}`,
      `z = ${sum.join(" + ")} = ${short(z)}`,
      activation === "identity"
        ? `h = z = ${short(h)}`
        : `h = ${CALLED[activation]}(z) = ${CALLED[activation]}(${short(z)}) = ${short(h)}`,
    ];
  }

  /** @param {Way} way @param {number} output @param {number} y @param {number} loss */
  #loss(way, output, y, loss) {
    const up = short(way.upstream.values[0]);
    const rule = way.lossName === "binary_cross_entropy"
      ? ["L = max(z, 0) − z·y + ln(1 + e^−|z|)", "∂L/∂z = σ(z) − y"]
      : ["L = (ŷ − y)²", "∂L/∂ŷ = 2(ŷ − y)"];
    const name = way.lossName === "binary_cross_entropy" ? "z" : "ŷ";
    return [`${name} = ${short(output)},  y = ${short(y)}`, `${rule[0]} = ${short(loss)}`, `${rule[1]} = ${up}`];
  }

  /** @param {Run} run @param {Way} way @param {number} k */
  #back(run, way, k) {
    const { layers } = run.network;
    const { m, activation } = layers[k];
    const i = this.unit;
    const [up, slope, down] = [way.up[k], way.slope[k], way.down[k]].map(({ values }) => values[i]);
    const lines = [];
    if (k < layers.length - 1) {
      const next = layers[k + 1];
      const column = Array.from({ length: next.n }, (_, j) => next.weights.values[j * next.m + i]);
      const sum = products([...way.down[k + 1].values], column).join(" + ");
      lines.push(`∂L/∂h = Σ ∂L/∂z′·w′ = ${sum} = ${short(up)}`);
    } else lines.push(`∂L/∂h = ${short(up)}`);
    const bend = activation === "identity" ? "1" : `${CALLED[activation]}′(z)`;
    lines.push(`∂L/∂z = ∂L/∂h·${bend} = ${factor(up)}·${factor(slope)} = ${short(down)}`);
    const from = this.#names(run, k);
    for (let j = 0; j < m; j++) {
      const [h, found] = [way.h[k].values[j], way.weights[k].values[i * m + j]];
      lines.push(`∂L/∂w${subscript(j + 1)} = ∂L/∂z·${from[j]} = ${factor(down)}·${factor(h)} = ${short(found)}`);
    }
    lines.push(`∂L/∂b = ∂L/∂z = ${short(down)}`);
    return lines;
  }
}
