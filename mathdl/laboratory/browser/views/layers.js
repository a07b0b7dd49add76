// Sizes of activations and gradients layer by layer, units that are dead, and the curvature.

import { short } from "./curve.js";
import { element } from "./element.js";
import { CALLED } from "./wiring.js";

export class Layers {
  constructor() {
    this.body = element("tbody");
    const words = [
      say("Layer"), say("Size of activations"), say("Size of gradients"), say("Dead"), say("Saturated"),
    ];
    const heads = element("tr", {}, ...words.map((word) => element("th", { scope: "col" }, word)));
    this.bend = element("p", { className: "lab-bend" });
    const table = element("table", {}, element("thead", {}, heads), this.body);
    this.root = element("div", { className: "lab-layers" }, table, this.bend);
  }

  /** @param {import("../health.js").Health} health */
  draw({ layers, curvature, bound, run }) {
    const most = (/** @type {"size" | "gradient"} */ key) => Math.max(...layers.map((layer) => layer[key]));
    const tops = { size: most("size"), gradient: most("gradient") };
    const bar = (/** @type {number} */ value, /** @type {number} */ top) => {
      // Four powers of ten are seen.
      const share = value > 0 ? Math.max(0.02, 1 + Math.log10(value / top) / 4) : 0;
      const cell = element("td", {}, element("i", { className: "lab-bar" }), short(value));
      cell.style.setProperty("--share", String(share || 0));
      return cell;
    };
    const rows = layers.map(({ activation, size, gradient, dead, flat }, k) => {
      const kind = activation === "identity" ? say("identity") : CALLED[activation];
      const name = k < layers.length - 1 ? `${k + 1} · ${kind}` : say("output");
      const of = (/** @type {boolean[]} */ units) =>
        element("td", {}, say("{k} of {n}", { k: units.filter(Boolean).length, n: units.length }));
      const bars = [bar(size, tops.size), bar(gradient, tops.gradient)];
      return element("tr", {}, element("th", { scope: "row" }, name), ...bars, of(dead), of(flat));
    });
    this.body.replaceChildren(...rows);
    const told = { curvature: short(curvature), bound: short(bound) };
    this.bend.textContent = Number.isNaN(bound)
      ? say("Largest curvature of the training loss: {curvature}. For this rule the page computes no bound to set beside it.", told)
      : run.design.rule === "momentum"
        ? say("Largest curvature of the training loss: {curvature}. Momentum is stable below 2(1 + β)/η = {bound}, with β = 0.9.", told)
        : say("Largest curvature of the training loss: {curvature}. Gradient descent is stable below 2/η = {bound}.", told);
  }
}
