// The plane as a grid of points, at which the network and each of its units are seen.

import { Way, numbers } from "../network.js";
import { shade } from "./colours.js";

/** How far the plane is seen, which holds what noise moves out of the square. */
export const VIEW = 3.4;
/** Points along each side. */
const GRID = 44;

const POINTS = Float64Array.from({ length: 2 * GRID * GRID }, (_, i) => {
  const [place, row] = [(i >> 1) % GRID, Math.floor((i >> 1) / GRID)];
  return VIEW * (((i % 2 ? GRID - 1 - row : place) + 0.5) * (2 / GRID) - 1);
});

/** @param {number} x1 @param {number} x2 @param {number} size In pixels, of the picture. */
export const placed = (x1, x2, size) => [
  ((x1 / VIEW + 1) / 2) * size,
  ((1 - x2 / VIEW) / 2) * size,
];

export class Field {
  /** @param {import("../run.js").Run} run */
  constructor(run) {
    this.run = run;
    const { design, network, lossName } = run;
    this.way = new Way(network, GRID * GRID, lossName);
    this.x = numbers([GRID * GRID, design.inputs.length], run.inputs(POINTS));
    this.image = new ImageData(GRID, GRID);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.small = document.createElement("canvas");
    Object.assign(this.small, { width: GRID, height: GRID });
  }

  see() {
    this.way.forward(this.x);
  }

  /**
   * Paint what a unit puts out over the plane.
   * @param {number} layer 0 for the inputs, the last for the output.
   * @param {number} unit
   * @param {Uint32Array} ramp
   * @returns {HTMLCanvasElement}
   */
  paint(layer, unit, ramp) {
    const { shape, values } = layer ? this.way.f[layer - 1] : this.x;
    const columns = shape[1];
    const isOutput = layer === this.way.f.length;
    let [scale, shift] = [0, 0];
    if (isOutput) {
      const { lossName, regression } = this.run;
      if (lossName === "binary_cross_entropy") scale = 1 / 4;
      else [scale, shift] = regression ? [1, 0] : [2, 1];
    } else {
      for (let i = unit; i < values.length; i += columns) {
        const size = Math.abs(values[i]);
        if (size > scale) scale = size;
      }
      scale = scale > 0 ? 1 / scale : 0;
    }
    for (let i = 0; i < this.pixels.length; i++) {
      this.pixels[i] = ramp[shade(values[i * columns + unit] * scale - shift)];
    }
    /** @type {CanvasRenderingContext2D} */ (this.small.getContext("2d")).putImageData(this.image, 0, 0);
    return this.small;
  }

  /** @param {number} x1 @param {number} x2 The output at the nearest point of the grid. */
  at(x1, x2) {
    const [column, row] = placed(x1, x2, GRID).map((at) => Math.max(0, Math.min(GRID - 1, Math.floor(at))));
    return this.way.f[this.way.f.length - 1].values[row * GRID + column];
  }

  /** The share of the plane where the answer is the second class, to be said. */
  share() {
    const { values } = this.way.f[this.way.f.length - 1];
    const border = this.run.lossName === "binary_cross_entropy" || this.run.regression ? 0 : 0.5;
    return values.filter((value) => value > border).length / values.length;
  }
}
