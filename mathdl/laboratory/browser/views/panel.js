// The labelled selects and sliders of a design.

import { CHOICES, STOPS, isRegression } from "../design.js";
import { button, element } from "./element.js";

/** @typedef {import("../design.js").Design} Design */

/** @returns {Record<string, string>} */
const NAMES = () => ({
  circle: say("circle"), xor: say("XOR"), spiral: say("spiral"), moons: say("two moons"),
  band: say("sine band"), checkerboard: say("checkerboard"), plane: say("plane (regression)"),
  wave: say("wave (regression)"), painted: say("your own points"),
  binary_cross_entropy: say("cross-entropy"), mean_squared_error: say("squared error"),
  glorot: "Glorot", he: "He", lecun: "LeCun", zeros: say("zeros"),
  gradient_descent: say("gradient descent"), momentum: say("momentum"), nesterov: "Nesterov",
  adagrad: "AdaGrad", rmsprop: "RMSProp", adam: "Adam",
});

/**
 * What each field is called.
 * @returns {[title: string, fields: [key: string, label: string][]][]}
 */
const GROUPS = () => [
  [say("Data"), [
    ["data", say("Data")], ["points", say("Points")], ["noise", say("Noise")],
    ["wrong", say("Wrong labels, %")], ["test", say("Test points, %")], ["seed", say("Seed")],
  ]],
  [say("At the start"), [
    ["start", say("Initial weights")], ["gain", say("Gain")], ["dropout", say("Dropout")],
  ]],
  [say("Loss"), [["loss", say("Loss")], ["l1", say("L1 penalty")], ["l2", say("L2 penalty")]]],
  [say("Rule"), [
    ["rule", say("Rule")], ["rate", say("Learning rate η")], ["batch", say("Batch size")],
    ["target", say("Stop at training loss")],
  ]],
];

export class Panel {
  /** @param {(change: (design: any) => void) => void} change */
  constructor(change) {
    this.change = change;
    /** @type {Record<string, (design: Design) => void>} */
    this.shows = {};
    this.root = element("div", { className: "lab-panel" });
    const names = NAMES();
    for (const [title, fields] of GROUPS()) {
      const group = element("fieldset", {}, element("legend", {}, title));
      for (const [key, label] of fields) {
        if (key in CHOICES) group.append(this.#choice(key, label, names));
        else if (key in STOPS) group.append(this.#slider(key, label));
        else group.append(this.#seed(label));
      }
      this.root.append(group);
    }
  }

  /** @param {string} key @param {string} label @param {Record<string, string>} names */
  #choice(key, label, names) {
    const options = CHOICES[key].map((value) => element("option", { value }, names[value]));
    const select = element("select", {}, ...options);
    select.addEventListener("change", () => {
      this.change((design) => {
        // Whoever paints few points wants them to teach.
        const painting = select.value === "painted";
        if (key === "data" && painting !== (design.data === "painted")) design.test = painting ? 0 : 50;
        design[key] = select.value;
      });
    });
    this.shows[key] = (design) => {
      select.value = String(/** @type {any} */ (design)[key]);
      if (key !== "loss") return;
      select.disabled = isRegression(design);
      if (select.disabled) select.value = "mean_squared_error";
    };
    return element("label", { className: "lab-field" }, element("span", {}, label), select);
  }

  /** @param {string} key @param {string} label */
  #slider(key, label) {
    const stops = STOPS[key];
    const slider = element("input", { type: "range", min: "0", max: String(stops.length - 1) });
    const output = element("b"); // an output would take the label
    slider.addEventListener("input", () => {
      this.change((design) => (design[key] = stops[Number(slider.value)]));
    });
    this.shows[key] = (design) => {
      const value = Number(/** @type {any} */ (design)[key]);
      const order = (/** @type {number} */ stop) => (key === "batch" && !stop ? Infinity : stop);
      const at = stops.findIndex((stop) => order(stop) >= order(value));
      slider.value = String(at < 0 ? stops.length - 1 : at);
      const none = key === "batch" ? say("all") : "–";
      const written = ["batch", "target"].includes(key) && !value ? none : String(value);
      output.textContent = written;
      slider.setAttribute("aria-valuetext", written);
      if (["points", "noise", "wrong"].includes(key)) {
        slider.disabled = design.data === "painted" || (key === "wrong" && isRegression(design));
      }
    };
    return element("label", { className: "lab-field" }, element("span", {}, label, " ", output), slider);
  }

  /** @param {string} label */
  #seed(label) {
    const number = element("input", { type: "number", min: "0", max: "4294967295" });
    number.addEventListener("change", () => {
      if (!number.validity.valid || !number.value) return;
      this.change((design) => (design.seed = Number(number.value)));
    });
    this.shows.seed = ({ seed }) => (number.value = String(seed));
    const next = button(say("Next seed"), () =>
      this.change((design) => (design.seed = (design.seed + 1) % 2 ** 32)),
    );
    const field = element("label", {}, element("span", {}, label), number);
    return element("div", { className: "lab-field lab-seed" }, field, next);
  }

  /** @param {Design} design */
  show(design) {
    for (const show of Object.values(this.shows)) show(design);
  }
}
