// What the reader designs: its fields, what each may be, and the address that holds them all.

/** @typedef {{ units: number, activation: string }} LayerDesign */
/** @typedef {[x1: number, x2: number, second: 0 | 1]} Painted */
/**
 * @typedef {object} Design
 * @property {string} data
 * @property {number} points
 * @property {number} noise
 * @property {number} wrong Per cent of the labels.
 * @property {number} test Per cent of the points.
 * @property {number} seed
 * @property {string[]} inputs
 * @property {LayerDesign[]} layers
 * @property {string} start
 * @property {number} gain
 * @property {number} dropout
 * @property {string} loss
 * @property {number} l1
 * @property {number} l2
 * @property {string} rule
 * @property {number} rate
 * @property {number} batch 0 for all.
 * @property {number} target The training loss at which Play ends; 0 for none.
 * @property {Painted[]} painted
 */

export const CLASSES = ["circle", "xor", "spiral", "moons", "band", "checkerboard"];
export const NUMBERS = ["plane", "wave"];
export const INPUTS = ["x1", "x2", "x1x1", "x2x2", "x1x2", "sinx1", "sinx2"];
export const ACTIVATIONS = ["tanh", "relu", "leaky_relu", "sigmoid", "softplus", "identity"];
export const RULES = ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];
export const LAYERS = 6;
export const UNITS = 16;
const PAINTED = 1000;
const FAR = 10; // beyond every picture

/** @param {number} from @param {number} to @param {number} by */
const steps = (from, to, by) =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => +(from + i * by).toFixed(6));

/** @type {Record<string, string[]>} What each choice may be, the first a reader sees first. */
export const CHOICES = {
  data: [...CLASSES, ...NUMBERS, "painted"],
  loss: ["binary_cross_entropy", "mean_squared_error"],
  start: ["glorot", "he", "lecun", "zeros"],
  rule: RULES,
};

/**
 * Where each slider stops; an address may have any number between.
 * @type {Record<string, number[]>}
 */
export const STOPS = {
  points: [20, 30, 60, 120, 240, 480],
  noise: steps(0, 1, 0.05),
  wrong: [0, 5, 10, 20, 30, 40, 50],
  test: steps(0, 90, 10),
  gain: [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5],
  dropout: steps(0, 0.8, 0.1),
  l1: [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  l2: [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  rate: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 10],
  batch: [1, 2, 4, 8, 16, 32, 64, 0],
  target: [0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
};

/** @returns {Design} */
export function first() {
  return {
    data: "circle", points: 240, noise: 0.1, wrong: 0, test: 50, seed: 1, inputs: ["x1", "x2"],
    layers: [{ units: 8, activation: "tanh" }, { units: 8, activation: "tanh" }],
    start: "glorot", gain: 1, dropout: 0, loss: "binary_cross_entropy", l1: 0, l2: 0,
    rule: "gradient_descent", rate: 0.5, batch: 32, target: 0, painted: [],
  };
}

/** @param {Design} design Whether it learns numbers rather than classes. */
export const isRegression = (design) => NUMBERS.includes(design.data);

/** @param {Design} design The loss that is minimised: numbers have no cross-entropy. */
export const lossOf = (design) => (isRegression(design) ? "mean_squared_error" : design.loss);

/** @param {Design} design The last layer's activation: a class by squared error needs one. */
export function outputOf(design) {
  return lossOf(design) === "mean_squared_error" && !isRegression(design) ? "sigmoid" : "identity";
}

/** @param {Design} design How many of the points are for testing. */
export function testCount(design) {
  const n = design.data === "painted" ? design.painted.length : design.points;
  return Math.floor((n * design.test) / 100);
}

/** @param {string} text @param {number} low @param {number} high */
function between(text, low, high) {
  const value = Number(text);
  return text.trim() && value >= low && value <= high ? value : undefined;
}

/**
 * Read a design from an address; what it does not say, or says wrongly, is as at first.
 * @param {string} hash
 */
export function read(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const design = first();
  for (const [key, names] of Object.entries(CHOICES)) {
    const name = said.get(key) ?? "";
    if (names.includes(name)) Object.assign(design, { [key]: name });
  }
  for (const [key, stops] of Object.entries(STOPS)) {
    const value = between(said.get(key) ?? "", Math.min(...stops), Math.max(...stops));
    const whole = ["points", "wrong", "test", "batch"].includes(key);
    if (value !== undefined && (!whole || Number.isInteger(value))) {
      Object.assign(design, { [key]: value });
    }
  }
  const seed = between(said.get("seed") ?? "", 0, 2 ** 32 - 1);
  if (seed !== undefined) design.seed = Math.floor(seed);
  const inputs = INPUTS.filter((name) => said.get("inputs")?.split(",").includes(name));
  if (inputs.length) design.inputs = inputs;
  if (said.has("layers")) {
    const found = (said.get("layers") ?? "").matchAll(/(\d+)([a-z_]+)/g);
    design.layers = [...found]
      .map(([, units, activation]) => ({ units: Number(units), activation }))
      .filter(({ units, activation }) => units >= 1 && units <= UNITS && ACTIVATIONS.includes(activation))
      .slice(0, LAYERS);
  }
  for (const [, x1, x2, second] of (said.get("painted") ?? "").matchAll(/(-?\d+)\.(-?\d+)([ab])/g)) {
    if (design.painted.length === PAINTED) break;
    if (Math.max(Math.abs(+x1), Math.abs(+x2)) > 100 * FAR) continue;
    design.painted.push([+x1 / 100, +x2 / 100, second === "b" ? 1 : 0]);
  }
  return design;
}

/** @param {Design} design All of it, as `read` takes it. */
export function written(design) {
  const { layers, inputs, painted, ...rest } = design;
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) said.set(key, String(value));
  said.set("inputs", inputs.join(","));
  said.set("layers", layers.map(({ units, activation }) => units + activation).join(","));
  if (painted.length) {
    const places = painted.map(([x1, x2, second]) => {
      return `${Math.round(x1 * 100)}.${Math.round(x2 * 100)}${second ? "b" : "a"}`;
    });
    said.set("painted", places.join(","));
  }
  return said.toString().replaceAll("%2C", ",");
}
