// What a reader takes home: the Python program that does just this, and the weights.

import { INPUTS, isRegression, lossOf, outputOf, testCount } from "./design.js";

/** @typedef {import("./design.js").Design} Design */
/**
 * @typedef {object} Pieces Source of the book's kernels.
 * @property {string} generator
 * @property {Record<string, string>} data
 * @property {Record<string, string>} inputs
 * @property {Record<string, string>} activations
 * @property {Record<string, string>} losses
 */

/** @param {unknown[]} items */
const list = (items) => `[${items.join(", ")}]`;
/** @param {string[]} names */
const quoted = (names) => list(names.map((name) => `"${name}"`));
/** @param {number} value */
const float = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));

/** @param {Design} design */
function painted({ painted }) {
  const rows = painted.map(([x1, x2]) => `    [${x1}, ${x2}],`).join("\n");
  return `points = np.array([\n${rows}\n])
target = np.array(${list(painted.map(([, , second]) => second))}, float)[:, None]`;
}

/** @param {Design} design */
function sizes(design) {
  return [design.inputs.length, ...design.layers.map(({ units }) => units), 1];
}

/** @param {Design} design */
function activations(design) {
  return [...design.layers.map(({ activation }) => activation), outputOf(design)];
}

/**
 * The program with the book's library.
 * @param {Design} design
 * @param {number} steps
 * @param {string} address
 */
export function withLibrary(design, steps, address) {
  const { data, dropout, l1, l2, seed, rule } = design;
  const loss = lossOf(design);
  const own = data === "painted";
  const chosen = design.inputs.map((name) => INPUTS.indexOf(name));
  const trained = dropout
    ? `objective = with_dropout.plain("${loss}", ${1 - dropout}, rng=rng)
`
    : "";
  const gradient = dropout
    ? "value, gradients = objective(layers, x_batch, y_batch)"
    : `value, gradients = loss_and_gradients.plain(layers, x_batch, y_batch, "${loss}")`;
  const penalty =
    l1 || l2 ? `        _, gradients = add_penalty(layers, value, gradients, ${float(l1)}, ${float(l2)})\n` : "";
  const imports = [
    "import numpy as np",
    "",
    "from explorable.trace.pcg32 import PCG32",
    dropout ? "" : "from mathdl.backward import loss_and_gradients",
    "from mathdl.concepts import LOSSES",
    [l1 || l2 ? "add_penalty" : "", dropout ? "with_dropout" : ""].filter(Boolean).join(", "),
    "from mathdl.forward import Layer, forward, initialize, parameter_vector",
    `from mathdl.gradient_descent import ${rule}`,
    "from mathdl.gradient_descent.training import layers_from, mini_batches",
    `from mathdl.laboratory.data import inputs${own ? "" : ", sample"}`,
  ];
  if (imports[5]) imports[5] = `from mathdl.faq.objectives import ${imports[5]}`;
  const spread = isRegression(design) ? "" : `, wrong=${design.wrong / 100}`;
  return `# The Mathematics of Deep Learning, laboratory
# ${address}
${imports.filter((line, k) => line || k === 1).join("\n")}

STEPS = ${steps}

${own ? painted(design) : `points, target = sample("${data}", ${design.points}, noise=${design.noise}${spread}, rng=PCG32(${seed}, 1))`}
x = inputs(points, np.array(${list(chosen)}))
n_train = len(x) - ${testCount(design)}
x_train, y_train = x[:n_train], target[:n_train]

rng = PCG32(${seed}, 2)
drawn = initialize.plain(${list(sizes(design))}, scheme="${design.start}", rng=rng)
names = ${quoted(activations(design))}
layers = [
    Layer(${float(design.gain)} * layer.weights, layer.bias, name)
    for layer, name in zip(drawn, names)
]
${trained}rule = ${rule}(${float(design.rate)})
parameters = parameter_vector(layers)
memory = rule.init(parameters)
step = 0
while step < STEPS:
    for x_batch, y_batch in mini_batches.plain(x_train, y_train, ${design.batch || "n_train"}, rng=rng):
        if step == STEPS:
            break
        ${gradient}
${penalty}        gradient = parameter_vector(gradients)
        parameters, memory = rule.step(parameters, gradient, memory)
        layers = layers_from(layers, parameters)
        step += 1

output = forward.plain(layers, x_train).output
print(LOSSES["${loss}"].function.plain(output, y_train))  # the training loss
`;
}

/** @type {Record<string, string>} How each rule moves, in plain NumPy; v and s begin at 0. */
const MOVES = {
  gradient_descent: "theta = theta - RATE * g",
  momentum: "v = 0.9 * v + g\ntheta = theta - RATE * v",
  nesterov: "v = 0.9 * v + g\ntheta = theta - RATE * (g + 0.9 * v)",
  adagrad: "s = s + g**2\ntheta = theta - RATE * g / (np.sqrt(s) + 1e-10)",
  rmsprop: "s = 0.9 * s + (1 - 0.9) * g**2\ntheta = theta - RATE * g / (np.sqrt(s) + 1e-8)",
  adam: `v = 0.9 * v + (1 - 0.9) * g
s = 0.999 * s + (1 - 0.999) * g**2
root = np.sqrt(s / (1 - 0.999 ** (step + 1)))
theta = theta - RATE / (1 - 0.9 ** (step + 1)) * v / (root + 1e-8)`,
};

/** @type {Record<string, string>} The variance of a first weight, by scheme. */
const VARIANCES = { he: "2 / m", glorot: "2 / (m + n)", lecun: "1 / m", zeros: "0" };

/**
 * The program in NumPy alone.
 * @param {Design} design
 * @param {number} steps
 * @param {Pieces} pieces
 * @param {string} address
 */
export function inNumPy(design, steps, pieces, address) {
  const { data, dropout, l1, l2, seed, rule } = design;
  const names = activations(design);
  const loss = lossOf(design);
  const own = data === "painted";
  const texts = [pieces.generator, own ? "" : pieces.data[data], pieces.losses[loss]];
  const parts = [...texts, ...names.map((name) => pieces.activations[name])].join("\n\n\n").split("\n\n\n");
  const sources = [...new Set(parts.filter(Boolean))].join("\n\n\n");
  const drawn = own
    ? painted(design)
    : `rng = PCG32(${seed}, 1)
u, scatter = rng.uniform(0, 1, (${design.points}, 4)), rng.standard_normal((${design.points}, 2))
${
  isRegression(design)
    ? `points, target = ${data}(u)
target = (target + ${design.noise} * scatter[:, 0])[:, None]`
    : `points, second = ${data}(u)
target = np.where(u[:, 3] < ${design.wrong / 100}, 1.0 - second, 1.0 * second)[:, None]
points = points + ${design.noise} * scatter`
}`;
  const columns = design.inputs.map((name) => pieces.inputs[name]);
  const penalty = [l1 ? ` + ${l1} * np.sign(W)` : "", l2 ? ` + ${l2} * W` : ""].join("");
  return `# The Mathematics of Deep Learning, laboratory: in NumPy alone
# ${address}
import math

import numpy as np

STEPS, RATE = ${steps}, ${float(design.rate)}


${sources}


def inputs(points):
    x1, x2 = points[:, 0], points[:, 1]
    return np.stack(${list(columns)}, axis=1)


def layers_of(theta):
    layers, at = [], 0
    for (m, n), (f, slope) in zip(SHAPES, ACTIVATIONS):
        W, b = theta[at : at + n * m].reshape(n, m), theta[at + n * m : at + n * m + n]
        layers.append((W, b, f, slope))
        at += n * m + n
    return layers


def output(layers, x):
    for W, b, f, _ in layers:
        x = f(x @ W.T + b)
    return x


def gradient(layers, x, y):
    kept, h = [], x
    for k, (W, b, f, slope) in enumerate(layers):
        z = h @ W.T + b
        mask = 1.0${dropout ? `\n        if k < len(layers) - 1:\n            mask = (rng.random(z.shape) < ${1 - dropout}) / ${1 - dropout}` : ""}
        kept.append((h, slope(z) * mask, W))
        h = f(z) * mask
    up, parts = ${loss}_gradient(h, y), []
    for h, slope, W in kept[::-1]:
        G = up * slope
        parts = [(G.T @ h${penalty}).ravel(), G.sum(axis=0), *parts]
        up = G @ W
    return np.concatenate(parts)


${drawn}
x = inputs(points)
n_train = len(x) - ${testCount(design)}
x_train, y_train = x[:n_train], target[:n_train]

SHAPES = ${list(sizes(design).slice(1).map((n, k) => `(${sizes(design)[k]}, ${n})`))}
ACTIVATIONS = ${list(names.map((name) => `(${name}, ${name}_derivative)`))}
rng = PCG32(${seed}, 2)
theta = np.concatenate([
    part
    for m, n in SHAPES
    for part in (
        ${float(design.gain)} * (math.sqrt(${VARIANCES[design.start]}) * rng.standard_normal((n, m))).ravel(),
        np.zeros(n),
    )
])
v, s, step = np.zeros_like(theta), np.zeros_like(theta), 0
while step < STEPS:
    order = rng.permutation(n_train)
    for first in range(0, n_train, ${design.batch || "n_train"}):
        if step == STEPS:
            break
        batch = order[first : first + ${design.batch || "n_train"}]
        g = gradient(layers_of(theta), x_train[batch], y_train[batch])
        ${MOVES[rule].replaceAll("\n", "\n        ")}
        step += 1

print(${loss}(output(layers_of(theta), x_train), y_train))  # the training loss
`;
}

/**
 * Weights and biases, and what is needed to use them.
 * @param {Design} design
 * @param {import("./network.js").Network} network
 * @param {number} step
 */
export function weights(design, network, step) {
  const { inputs, seed } = design;
  const layers = network.layers.map(({ n, m, activation, weights, bias }) => ({
    activation,
    weights: Array.from({ length: n }, (_, i) => [...weights.values.subarray(i * m, (i + 1) * m)]),
    bias: [...bias.values],
  }));
  return JSON.stringify({ inputs, seed, step, layers }, null, 1);
}
