// A small relative of the laboratory: a network learns two colours, and whoever touches the picture
// contradicts it there.

import { colours, redraw } from "./views/colours.js";
import { first, written } from "./design.js";
import { button, element } from "./views/element.js";
import { Field } from "./views/field.js";
import { Picture } from "./views/picture.js";
import { Run } from "./run.js";

/** Steps of training after a touch, and in a picture. */
const LESSON = 300;
const EACH = 3;
/** So near to a point a touch means the point. */
const NEAR = 0.25;
const REST = 600;

/** @typedef {import("./design.js").Painted} Painted */

class Touched {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const { painted, programs } = /** @type {any} */ (window).machine;
    this.programs = programs;
    this.painted = /** @type {Painted[]} */ (painted);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.colours = colours(root);
    this.resting = 0;
    this.left = 0;
    this.picture = new Picture({ put: (x1, x2) => this.put(x1, x2) });
    this.said = element("p", { className: "touch-said" });
    this.spoken = element("p", { className: "lab-spoken", role: "status" });
    const again = button(say("Reset"), () => this.begin());
    this.link = element("a", {}, say("Open this network in the laboratory"));
    const bar = element("div", { className: "lab-row" }, again, this.link);
    root.replaceChildren(this.picture.root, this.said, bar, this.spoken);
    this.design = this.designed();
    this.run = new Run(this.programs, this.design);
    this.field = new Field(this.run);
    this.learn();
  }

  designed() {
    const painted = /** @type {Painted[]} */ (this.painted.map((point) => [...point]));
    return { ...first(), data: "painted", painted, rule: "adam", rate: 0.03, batch: 0, test: 0 };
  }

  begin() {
    this.design = this.designed();
    this.run = new Run(this.programs, this.design);
    this.learn();
  }

  /** @param {number} x1 @param {number} x2 Another colour here: of the point that is near, or of a new one. */
  put(x1, x2) {
    const { painted } = this.design;
    const near = painted.find(([a, b]) => Math.hypot(a - x1, b - x2) < NEAR);
    if (near) near[2] = near[2] ? 0 : 1;
    else {
      const place = [x1, x2].map((at) => Math.round(at * 100) / 100);
      painted.push([place[0], place[1], this.field.at(x1, x2) > 0 ? 0 : 1]);
    }
    const kept = this.run.keep();
    this.run = new Run(this.programs, this.design);
    this.run.takeUp({ ...kept, order: new Float64Array(), next: 0 });
    this.learn();
  }

  /** Learn for a while, before the reader's eyes; at once for who has asked for less motion. */
  learn() {
    this.field = new Field(this.run);
    const idle = !this.left;
    this.left = LESSON;
    if (!this.calm) {
      if (idle) requestAnimationFrame(() => this.frame());
      return;
    }
    this.steps(LESSON);
    this.show();
  }

  frame() {
    this.steps(EACH);
    this.show();
    if (this.left) requestAnimationFrame(() => this.frame());
  }

  /** @param {number} steps */
  steps(steps) {
    for (let k = 0; k < steps && this.left; k++, this.left--) this.run.advance();
  }

  show() {
    const { run, field, root } = this;
    const { n } = run.sample;
    root.dataset.step = String(run.step);
    root.dataset.points = String(n);
    field.see();
    this.picture.draw(field, this.colours, [run.network.layers.length, 0], -1);
    const right = Math.round(n * run.rightOn(run.train));
    const values = { step: run.step, right, n };
    this.said.textContent =
      right < n
        ? say("After {step} corrections, {right} of the {n} points lie on their own colour.", values)
        : say("After {step} corrections, all {n} points lie on their own colour.", values);
    const { canvas } = this.picture;
    if (this.left && canvas.hasAttribute("aria-label")) return;
    const address = /** @type {HTMLElement} */ (document.querySelector("a[href*='laboratory.html']"));
    this.link.href = `${address.getAttribute("href")}#${written(this.design)}`;
    canvas.setAttribute(
      "aria-label",
      say("{n} points of two colours, and the colour that the network gives each place: {share}% of the picture is blue. The arrow keys move a cross; Enter puts a point of the other colour there.", {
        n, share: Math.round(100 * field.share()),
      }),
    );
    clearTimeout(this.resting);
    this.resting = setTimeout(() => (this.spoken.textContent = this.said.textContent), REST);
  }

  again() {
    this.colours = colours(this.root);
    this.show();
  }
}

function open() {
  const root = document.getElementById("touch");
  if (!root) return;
  const touched = new Touched(root);
  redraw(root, () => touched.again());
}

open();
