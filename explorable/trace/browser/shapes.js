// Shapes of arrays, and how to walk through arrays that are read as if they had another shape.

/** @typedef {{ shape: number[], values: Float64Array }} Numbers */
/** @typedef {any} Value Numbers, a string, or a list of these. */

/** @type {Map<string, number[]>} */
const shapes = new Map();

/** @param {number[]} shape Return the one array that stands for a shape. */
export function one(shape) {
  const key = String(shape);
  const known = shapes.get(key);
  if (known) return known;
  shapes.set(key, shape);
  return shape;
}

/** @param {number[]} shape */
export function size(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/** @param {number[]} shape @returns {Numbers} */
export function room(shape) {
  return { shape: one(shape), values: new Float64Array(size(shape)) };
}

/** @param {number[]} shape */
export function strides(shape) {
  const found = new Array(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    found[axis] = found[axis + 1] * shape[axis + 1];
  }
  return found;
}

/** @param {number[][]} given @returns {number[]} */
export function broadcast(given) {
  const rank = Math.max(...given.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let common = 1;
    for (const shape of given) {
      const length = shape[axis - rank + shape.length] ?? 1;
      if (length !== 1 && common !== 1 && length !== common) {
        throw new Error(`shapes ${given.map((shape) => `(${shape})`).join(" and ")} do not fit`);
      }
      if (length !== 1) common = length;
    }
    return common;
  });
}

/**
 * Return how far entries are apart in an array that is read as if it had another shape.
 * @param {number[]} from
 * @param {number[]} to
 */
export function apartIn(from, to) {
  const own = strides(from);
  return to.map((length, axis) => {
    const at = axis - to.length + from.length;
    if (at < 0 || from[at] === 1) return 0;
    if (from[at] !== length) throw new Error(`shape (${from}) does not fit (${to})`);
    return own[at];
  });
}

/**
 * Return where entries stand.
 * @param {number[]} lengths
 * @param {number[]} walk How far they are apart along each axis.
 * @param {number} [base] Where the first stands.
 */
export function places(lengths, walk, base = 0) {
  let found = Int32Array.of(base);
  lengths.forEach((length, axis) => {
    const before = found;
    found = new Int32Array(before.length * length);
    for (let i = 0, o = 0; i < before.length; i++) {
      for (let j = 0; j < length; j++) found[o++] = before[i] + j * walk[axis];
    }
  });
  return found;
}

/**
 * Return a function that copies an operand's entries, from where they stand.
 * @param {Numbers} out
 * @param {Value[]} at
 * @param {number} arg
 * @param {number[]} walk
 * @param {number} [base]
 */
export function copy(out, at, arg, walk, base) {
  const from = places(out.shape, walk, base);
  return () => {
    const [z, x] = [out.values, at[arg].values];
    for (let i = 0; i < from.length; i++) z[i] = x[from[i]];
  };
}

/**
 * Return a function that calls a loop for each longest run of entries in which each operand goes
 * on by one step.
 * @param {Function} loop
 * @param {Numbers} out
 * @param {Value[]} at
 * @param {number[]} args
 * @param {number[][]} walks For each operand how far its entries are apart along each axis.
 */
export function sweep(loop, out, at, args, walks) {
  /** @type {number[]} */
  const lengths = [];
  /** @type {number[][]} */
  const apart = walks.map(() => []);
  out.shape.forEach((length, axis) => {
    if (length === 1) return;
    const last = lengths.length - 1;
    if (last >= 0 && walks.every((walk, k) => apart[k][last] === walk[axis] * length)) {
      lengths[last] *= length;
      walks.forEach((walk, k) => (apart[k][last] = walk[axis]));
    } else {
      lengths.push(length);
      walks.forEach((walk, k) => apart[k].push(walk[axis]));
    }
  });
  const n = lengths.pop() ?? 1;
  const [dx, dy, dw] = apart.map((walk) => walk.pop() ?? 0);
  const [a, b, c] = [args[0], args[1] ?? args[0], args[2] ?? args[0]];
  const [p, q, r] = [0, 1, 2].map((k) => places(lengths, apart[k] ?? lengths));
  return () => {
    const [x, y, w] = [at[a].values, at[b].values, at[c].values];
    for (let i = 0; i < p.length; i++) {
      loop(out.values, i * n, n, x, p[i], dx, y, q[i], dy, w, r[i], dw);
    }
  };
}
