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

/** @param {string} section @param {string} text @returns {Told} */
const quiet = (section, text) => ({ text, section });
/** @param {string} section @param {string} text @returns {Told} */
const alarm = (section, text) => ({ text, section, alarm: true });

/** @param {Now} now @returns {Told} */
export function told(now) {
  const { run, history, health, train, test } = now;
  const { design, sample, step } = run;
  const hidden = health.layers.slice(0, -1);
  if (!sample.n) {
    return quiet("", say("There are no points yet. Pick a colour and paint some: click or tap the picture, or move the cross with the arrow keys and press Enter."));
  }
  if (!(train < Infinity)) {
    const fine = [...history.moments].reverse().find((moment) => moment.train < Infinity);
    return alarm("why-is-my-loss-nan", say("The training has diverged: at step {step} the loss is no longer a number. Nothing is lost: drag the loss curve back to step {fine}, or start over with a learning rate below {rate}.", { step: whole(step), fine: whole(fine?.step ?? 0), rate: design.rate }));
  }
  const wanted = [...run.train.target.values];
  if (!run.regression && wanted.every((value) => value === wanted[0])) {
    return alarm("coin-flips-give-the-cross-entropy", say("All training points have one colour. The output's bias alone can answer that: the loss will fall, and nothing will be learned about the plane."));
  }
  if (design.start === "zeros" && hidden.length && !design.dropout) {
    return alarm("symmetry-why-not-to-start-at-zero", say("All weights started at 0, so all units of a layer compute the same and receive the same gradient. However many there are, they act as one."));
  }
  const sick = hidden.findIndex(({ dead }) => count(dead) * 3 >= dead.length);
  if (sick >= 0) {
    const { dead } = hidden[sick];
    return alarm("how-do-i-choose-an-activation", say("Dead units in layer {k}: {dead} of {n}. At every training point their slope is 0, so no gradient reaches their weights.", { k: sick + 1, dead: count(dead), n: dead.length }));
  }
  const [curvature, bound] = [health.curvature, health.bound].map(short);
  if (health.curvature > health.bound && curvature !== bound && step) {
    return alarm("where-a-network-finds-its-border", say("The curvature, {curvature}, exceeds {bound}: along the direction of largest curvature, steps at the rate {rate} overshoot. Rounding errors grow there too, so after a while the copied program may differ from the page.", { curvature, bound, rate: design.rate }));
  }
  const [first, last] = [hidden[0], hidden[hidden.length - 1]];
  const scaled = ["adagrad", "rmsprop", "adam"].includes(design.rule);
  if (hidden.length > 1 && !scaled && last.gradient > 0 && first.gradient < last.gradient / 100) {
    return alarm("vanishing-and-exploding-gradients", say("The gradient fades on its way back: {first} in layer 1, {last} in layer {k}. The first layers barely learn.", { first: short(first.gradient), k: hidden.length, last: short(last.gradient) }));
  }
  if (hidden.length > 1 && last.size < first.size / 100) {
    return alarm("how-large-should-the-weights-be-at-the-start", say("The signal fades on its way forward: the activations have the size {first} in layer 1, {last} in layer {k}. To the output all points look alike.", { first: short(first.size), k: hidden.length, last: short(last.size) }));
  }
  const stuck = hidden.findIndex(({ flat }) => count(flat) * 2 > flat.length);
  if (stuck >= 0) {
    const { flat } = hidden[stuck];
    return alarm("activations-the-bend-and-its-slope", say("Saturated units in layer {k}: {flat} of {n}. At nine in ten training points or more their activation is almost flat, so little of the gradient gets through.", { k: stuck + 1, flat: count(flat), n: flat.length }));
  }
  const { best } = history;
  if (test > 1.5 * best.test && test > 1.5 * train && step > 1.5 * best.step) {
    return alarm("how-do-i-fight-overfitting", say("The network is memorising its training points: the training loss is {train}, the test loss {test}. The test loss was lowest at step {step}: {best}.", { train: short(train), test: short(test), step: whole(best.step), best: short(best.test) }));
  }
  if (!hidden.length || hidden.every(({ activation }) => activation === "identity")) {
    const plain = design.inputs.every((name) => name.length === 2);
    return quiet(
      "what-no-linear-model-can-do",
      plain
        ? say("With no hidden layer that bends, the network is a linear model: the border between the colours is a straight line.")
        : say("With no hidden layer that bends, the network is a linear model of its inputs. If the border bends, it is by the squares, products and sines among them."),
    );
  }
  if (step === 0) {
    return quiet("how-large-should-the-weights-be-at-the-start", say("Nothing is learned yet: this is the network with its initial weights. Press Play."));
  }
  const earlier = [...history.moments].reverse().find((moment) => moment.step <= step / 2);
  if (earlier && step >= 400 && Math.abs(train / earlier.train - 1) < 0.03 && train > 0.2) {
    return quiet("saddles-and-how-long-it-takes-to-leave", say("The training loss barely falls: {earlier} at step {half}, {train} now. A plateau can be long; a larger rate, another rule or more units may lead off it.", { earlier: short(earlier.train), half: whole(earlier.step), train: short(train) }));
  }
  if (run.regression) {
    const errors = { step: whole(step), train: short(train), test: short(test) };
    return quiet(
      "gaussian-noise-gives-the-squared-error",
      sample.tests
        ? say("At step {step} the mean squared error is {train} on the training points and {test} on the test points.", errors)
        : say("At step {step} the mean squared error is {train}.", errors),
    );
  }
  const per = (/** @type {number} */ share) => String(share < 1 ? Math.min(99, Math.round(100 * share)) : 100);
  const right = { step: whole(step), train: per(run.rightOn(run.train)), test: per(run.rightOn(run.test)) };
  return quiet(
    "will-it-be-as-good-on-new-data",
    sample.tests
      ? say("At step {step} the network gets {train}% of the training points right, and {test}% of the test points.", right)
      : say("At step {step} the network gets {train}% of the points right.", right),
  );
}
