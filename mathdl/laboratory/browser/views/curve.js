// The two losses, step by step, and a slider over them that goes back.

import { element, fitted } from "./element.js";

/** @param {number} value */
export function short(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : "∞";
  const size = Math.abs(value);
  if (size && (size < 0.001 || size >= 10000)) {
    const [mantissa, power] = value.toExponential(1).split("e");
    const raised = String(Number(power)).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[+sign] ?? "⁻");
    return `${mantissa.replace("-", "−")}·10${raised}`;
  }
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** @param {number} n With commas; without the words of a language, which take long to load. */
export const whole = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

export class Curve {
  /** @param {(step: number) => void} go */
  constructor(go) {
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.slider = element("input", {
      type: "range", min: "0", max: "0", value: "0", "aria-label": say("Step that is shown"),
    });
    this.slider.addEventListener("input", () => go(Number(this.slider.value)));
    this.root = element("div", { className: "lab-curve" }, this.canvas, this.slider);
  }

  /** @param {import("../history.js").History} history @param {import("./colours.js").Colours} colours */
  draw({ moments, run, last }, { css }) {
    const end = Math.max(last.step, run.step);
    Object.assign(this.slider, { max: String(end), value: String(run.step) });
    this.slider.setAttribute("aria-valuetext", say("step {step} of {end}", { step: whole(run.step), end: whole(end) }));
    const { pen, width, height } = fitted(this.canvas);
    const seen = moments.flatMap(({ train, test }) => [train, test]).filter((y) => y > 0 && y < Infinity);
    if (!seen.length || !width) return;
    let [low, high] = [Math.log10(Math.min(...seen)), Math.log10(Math.max(...seen))];
    if (high - low < 0.3) [low, high] = [(low + high) / 2 - 0.15, (low + high) / 2 + 0.15];
    const [left, right, top, bottom] = [34, 10, 8, 18];
    const x = (/** @type {number} */ step) => left + ((width - left - right) * step) / Math.max(end, 1);
    const y = (/** @type {number} */ loss) =>
      top + ((height - top - bottom) * (high - Math.log10(loss))) / (high - low);
    pen.font = `11px ${getComputedStyle(this.root).fontFamily}`;
    pen.textBaseline = "middle";
    pen.lineWidth = 1;
    pen.fillStyle = css.muted;
    pen.strokeStyle = css.grid;
    pen.textAlign = "right";
    for (const value of ticks(low, high)) {
      line(pen, [left, y(value)], [width - right, y(value)]);
      pen.fillText(short(value), left - 5, y(value));
    }
    if (end) pen.fillText(whole(end), width - right, height - 7);
    pen.textAlign = "left";
    pen.fillText(say("0 steps"), left, height - 7);
    for (const [name, colour] of /** @type {["test" | "train", string][]} */ ([["test", css.three], ["train", css.ink]])) {
      pen.strokeStyle = colour;
      pen.lineWidth = 2;
      pen.lineJoin = "round";
      pen.beginPath();
      let down = false;
      for (const moment of moments) {
        const loss = moment[name];
        if (!(loss > 0 && loss < Infinity)) down = false;
        else if (down) pen.lineTo(x(moment.step), y(loss));
        else {
          pen.moveTo(x(moment.step), y(loss));
          down = true;
        }
      }
      pen.stroke();
    }
    pen.strokeStyle = css.muted;
    pen.lineWidth = 1;
    line(pen, [x(run.step), top], [x(run.step), height - bottom]);
    pen.fillStyle = css.one;
    pen.beginPath();
    pen.arc(x(run.step), height - bottom, 5, 0, 7);
    pen.fill();
  }
}

/** @typedef {[x: number, y: number]} Place */
/** @param {CanvasRenderingContext2D} pen @param {Place} from @param {Place} to */
function line(pen, from, to) {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

/** @param {number} low @param {number} high Powers of ten; returns at most four round numbers. */
function ticks(low, high) {
  for (const parts of [[1, 2, 5], [1], [1]]) {
    const found = [];
    for (let power = Math.floor(low); power <= high; power++) {
      for (const part of parts) {
        const value = Number(`${part}e${power}`);
        if (Math.log10(value) >= low && Math.log10(value) <= high) found.push(value);
      }
    }
    if (found.length <= 4) return found;
    if (parts.length === 1) return found.filter((_, k) => k % Math.ceil(found.length / 4) === 0);
  }
  return [];
}
