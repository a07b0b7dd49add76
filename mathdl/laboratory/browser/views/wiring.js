// The network: a column for the inputs and for each layer, each unit with its picture of the plane,
// and lines for the weights.

import { INPUTS, LAYERS, UNITS } from "../design.js";
import { button, element, fitted } from "./element.js";
import { short } from "./curve.js";

/** @typedef {import("../design.js").Design} Design */

/** @type {Record<string, string>} */
export const WRITTEN = {
  x1: "x₁", x2: "x₂", x1x1: "x₁²", x2x2: "x₂²", x1x2: "x₁x₂", sinx1: "sin x₁", sinx2: "sin x₂",
};

/** @type {Record<string, string>} The activations' names. */
export const CALLED = {
  tanh: "tanh", relu: "ReLU", leaky_relu: say("leaky ReLU"), sigmoid: "σ", softplus: "softplus", identity: "–",
};

/**
 * @param {string} label
 * @param {Record<string, string>} words The values, and what is written for each.
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
function choice(label, words, chosen, choose) {
  const made = element("select", { "aria-label": label });
  for (const [value, word] of Object.entries(words)) {
    made.append(element("option", { value, selected: value === chosen }, word));
  }
  made.addEventListener("change", () => choose(made.value));
  return made;
}

/** @param {string} sign @param {string} label @param {boolean} disabled @param {() => void} go */
function small(sign, label, disabled, go) {
  return button(sign, go, { disabled, title: label, "aria-label": label });
}

export class Wiring {
  /**
   * @param {(change: (design: Design) => void) => void} change
   * @param {(layer: number, unit: number) => void} look At a unit; at layer −1 for the output.
   */
  constructor(change, look) {
    this.change = change;
    this.look = look;
    this.lines = element("canvas", { className: "lab-lines", "aria-hidden": "true" });
    this.columns = element("div", { className: "lab-columns" });
    this.said = element("p", { className: "lab-unit-said" });
    this.count = element("div", { className: "lab-row lab-count" });
    const sheet = element("div", { className: "lab-sheet" }, this.lines, this.columns);
    this.scroller = element("div", { className: "lab-scroll", tabIndex: -1 }, sheet);
    this.root = element(
      "section", { className: "lab-network", "aria-label": say("The network") }, this.scroller,
      element("div", { className: "lab-below" }, this.said, this.count),
    );
    /** @type {HTMLButtonElement[][]} Of the inputs, and of each layer. */
    this.units = [];
  }

  /** @param {Design} design */
  build(design) {
    const { layers, inputs } = design;
    this.design = design;
    this.built = false; // what is taken away loses the focus
    const most = Math.max(7, ...layers.map(({ units }) => units));
    this.root.style.setProperty("--unit", most > 12 ? "20px" : most > 8 ? "26px" : "34px");
    const given = INPUTS.map((name) => {
      const word = WRITTEN[name];
      const unit = this.#unit(0, inputs.indexOf(name), say("Input {name}", { name: word }));
      unit.setAttribute("aria-pressed", String(inputs.includes(name)));
      unit.classList.toggle("off", !inputs.includes(name));
      unit.addEventListener("click", () => {
        this.change((next) => {
          const others = next.inputs.filter((other) => other !== name);
          const wanted = next.inputs.includes(name) ? others : [...others, name];
          if (wanted.length) next.inputs = INPUTS.filter((each) => wanted.includes(each));
        });
      });
      const written = element("span", { "aria-hidden": "true" }, word);
      return element("div", { className: "lab-input" }, written, unit);
    });
    const heading = element("p", { className: "lab-heading" }, say("Inputs"));
    const columns = [element("div", { className: "lab-column" }, heading, ...given)];
    layers.forEach((layer, k) => columns.push(this.#column(layer, k)));
    const fewer = small("−", say("Remove the last layer"), !layers.length, () =>
      this.change((next) => next.layers.pop()),
    );
    const more = small("+", say("Add a layer"), layers.length >= LAYERS, () =>
      this.change((next) => {
        const last = next.layers[next.layers.length - 1] ?? { units: 8, activation: "tanh" };
        next.layers.push({ ...last });
      }),
    );
    // A button that was pressed keeps the focus, though it is another one now.
    const focus = document.activeElement;
    const held = this.root.contains(focus) ? focus?.getAttribute("aria-label") : null;
    this.columns.replaceChildren(...columns);
    /** @param {Element} column @returns {HTMLButtonElement[]} */
    const unitsOf = (column) => [...column.querySelectorAll("button")];
    this.units = columns.map(unitsOf);
    this.units[0] = this.units[0].filter((_, k) => inputs.includes(INPUTS[k]));
    this.count.replaceChildren(say("Layers"), " ", fewer, String(layers.length), more);
    this.said.textContent = say("Choose a unit to see its weights, and its output in the large picture.");
    for (const each of this.root.querySelectorAll("[aria-label]")) {
      if (held && each.getAttribute("aria-label") === held) /** @type {HTMLElement} */ (each).focus();
    }
    this.built = true;
  }

  /** @param {import("../design.js").LayerDesign} layer @param {number} k */
  #column({ units, activation }, k) {
    const counts = Object.fromEntries(Array.from({ length: UNITS }, (_, i) => [i + 1, String(i + 1)]));
    const width = choice(say("Units in layer {k}", { k: k + 1 }), counts, String(units), (value) =>
      this.change(({ layers }) => (layers[k].units = Number(value))),
    );
    const kind = choice(say("Activation of layer {k}", { k: k + 1 }), CALLED, activation, (value) =>
      this.change(({ layers }) => (layers[k].activation = value)),
    );
    const made = Array.from({ length: units }, (_, i) =>
      this.#unit(k + 1, i, say("Layer {k}, unit {i}", { k: k + 1, i: i + 1 })),
    );
    const heads = element("div", { className: "lab-selects" }, width, kind);
    return element("div", { className: "lab-column" }, heads, ...made);
  }

  /** @param {number} layer @param {number} unit @param {string} name */
  #unit(layer, unit, name) {
    const picture = element("canvas", { width: 44, height: 44 });
    const made = element("button", { type: "button", className: "lab-unit", "aria-label": name }, picture);
    const look = () => {
      if (unit < 0 || !this.built) return;
      this.look(layer, unit);
      this.said.textContent = this.#formula(layer, unit, name);
    };
    const leave = () => this.built && this.look(-1, 0);
    for (const event of ["pointerenter", "focus"]) made.addEventListener(event, look);
    for (const event of ["pointerleave", "blur"]) made.addEventListener(event, leave);
    return made;
  }

  /** @param {number} layer @param {number} unit @param {string} name */
  #formula(layer, unit, name) {
    if (!layer || !this.network) return name;
    const { m, weights, bias, activation } = this.network.layers[layer - 1];
    const terms = Array.from({ length: m }, (_, j) => {
      const from = layer > 1 ? `h${subscript(j + 1)}` : WRITTEN[this.design?.inputs[j] ?? ""];
      return `${short(weights.values[unit * m + j])} ${from}`;
    });
    const sum = [...terms, short(bias.values[unit])].join(" + ").replaceAll("+ −", "− ");
    return `${name}: ${CALLED[activation] === "–" ? "" : CALLED[activation]}(${sum})`;
  }

  /** @param {import("./field.js").Field} field @param {import("./colours.js").Colours} colours */
  draw(field, { css, ramp }) {
    this.network = field.run.network;
    this.units.forEach((column, layer) =>
      column.forEach((button, unit) => {
        const pen = button.querySelector("canvas")?.getContext("2d");
        pen?.drawImage(field.paint(layer, unit, ramp), 0, 0);
      }),
    );
    const { pen, width } = fitted(this.lines);
    if (!width) return;
    const from = this.lines.getBoundingClientRect();
    const places = this.units.map((column) =>
      column.map((button) => {
        const at = button.getBoundingClientRect();
        return [at.left - from.left, at.right - from.left, (at.top + at.bottom) / 2 - from.top];
      }),
    );
    field.run.network.layers.forEach(({ n, m, weights }, k) => {
      const largest = Math.max(1e-9, ...weights.values.map(Math.abs));
      const next = places[k + 1] ?? [[width - 2, 0, this.lines.clientHeight / 2 + 12]];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const size = Math.abs(weights.values[i * m + j]) / largest;
          if (!(size > 0.02)) continue;
          const [, x, y] = places[k][j];
          const [x1, , y1] = next[i];
          pen.strokeStyle = weights.values[i * m + j] > 0 ? css.one : css.two;
          pen.globalAlpha = 0.25 + 0.65 * size;
          pen.lineWidth = 0.4 + 3 * size;
          pen.beginPath();
          pen.moveTo(x, y);
          pen.bezierCurveTo((x + x1) / 2, y, (x + x1) / 2, y1, x1, y1);
          pen.stroke();
        }
      }
    });
    pen.globalAlpha = 1;
  }

  /**
   * Mark the units that are dead.
   * @param {boolean[][]} dead For each layer.
   */
  mark(dead) {
    this.units.slice(1).forEach((column, k) =>
      column.forEach((button, unit) => button.classList.toggle("dead", dead[k]?.[unit] ?? false)),
    );
  }
}

/** @param {number} n */
export const subscript = (n) => String(n).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[+digit]);
