// The output over the plane with the points; where the reader paints points, or picks one.

import { shade } from "./colours.js";
import { element, fitted } from "./element.js";
import { VIEW, placed } from "./field.js";

/**
 * Which keys move the cross of who paints by keyboard.
 * @type {Record<string, [number, number]>}
 */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Picture {
  /**
   * @param {object} on
   * @param {(x1: number, x2: number) => void} on.put A point is painted, or one near is picked.
   */
  constructor({ put }) {
    this.canvas = element("canvas", { tabIndex: 0, role: "img" });
    this.root = element("div", { className: "lab-picture" }, this.canvas);
    this.cross = [0, 0];
    this.put = put;
    this.canvas.addEventListener("click", (event) => {
      const { left, top, width } = this.canvas.getBoundingClientRect();
      this.cross = [
        VIEW * ((2 * (event.clientX - left)) / width - 1),
        VIEW * (1 - (2 * (event.clientY - top)) / width),
      ];
      put(this.cross[0], this.cross[1]);
    });
    this.canvas.addEventListener("keydown", (event) => {
      const move = ARROWS[event.key];
      if (move) {
        const by = event.shiftKey ? 0.5 : 0.1;
        this.cross = this.cross.map((at, axis) => Math.max(-VIEW, Math.min(VIEW, at + by * move[axis])));
        this.again();
      } else if (event.key === "Enter" || event.key === " ") put(this.cross[0], this.cross[1]);
      else return;
      event.preventDefault();
    });
    for (const name of ["focus", "blur"]) this.canvas.addEventListener(name, () => this.again());
    this.again = () => {};
  }

  /**
   * @param {import("./field.js").Field} field
   * @param {import("./colours.js").Colours} colours
   * @param {[layer: number, unit: number]} seen Whose output.
   * @param {number} picked The number of a point, or −1.
   */
  draw(field, { css, ramp }, seen, picked) {
    this.again = () => this.draw(field, { css, ramp }, seen, picked);
    const { pen, width } = fitted(this.canvas);
    if (!width) return;
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(field.paint(...seen, ramp), 0, 0, width, width);
    const { points, target, n, tests } = field.run.sample;
    const radius = Math.max(2.5, width / (n > 300 ? 130 : 95));
    for (let i = n - 1; i >= 0; i--) {
      const [x, y] = placed(points[2 * i], points[2 * i + 1], width);
      const value = field.run.regression ? target[i] : 2 * target[i] - 1;
      const colour = field.run.regression ? pixel(ramp[shade(value)]) : value > 0 ? css.one : css.two;
      pen.beginPath();
      pen.arc(x, y, i < n - tests ? radius : radius * 0.8, 0, 7);
      if (i < n - tests) {
        pen.fillStyle = colour;
        pen.fill();
        pen.strokeStyle = css.bg;
        pen.lineWidth = 1;
      } else {
        pen.fillStyle = css.bg;
        pen.fill();
        pen.strokeStyle = colour;
        pen.lineWidth = 1.5;
      }
      pen.stroke();
    }
    pen.strokeStyle = css.ink;
    if (picked >= 0 && picked < n) {
      const [x, y] = placed(points[2 * picked], points[2 * picked + 1], width);
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(x, y, radius + 4, 0, 7);
      pen.stroke();
    }
    if (document.activeElement === this.canvas && this.canvas.matches(":focus-visible")) {
      const [x, y] = placed(this.cross[0], this.cross[1], width);
      pen.lineWidth = 1.5;
      pen.beginPath();
      for (const [dx, dy] of [[9, 0], [0, 9]]) {
        pen.moveTo(x - dx, y - dy);
        pen.lineTo(x + dx, y + dy);
      }
      pen.stroke();
    }
  }
}

/** @param {number} value */
const pixel = (value) => `rgb(${value & 255} ${(value >> 8) & 255} ${(value >> 16) & 255})`;
