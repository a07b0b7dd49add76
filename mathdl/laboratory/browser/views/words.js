// The sentence that says what happens now, from the numbers, and which section explains it.

import { short } from "./curve.js";

/**
 * @typedef {object} Now
 * @property {import("../run.js").Run} run
 * @property {import("../history.js").History} history
 * @property {import("../health.js").Health} health
 * @property {number} train The losses at the step that is shown.
 * @property {number} test
 */
/** @typedef {{ text: string, section: string, alarm?: boolean }} Told */

/** @param {boolean[]} units */
const count = (units) => units.filter(Boolean).length;

/** @param {Now} now @returns {Told} */
export function told(now) {
  const { run, history, health, train, test } = now;
  const { design, sample, step } = run;
  const hidden = health.layers.slice(0, -1);
  if (!sample.n) {
    return {
      text: say("There are no points yet. Choose a colour and paint some into the picture: click, tap, or move the cross by the arrow keys and press Enter."),
      section: "",
    };
  }
  if (!(train < Infinity)) {
    const fine = [...history.moments].reverse().find((moment) => moment.train < Infinity);
    return {
      text: say("The training has diverged: at step {step} the loss is no number any more. Nothing is lost: the curve leads back to step {fine}, and a smaller learning rate than {rate} begins anew.", { step, fine: fine?.step ?? 0, rate: design.rate }),
      section: "why-is-my-loss-nan",
      alarm: true,
    };
  }
  const wanted = [...run.train.target.values];
  if (!run.regression && wanted.every((value) => value === wanted[0])) {
    return {
      text: say("All points that train have one colour. The output's bias alone answers that, so the loss only sinks, and nothing is learned about the plane."),
      section: "coin-flips-give-the-cross-entropy",
      alarm: true,
    };
  }
  if (design.start === "zeros" && hidden.length) {
    return {
      text: say("All weights began at 0, so all units of a layer compute the same and get the same gradient. They stay the same unit, however many there are."),
      section: "symmetry-why-zero-is-the-worst-start",
      alarm: true,
    };
  }
  const sick = hidden.findIndex(({ dead }) => count(dead) * 3 >= dead.length);
  if (sick >= 0) {
    const { dead } = hidden[sick];
    return {
      text: say("Layer {k}: {dead} of {n} units are dead. At every point that trains they put out 0, with slope 0, so no gradient reaches their weights.", { k: sick + 1, dead: count(dead), n: dead.length }),
      section: "how-do-i-choose-an-activation",
      alarm: true,
    };
  }
  if (health.curvature > health.bound && step) {
    return {
      text: say("The curvature, {curvature}, is beyond {bound}, where steps at the rate {rate} stop settling: along the steepest direction they swing from side to side. Here the last bit of a rounding grows as well, so the copied program may part from the page after some steps.", { curvature: short(health.curvature), bound: short(health.bound), rate: design.rate }),
      section: "where-a-network-finds-its-border",
      alarm: true,
    };
  }
  const [first, last] = [hidden[0], hidden[hidden.length - 1]];
  if (hidden.length > 1 && last.gradient > 0 && first.gradient < last.gradient / 100) {
    return {
      text: say("The gradient fades on its way back: in layer 1 it is {first}, in layer {k} {last}. The first layers hardly learn.", { first: short(first.gradient), k: hidden.length, last: short(last.gradient) }),
      section: "vanishing-and-exploding-gradients",
      alarm: true,
    };
  }
  if (hidden.length > 1 && last.size < first.size / 100) {
    return {
      text: say("The signal fades on its way there: the activations of layer 1 have the size {first}, those of layer {k} {last}. All points look the same to the output.", { first: short(first.size), k: hidden.length, last: short(last.size) }),
      section: "how-large-should-the-weights-be-at-the-start",
      alarm: true,
    };
  }
  const stuck = hidden.findIndex(({ flat }) => count(flat) * 2 > flat.length);
  if (stuck >= 0) {
    const { flat } = hidden[stuck];
    return {
      text: say("Layer {k}: {flat} of {n} units are saturated. At nine of ten points their activation is nearly flat, so little of the gradient passes.", { k: stuck + 1, flat: count(flat), n: flat.length }),
      section: "activations-the-bend-and-its-slope",
      alarm: true,
    };
  }
  const best = history.moments.reduce((low, moment) => (moment.test < low.test ? moment : low));
  if (test > 1.5 * best.test && test > 1.5 * train && step > 1.5 * best.step) {
    return {
      text: say("The network learns its points by heart: the training loss is {train}, the test loss {test}. At step {step} the test loss was {best}, its lowest.", { train: short(train), test: short(test), step: best.step, best: short(best.test) }),
      section: "how-do-i-fight-overfitting",
      alarm: true,
    };
  }
  if (!hidden.length || hidden.every(({ activation }) => activation === "identity")) {
    const plain = design.inputs.every((name) => name.length === 2);
    return {
      text: plain
        ? say("Without a hidden layer that bends, the network is a linear model: the border between the colours is a straight line.")
        : say("Without a hidden layer that bends, the network is a linear model of its inputs. What bends the border are the squares, products and sines among these."),
      section: "what-no-linear-model-can-do",
    };
  }
  if (step === 0) {
    return { text: say("Nothing is learned yet: what you see is the network as its first weights were drawn. Press Play."), section: "how-large-should-the-weights-be-at-the-start" };
  }
  const earlier = [...history.moments].reverse().find((moment) => moment.step <= step / 2);
  if (earlier && step >= 400 && train > 0.97 * earlier.train && train > 0.2) {
    return {
      text: say("The training loss hardly sinks: {earlier} at step {half}, {train} now. A plateau can be long; a larger rate, another rule or more units may lead off it.", { earlier: short(earlier.train), half: earlier.step, train: short(train) }),
      section: "saddles-and-how-long-it-takes-to-leave",
    };
  }
  if (run.regression) {
    return {
      text: say("At step {step} the mean squared error is {train} at the points that train, and {test} at those that test.", { step, train: short(train), test: short(test) }),
      section: "gaussian-noise-gives-the-squared-error",
    };
  }
  const per = (/** @type {number} */ share) => String(Math.round(100 * share));
  const right = { step, train: per(run.rightOn(run.train)), test: per(run.rightOn(run.test)) };
  return {
    text: sample.tests
      ? say("At step {step} the network answers {train}% of the points that train rightly, and {test}% of those that test.", right)
      : say("At step {step} the network answers {train}% of the points rightly.", right),
    section: "will-it-be-as-good-on-new-data",
  };
}
