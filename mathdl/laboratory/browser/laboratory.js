// The laboratory: a design, its run, and the views of it, drawn in frames.

import { colours, redraw } from "./views/colours.js";
import { Curve, short, whole } from "./views/curve.js";
import { first, read, written } from "./design.js";
import { button, element } from "./views/element.js";
import { EXPERIMENTS } from "./experiments.js";
import { Field, placed } from "./views/field.js";
import { Health } from "./health.js";
import { History } from "./history.js";
import { inNumPy, weights, withLibrary } from "./home.js";
import { Layers } from "./views/layers.js";
import { Panel } from "./views/panel.js";
import { Picture } from "./views/picture.js";
import { Point } from "./views/point.js";
import { Run } from "./run.js";
import { Wiring } from "./views/wiring.js";
import { told } from "./views/words.js";

/** Milliseconds of a frame for steps of training. */
const BUDGET = 8;
/** So often, in milliseconds, layers are measured and the sentence is made anew. */
const LOOK = 250;
/** How often the curvature's iteration goes on where all rests; once where it does not. */
const TURNS = 6;
/** And so often at most all is drawn. */
const PICTURE = 20;
/** The network's many lines more seldom. */
const WIRING = 120;
/** Where the run ends that moves before anything is pressed. */
const PRELUDE = 300;
const REST = 600;

/** Steps a second; the last as many as there is time for. */
const SPEEDS = [4, 30, 300, Infinity];

class Laboratory {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const { programs, pieces } = /** @type {any} */ (window).machine;
    this.programs = programs;
    this.pieces = pieces;
    this.design = first();
    this.playing = false;
    this.until = Infinity;
    this.owed = 0;
    this.speed = 300;
    /** @type {[number, number]} */
    this.seen = [-1, 0];
    this.paints = 1;
    this.before = 0;
    this.looked = 0;
    this.drawn = 0;
    this.drawing = 0;
    this.wired = 0;
    this.resting = 0;
    this.train = NaN;
    this.test = NaN;
    this.colours = colours(root);
    this.run = new Run(programs, this.design);
    this.history = new History(this.run);
    this.health = new Health(this.run);
    this.field = new Field(this.run);
    const change = (/** @type {(design: any) => void} */ edit) => this.change(edit);
    this.panel = new Panel(change);
    this.wiring = new Wiring(change, (layer, unit) => {
      this.seen = [layer, unit];
      this.#draw();
    });
    this.curve = new Curve((step) => {
      this.pause();
      this.history.go(step);
      this.#show();
    });
    this.picture = new Picture({ put: (x1, x2) => this.#put(x1, x2) });
    this.point = new Point(() => this.#show());
    this.layers = new Layers();
    const play = () => (this.playing ? this.pause() : this.start());
    this.play = button(say("Play"), play, { className: "lab-play" });
    this.step = button(say("Step"), () => this.advance(1));
    this.epoch = button(say("Epoch"), () => {
      this.advance(Math.ceil(this.run.rows / Math.max(1, this.run.batch)));
    });
    this.reset = button(say("Reset"), () => this.begin());
    const speed = element("select", { "aria-label": say("Speed, steps a second") });
    for (const value of SPEEDS) {
      const word = value === Infinity ? say("full speed") : say("{n}/s", { n: value });
      speed.append(element("option", { value: String(value), selected: value === this.speed }, word));
    }
    speed.addEventListener("change", () => (this.speed = Number(speed.value)));
    this.numbers = element("p", { className: "lab-numbers" });
    this.sentence = element("p", { className: "lab-sentence" });
    this.spoken = element("p", { className: "lab-spoken", role: "status" });
    this.brushes = element("div", { className: "lab-row lab-brushes", hidden: true });
    const brushes = { 1: say("Paint blue"), 0: say("Paint orange"), "-1": say("Erase") };
    for (const [value, word] of Object.entries(brushes)) {
      const take = () => {
        this.paints = Number(value);
        this.#brush();
      };
      this.brushes.append(button(word, take, { "data-brush": value }));
    }
    const bare = () => this.change((design) => (design.painted = []));
    this.brushes.append(button(say("Erase all"), bare));
    this.#brush();
    const stage = element(
      "div", { className: "lab-stage" }, this.picture.root, this.brushes, this.numbers, this.curve.root,
    );
    const buttons = [this.play, this.step, this.epoch, this.reset];
    const bar = element("div", { className: "lab-row lab-bar-top" }, ...buttons, speed);
    const side = [bar, this.sentence, this.wiring.root];
    const fold = (/** @type {string} */ title, /** @type {Node[]} */ ...inside) =>
      element("details", { className: "lab-fold" }, element("summary", {}, title), ...inside);
    this.inside = fold(say("Layer by layer"), this.layers.root);
    this.onePoint = fold(say("One point, forward and backward"), this.point.root);
    this.inside.addEventListener("toggle", () => this.#show());
    this.onePoint.addEventListener("toggle", () => this.#show());
    const shown = () => this.run.step;
    const home = element(
      "div",
      { className: "lab-row lab-home" },
      this.#copies(say("Copy code"), () => withLibrary(this.design, shown(), this.#address())),
      this.#copies(say("Copy plain NumPy"), () =>
        inNumPy(this.design, shown(), this.pieces, this.#address()),
      ),
      this.#copies(say("Copy link"), () => this.#address()),
      this.#saves(say("Save weights"), "weights.json", "application/json", () =>
        weights(this.design, this.run.network, shown()),
      ),
      this.#saves(say("Save picture"), "laboratory.svg", "image/svg+xml", () => this.#svg()),
    );
    this.root.replaceChildren(
      element("div", { className: "lab-top" }, stage, element("div", { className: "lab-side" }, ...side)),
      this.spoken, this.panel.root, this.inside, this.onePoint, home,
    );
  }

  /** @param {string} word @param {() => string} text */
  #copies(word, text) {
    const made = button(word, async () => {
      const copied = text();
      try {
        await navigator.clipboard.writeText(copied);
        made.textContent = say("Copied");
      } catch {
        // A browser that forbids it shows what is to be copied.
        const box = element("textarea", { readOnly: true, value: copied, rows: 12 });
        box.setAttribute("aria-label", word);
        this.root.querySelector(".lab-home textarea")?.remove();
        made.parentElement?.append(box);
        box.select();
      }
      setTimeout(() => (made.textContent = word), 2000);
    });
    return made;
  }

  /** @param {string} word @param {string} file @param {string} type @param {() => string} text */
  #saves(word, file, type, text) {
    return button(word, () => {
      const href = `data:${type};charset=utf-8,${encodeURIComponent(text())}`;
      element("a", { download: file, href }).click();
    });
  }

  /** The large picture, whose field is an image and whose points are circles. */
  #svg() {
    const { points, target, n } = this.run.sample;
    const url = this.field.paint(...this.#unitSeen(), this.colours.ramp).toDataURL();
    const { one, two, bg } = this.colours.css;
    const dots = Array.from({ length: n }, (_, i) => {
      const [x, y] = placed(points[2 * i], points[2 * i + 1], 400).map((at) => at.toFixed(1));
      const colour = target[i] > (this.run.regression ? 0 : 0.5) ? one : two;
      return `<circle cx="${x}" cy="${y}" r="4" fill="${colour}" stroke="${bg}"/>`;
    });
    const image = `<image href="${url}" width="400" height="400"/>`;
    const box = element("div");
    box.innerHTML = `<svg viewBox="0 0 400 400">${image}${dots.join("")}</svg>`;
    return new XMLSerializer().serializeToString(/** @type {Node} */ (box.firstChild));
  }

  #address() {
    return `${location.href.split("#")[0]}#${written(this.design)}`;
  }

  #brush() {
    for (const brush of this.brushes.querySelectorAll("[data-brush]")) {
      const value = Number(/** @type {HTMLElement} */ (brush).dataset.brush);
      brush.setAttribute("aria-pressed", String(value === this.paints));
    }
  }

  /** @param {number} x1 @param {number} x2 Where to paint or erase a point, or to pick one near. */
  #put(x1, x2) {
    const far = (/** @type {number} */ a, /** @type {number} */ b) => Math.hypot(a - x1, b - x2);
    if (this.design.data !== "painted") {
      const { points, n } = this.run.sample;
      const lengths = Array.from({ length: n }, (_, i) => far(points[2 * i], points[2 * i + 1]));
      this.point.at = lengths.indexOf(Math.min(...lengths));
      this.onePoint.open = true;
      this.#show();
      return;
    }
    this.change((design) => {
      const isFar = (/** @type {number[]} */ [a, b]) => far(a, b) > 0.3;
      if (this.paints < 0) design.painted = design.painted.filter(isFar);
      else design.painted.push([Math.round(x1 * 100) / 100, Math.round(x2 * 100) / 100, this.paints]);
    });
  }

  /** @param {(design: any) => void} edit Change the design: all begins anew, at step 0. */
  change(edit) {
    edit(this.design);
    try {
      history.replaceState(null, "", `#${written(this.design)}`);
    } catch {
      // Safari allows a hundred in half a minute; the next change writes it.
    }
    this.begin();
  }

  /** Follow the address, if it is a design or an experiment. */
  follow() {
    const hash = location.hash.slice(1);
    if (Object.hasOwn(EXPERIMENTS, hash)) {
      this.design = read(EXPERIMENTS[hash]);
      // The browser goes to the paragraph with this id.
      setTimeout(() => this.root.scrollIntoView(), 100);
      this.play.focus({ preventScroll: true });
    } else if (hash.includes("=")) this.design = read(hash);
    else return false;
    this.pause();
    this.begin();
    return true;
  }

  begin() {
    this.run = new Run(this.programs, this.design);
    this.history = new History(this.run);
    this.health = new Health(this.run);
    this.field = new Field(this.run);
    this.open();
  }

  /** Show the run as it is made. */
  open() {
    this.until = Infinity;
    this.seen = [-1, 0];
    this.panel.show(this.design);
    this.wiring.build(this.design);
    this.brushes.hidden = this.design.data !== "painted";
    if (!this.run.rows) this.pause();
    this.#show();
  }

  start() {
    if (!this.run.rows) return this.#show();
    this.playing = true;
    this.before = performance.now();
    this.owed = 0;
    this.#name();
    this.#steps();
  }

  pause() {
    const was = this.playing;
    this.playing = false;
    this.until = Infinity;
    this.#name();
    if (was) this.#show();
  }

  #name() {
    this.play.textContent = this.playing ? say("Pause") : say("Play");
    this.play.classList.toggle("on", this.playing);
  }

  /** @param {number} steps */
  advance(steps) {
    this.pause();
    if (!this.run.rows) return;
    for (let k = 0; k < steps && this.history.advance(); k++);
    this.#show();
  }

  /** Train between frames, in a task of its own: what is pressed has its turn before all is drawn. */
  #steps() {
    if (!this.playing) return;
    const [{ before }, now] = [this, performance.now()];
    const time = Math.max(0, Math.min(now - before, 100));
    this.owed = this.speed === Infinity ? Infinity : this.owed + (this.speed * time) / 1000;
    this.before = now;
    const end = now + Math.max(BUDGET, Math.min(this.drawing, 20));
    let well = true;
    while (this.owed >= 1 && well && this.run.step < this.until) {
      well = this.history.advance();
      this.owed--;
      if (performance.now() > end) {
        this.owed = Math.min(this.owed, this.speed / 30);
        break;
      }
    }
    if (!well || this.run.step >= this.until) return this.pause();
    requestAnimationFrame((next) => this.#frame(next));
  }

  /** @param {number} now */
  #frame(now) {
    if (!this.playing) return;
    if (now - this.looked > LOOK) {
      this.looked = now;
      this.#look();
    }
    // Where drawing is slow, half of the time is for steps.
    if (now - this.drawn > Math.max(PICTURE, 2 * this.drawing)) {
      const { target } = this.design;
      const above = this.train > target;
      this.#draw();
      if (above && this.train <= target) return this.pause();
    }
    setTimeout(() => this.#steps());
  }

  /** @returns {[number, number]} */
  #unitSeen() {
    return this.seen[0] < 0 ? [this.run.network.layers.length, 0] : this.seen;
  }

  /** Draw what moves. */
  #draw() {
    const { run, root, colours, history } = this;
    this.drawn = performance.now();
    this.train = run.lossOn(run.train);
    this.test = run.lossOn(run.test);
    Object.assign(root.dataset, {
      step: String(run.step),
      lossTrain: String(this.train),
      lossTest: String(this.test),
      seed: String(this.design.seed),
    });
    this.numbers.replaceChildren(
      element("span", {}, say("step"), " ", element("b", {}, whole(run.step))),
      element("span", {}, say("training loss"), " ", element("b", {}, short(this.train))),
      element("span", { className: "lab-test" }, say("test loss"), " ", element("b", {}, short(this.test))),
    );
    this.field.see();
    this.picture.draw(this.field, colours, this.#unitSeen(), this.onePoint.open ? this.point.at : -1);
    this.curve.draw(history, colours);
    if (!this.playing || this.drawn - this.wired > WIRING) {
      this.wired = this.drawn;
      this.wiring.draw(this.field, colours);
    }
    this.drawing = performance.now() - this.drawn;
  }

  /** Measure, and say what happens. */
  #look() {
    const { run, health } = this;
    if (run.rows) {
      health.look();
      health.bend(this.playing ? 1 : TURNS);
      this.wiring.mark(health.layers.map(({ dead }) => dead));
      if (this.inside.open) this.layers.draw(health);
      if (this.onePoint.open) this.point.draw(run);
    }
    const { text, section, alarm } = told({
      run, history: this.history, health, train: run.lossOn(run.train), test: run.lossOn(run.test),
    });
    this.sentence.classList.toggle("alarm", Boolean(alarm));
    this.sentence.replaceChildren(text); // and with it a link that was found before
    const link = section && document.querySelector(`article a[href$="#${section}"]`);
    if (link) {
      const { textContent, href } = /** @type {HTMLAnchorElement} */ (link);
      this.sentence.append(" ", element("a", { href }, `→ ${textContent}`));
    }
  }

  /** Show all that is at rest, and say it a little later. */
  #show() {
    this.#look();
    this.#draw();
    const share = Math.round(100 * this.field.share());
    const { n } = this.run.sample;
    this.picture.canvas.setAttribute(
      "aria-label",
      say("The network's output over the plane: {share}% of it blue, the rest orange; points: {n}", { share, n }),
    );
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (!this.playing) this.spoken.textContent = this.sentence.textContent;
    }, REST);
  }

  /** Another theme or width: the same in other colours. */
  again() {
    this.colours = colours(this.root);
    this.#draw();
  }
}

function open() {
  const root = document.getElementById("laboratory");
  if (!root) return;
  const laboratory = new Laboratory(root);
  if (!laboratory.follow()) laboratory.open();
  addEventListener("hashchange", () => laboratory.follow());
  redraw(root, () => laboratory.again());
  root.addEventListener("address", (event) => {
    const { design } = laboratory;
    const link = written(design);
    if (link !== written(first())) /** @type {CustomEvent} */ (event).detail.link = link;
  });
  // Nothing moves for those who asked for less motion, nor where a link leads to a design.
  if (!location.hash && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
    laboratory.start();
    laboratory.until = PRELUDE;
  }
}

open();
