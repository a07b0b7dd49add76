// Undoes packing.py: a header in JSON, then the points of the slots whose values are lines.

/**
 * @typedef {{
 *   artist: number, element: number, attribute: string,
 *   axes: number[], index: number[] | 0, value: (id: number) => string, shown?: number,
 * }} Slot One thing that changes; see states.py.
 * @typedef {{ counts: number[], slots: Slot[] }} States
 * @typedef {{ lengths: (number | number[])[], order: number, grain: number, dots?: 1, space?: 1 }}
 *   Packed What packing.py says about lines.
 */

/**
 * @param {ArrayBuffer} buffer
 * @returns {States}
 */
export function unpack(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  const { counts, slots } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  let at = 4 + size;

  /** @param {[number, number, string, number[], number[] | 0, string[] | Packed]} row */
  function slot([artist, element, attribute, axes, index, values]) {
    if (Array.isArray(values)) {
      return { artist, element, attribute, axes, index, value: (/** @type {number} */ id) => values[id] };
    }
    const lengths = values.lengths.map((length) => (Array.isArray(length) ? length : [length]));
    const total = lengths.flat().reduce((sum, length) => sum + length, 0);
    /** @type {Int32Array[]} */
    const columns = [];
    for (let column = 0; column < (values.space ? 3 : 2); column++) {
      columns.push(numbers(new Uint8Array(buffer, at, 3 * total), lengths, values));
      at += 3 * total;
    }
    /** @type {number[]} */
    const starts = [];
    let start = 0;
    for (const parts of lengths) {
      starts.push(start);
      for (const length of parts) start += length;
    }
    const value = (/** @type {number} */ id) =>
      path(columns, starts[id], lengths[id], Boolean(values.dots));
    return { artist, element, attribute, axes, index, value };
  }

  return { counts, slots: slots.map(slot) };
}

/**
 * @param {Uint8Array} bytes All lowest bytes, all middle ones, all highest ones.
 * @param {number[][]} lengths
 * @param {Packed} packed
 */
function numbers(bytes, lengths, { order, grain }) {
  const total = bytes.length / 3;
  const values = new Int32Array(total);
  let at = 0;
  let start = 0;
  for (const length of lengths.flat()) {
    let value = start;
    let step = 0;
    for (let k = 0; k < length; k++, at++) {
      const folded = bytes[at] | (bytes[total + at] << 8) | (bytes[2 * total + at] << 16);
      const change = folded & 1 ? -(folded + 1) / 2 : folded / 2;
      if (order === 2 && k) value += step += change;
      else value += change;
      if (!k) start = value;
      values[at] = value * grain;
    }
  }
  return values;
}

/**
 * @param {Int32Array[]} columns
 * @param {number} at
 * @param {number[]} lengths
 * @param {boolean} dots
 */
function path(columns, at, lengths, dots) {
  let data = "";
  for (const length of lengths) {
    for (let k = 0; k < length; k++, at++) {
      data += k && !dots ? " " : "M";
      data += columns.map((column) => column[at]).join(" ");
      if (dots) data += "h0";
    }
  }
  return data;
}
