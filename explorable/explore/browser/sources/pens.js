// Draws what the page has computed: points become paths, numbers become texts and places.

/** Coordinates beyond this are cut off before they are written. */
const FAR = 40000;

/** @typedef {Float64Array | Int32Array | Uint8Array} Numbers */

/**
 * Pens: from what a recipe says besides and the computed values to the attribute's text.
 * @type {Record<string, (numbers: any[], values: any[]) => string>}
 */
export const pens = {
  line: (numbers, [x, y]) => polyline(numbers, x.values, y.values, ""),
  area: (numbers, [x, y]) => polyline(numbers, x.values, y.values, "z"),
  marks: ([a, b, c, d, marks], [x, y]) => {
    let data = "";
    const length = Math.max(x.values.length, y.values.length);
    for (let k = 0; k < length; k++) {
      const left = a * at(x.values, k) + b;
      const top = c * at(y.values, k) + d;
      if (!(Math.abs(left) < FAR && Math.abs(top) < FAR)) continue;
      for (const [dx, dy, rest] of marks) {
        data += `M${Math.round(left) + dx} ${Math.round(top) + dy}${rest}`;
      }
    }
    return data;
  },
  space: ([a, b, c, d, e, f], [{ values }]) => {
    let data = "";
    let drawing = false;
    for (let k = 0; k < values.length; k += 3) {
      const [across, deep, up] = [a * values[k] + b, c * values[k + 1] + d, e * values[k + 2] + f];
      const seen = Number.isFinite(across + deep + up);
      if (seen) data += `${drawing ? " " : "M"}${Math.round(across)} ${Math.round(deep)} ${Math.round(up)}`;
      drawing = seen;
    }
    return data;
  },
  text: (_, [text]) => text,
  number: ([bracketed], [text]) => {
    if (!/[1-9∞n]/.test(text)) return text.replace("−", "");
    return bracketed && text.startsWith("−") ? `(${text})` : text;
  },
  fixed: ([text]) => text,
  place: ([a, b], [{ values }]) => String(Math.round(a * values[0] + b)),
  between: (pieces, [{ values }]) => faded(pieces, values[0]),
};

/** @param {Numbers} values @param {number} k One value is that of every point. */
function at(values, k) {
  return values.length === 1 ? values[0] : values[k];
}

/**
 * @param {number[]} numbers Factor and offset of each axis.
 * @param {Numbers} xs
 * @param {Numbers} ys
 * @param {string} close
 */
function polyline([a, b, c, d], xs, ys, close) {
  const length = Math.max(xs.length, ys.length);
  let data = "";
  let drawing = false;
  let [x0, y0] = [NaN, NaN];
  for (let k = 0; k < length; k++) {
    const x = a * at(xs, k) + b;
    const y = c * at(ys, k) + d;
    const near = Math.abs(x) < FAR && Math.abs(y) < FAR;
    if (near && (drawing || Number.isNaN(x0 + y0))) {
      data += `${drawing ? " " : "M"}${Math.round(x)} ${Math.round(y)}`;
      drawing = true;
    } else {
      const seen = cut(x0, y0, x, y);
      if (seen) {
        data += `${drawing ? " " : `M${seen[0]} ${seen[1]} `}${seen[2]} ${seen[3]}`;
      }
      drawing = near;
      if (near && !seen) data += `M${Math.round(x)} ${Math.round(y)}`;
    }
    [x0, y0] = [x, y];
  }
  return data && data + close;
}

/**
 * Return what of a step lies within reach, in whole units, or nothing.
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 */
function cut(x0, y0, x1, y1) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  if (!Number.isFinite(dx + dy)) return undefined;
  let [from, to] = [0, 1];
  for (const [step, room] of [[-dx, x0 + FAR], [dx, FAR - x0], [-dy, y0 + FAR], [dy, FAR - y0]]) {
    if (step === 0 && room < 0) return undefined;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  if (from > to) return undefined;
  return [x0 + from * dx, y0 + from * dy, x0 + to * dx, y0 + to * dy].map(Math.round);
}

/** The two numbers at which a part was drawn; see recipes.py. */
const [LOW, HIGH] = [0.25, 0.75];

/** @param {(string | [number, number])[]} pieces @param {number} value */
function faded(pieces, value) {
  const share = (value - LOW) / (HIGH - LOW);
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return Math.round(1000 * (piece[0] + share * (piece[1] - piece[0]))) / 1000;
    })
    .join("");
}
