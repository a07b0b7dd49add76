// The sentence that says what happens now, from the numbers, and which section explains it.

import { short, whole } from "./curve.js";

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
      text: say("There are no points yet. Pick a colour and paint some: click or tap the picture, or move the cross with the arrow keys and press Enter."),
      section: "",
    };
  }
  if (!(train < Infinity)) {
    const fine = [...history.moments].reverse().find((moment) => moment.train < Infinity);
    return {
      text: say("The training has diverged: at step {step} the loss is no longer a number. Nothing is lost: drag the loss curve back to step {fine}, or start over with a learning rate below {rate}.", { step: whole(step), fine: whole(fine?.step ?? 0), rate: design.rate }),
      section: "why-is-my-loss-nan",
      alarm: true,
    };
  }
  const wanted = [...run.train.target.values];
  if (!run.regression && wanted.every((value) => value === wanted[0])) {
    return {
      text: say("All training points have one colour. The output's bias alone can answer that: the loss falls, and nothing is learned about the plane."),
      section: "coin-flips-give-the-cross-entropy",
      alarm: true,
    };
  }
  if (design.start === "zeros" && hidden.length && !design.dropout) {
    return {
      text: say("All weights started at 0, so all units of a layer compute the same and receive the same gradient. However many there are, they act as one."),
      section: "symmetry-why-zero-is-the-worst-start",
      alarm: true,
    };
  }
  const sick = hidden.findIndex(({ dead }) => count(dead) * 3 >= dead.length);
  if (sick >= 0) {
    const { dead } = hidden[sick];
    return {
      text: say("Dead units in layer {k}: {dead} of {n}. At every training point their slope is 0, so no gradient reaches their weights.", { k: sick + 1, dead: count(dead), n: dead.length }),
      section: "how-do-i-choose-an-activation",
      alarm: true,
    };
  }
  if (health.curvature > health.bound && step) {
    return {
      text: say("The curvature, {curvature}, exceeds {bound}: along the steepest direction, steps at the rate {rate} overshoot. Rounding errors grow there too, so after a while the copied program may differ from the page.", { curvature: short(health.curvature), bound: short(health.bound), rate: design.rate }),
      section: "where-a-network-finds-its-border",
      alarm: true,
    };
  }
  const [first, last] = [hidden[0], hidden[hidden.length - 1]];
  const scaled = ["adagrad", "rmsprop", "adam"].includes(design.rule);
  if (hidden.length > 1 && !scaled && last.gradient > 0 && first.gradient < last.gradient / 100) {
    return {
      text: say("The gradient fades on its way back: {first} in layer 1, {last} in layer {k}. The first layers barely learn.", { first: short(first.gradient), k: hidden.length, last: short(last.gradient) }),
      section: "vanishing-and-exploding-gradients",
      alarm: true,
    };
  }
  if (hidden.length > 1 && last.size < first.size / 100) {
    return {
      text: say("The signal fades on its way forward: the activations have the size {first} in layer 1, {last} in layer {k}. To the output all points look alike.", { first: short(first.size), k: hidden.length, last: short(last.size) }),
      section: "how-large-should-the-weights-be-at-the-start",
      alarm: true,
    };
  }
  const stuck = hidden.findIndex(({ flat }) => count(flat) * 2 > flat.length);
  if (stuck >= 0) {
    const { flat } = hidden[stuck];
    return {
      text: say("Saturated units in layer {k}: {flat} of {n}. At nine out of ten training points their activation is almost flat, so little of the gradient gets through.", { k: stuck + 1, flat: count(flat), n: flat.length }),
      section: "activations-the-bend-and-its-slope",
      alarm: true,
    };
  }
  const best = history.moments.reduce((low, moment) => (moment.test < low.test ? moment : low));
  if (test > 1.5 * best.test && test > 1.5 * train && step > 1.5 * best.step) {
    return {
      text: say("The network is memorising its training points: the training loss is {train}, the test loss {test}. The test loss was lowest at step {step}: {best}.", { train: short(train), test: short(test), step: whole(best.step), best: short(best.test) }),
      section: "how-do-i-fight-overfitting",
      alarm: true,
    };
  }
  if (!hidden.length || hidden.every(({ activation }) => activation === "identity")) {
    const plain = design.inputs.every((name) => name.length === 2);
    return {
      text: plain
        ? say("With no hidden layer that bends, the network is a linear model: the border between the colours is a straight line.")
        : say("With no hidden layer that bends, the network is a linear model of its inputs. If the border bends, it is by the squares, products and sines among them."),
      section: "what-no-linear-model-can-do",
    };
  }
  if (step === 0) {
    return { text: say("Nothing is learned yet: this is the network with its initial weights. Press Play."), section: "how-large-should-the-weights-be-at-the-start" };
  }
  const earlier = [...history.moments].reverse().find((moment) => moment.step <= step / 2);
  if (earlier && step >= 400 && train > 0.97 * earlier.train && train > 0.2) {
    return {
      text: say("The training loss barely falls: {earlier} at step {half}, {train} now. A plateau can be long; a larger rate, another rule or more units may lead off it.", { earlier: short(earlier.train), half: whole(earlier.step), train: short(train) }),
      section: "saddles-and-how-long-it-takes-to-leave",
    };
  }
  if (run.regression) {
    const errors = { step: whole(step), train: short(train), test: short(test) };
    return {
      text: sample.tests
        ? say("At step {step} the mean squared error is {train} on the training points and {test} on the test points.", errors)
        : say("At step {step} the mean squared error is {train}.", errors),
      section: "gaussian-noise-gives-the-squared-error",
    };
  }
  const per = (/** @type {number} */ share) => String(Math.round(100 * share));
  const right = { step: whole(step), train: per(run.rightOn(run.train)), test: per(run.rightOn(run.test)) };
  return {
    text: sample.tests
      ? say("At step {step} the network gets {train}% of the training points right, and {test}% of the test points.", right)
      : say("At step {step} the network gets {train}% of the points right.", right),
    section: "will-it-be-as-good-on-new-data",
  };
}
