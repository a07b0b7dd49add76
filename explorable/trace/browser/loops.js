// What is done entry by entry and along an axis, over Float64Array.

/**
 * From operands x, y and w, which begin at p, q and r and whose entries are dx, dy and dw apart,
 * to n entries of z from o on.
 * @typedef {(z: Float64Array, o: number, n: number, x: Float64Array, p: number, dx: number,
 *   y: Float64Array, q: number, dy: number, w: Float64Array, r: number, dw: number) => void} Loop
 */

/** @param {(x: number) => number} f */
function unary(f) {
  /** @type {Loop} */
  return (z, o, n, x, p, dx) => {
    for (; n--; p += dx) z[o++] = f(x[p]);
  };
}

/** @param {(x: number, y: number) => number} f */
function binary(f) {
  /** @type {Loop} */
  return (z, o, n, x, p, dx, y, q, dy) => {
    for (; n--; p += dx, q += dy) z[o++] = f(x[p], y[q]);
  };
}

/** @param {number} x */
function rint(x) {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

/** @param {number} x */
function exponent(x) {
  const size = Math.abs(x);
  if (!(size > 0 && size < Infinity)) return 0;
  const near = Math.round(Math.log2(size));
  return size >= 2 ** near ? near + 1 : near;
}

/** @param {number} x */
function negative(x) {
  return x < 0 || Object.is(x, -0);
}

/** @param {number} x @param {number} y */
function remainder(x, y) {
  const rest = x % y;
  if (rest !== 0) return y < 0 !== rest < 0 ? rest + y : rest;
  return negative(y) ? -0 : 0;
}

/** @param {number} x @param {number} y */
function floorDivide(x, y) {
  if (!y) return x / y;
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && y < 0 !== rest < 0 ? 1 : 0);
  if (quotient === 0) return negative(x / y) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** @param {number} x @param {number} y */
function logaddexp(x, y) {
  if (x === y) return x + Math.LN2;
  return x > y ? x + Math.log1p(Math.exp(y - x)) : y + Math.log1p(Math.exp(x - y));
}

/** @type {("sign" | "cbrt" | "log" | "sin")[]} */
const AS_IN_MATH = /** @type {any} */ (
  "sign cbrt expm1 log log2 log10 log1p sin cos tan sinh cosh floor ceil trunc".split(" ")
);

/**
 * What is done entry by entry. The frequent ones are loops of their own, which an engine compiles
 * well; in a shared loop it calls a function for each number.
 * @type {Record<string, Loop>}
 */
export const loops = {
  ...Object.fromEntries(AS_IN_MATH.map((name) => [name, unary(Math[name])])),
  add(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] + y[q];
  },
  subtract(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] - y[q];
  },
  multiply(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] * y[q];
  },
  divide(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] / y[q];
  },
  maximum(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] >= y[q] || x[p] !== x[p] ? x[p] : y[q];
  },
  minimum(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] <= y[q] || x[p] !== x[p] ? x[p] : y[q];
  },
  greater(z, o, n, x, p, dx, y, q, dy) {
    for (; n--; p += dx, q += dy) z[o++] = x[p] > y[q] ? 1 : 0;
  },
  where(z, o, n, x, p, dx, y, q, dy, w, r, dw) {
    for (; n--; p += dx, q += dy, r += dw) z[o++] = x[p] ? y[q] : x[p] === x[p] ? w[r] : y[q];
  },
  positive(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = x[p];
  },
  negative(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = -x[p];
  },
  absolute(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = Math.abs(x[p]);
  },
  square(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = x[p] * x[p];
  },
  sqrt(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = Math.sqrt(x[p]);
  },
  exp(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = Math.exp(x[p]);
  },
  tanh(z, o, n, x, p, dx) {
    for (; n--; p += dx) z[o++] = Math.tanh(x[p]);
  },
  reciprocal: unary((x) => 1 / x),
  exp2: unary((x) => 2 ** x),
  arcsin: unary(Math.asin),
  arccos: unary(Math.acos),
  arctan: unary(Math.atan),
  arcsinh: unary(Math.asinh),
  arccosh: unary(Math.acosh),
  arctanh: unary(Math.atanh),
  rint: unary(rint),
  exponent: unary(exponent),
  isnan: unary((x) => (x === x ? 0 : 1)),
  isfinite: unary((x) => (x - x === 0 ? 1 : 0)),
  isinf: unary((x) => (x === x && x - x !== 0 ? 1 : 0)),
  signbit: unary((x) => (negative(x) ? 1 : 0)),
  logical_not: unary((x) => (x === 0 ? 1 : 0)),
  power: binary((x, y) => (x === 1 || (x === -1 && y - y !== 0 && y === y) ? 1 : x ** y)),
  floor_divide: binary(floorDivide),
  remainder: binary(remainder),
  fmod: binary((x, y) => x % y),
  fmax: binary((x, y) => (x >= y || y !== y ? x : y)),
  fmin: binary((x, y) => (x <= y || y !== y ? x : y)),
  hypot: binary(Math.hypot),
  arctan2: binary(Math.atan2),
  copysign: binary((x, y) => (negative(y) ? -Math.abs(x) : Math.abs(x))),
  logaddexp: binary(logaddexp),
  greater_equal: binary((x, y) => (x >= y ? 1 : 0)),
  less: binary((x, y) => (x < y ? 1 : 0)),
  less_equal: binary((x, y) => (x <= y ? 1 : 0)),
  equal: binary((x, y) => (x === y ? 1 : 0)),
  not_equal: binary((x, y) => (x !== y ? 1 : 0)),
  logical_and: binary((x, y) => (x !== 0 && y !== 0 ? 1 : 0)),
  logical_or: binary((x, y) => (x !== 0 || y !== 0 ? 1 : 0)),
  logical_xor: binary((x, y) => ((x !== 0) !== (y !== 0) ? 1 : 0)),
};

/**
 * Add as NumPy does: in pairs of halves, eight at a time.
 * @param {Float64Array} x
 * @param {number} p
 * @param {number} n
 * @returns {number}
 */
function pairwise(x, p, n) {
  if (n > 128) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return pairwise(x, p, half) + pairwise(x, p + half, n - half);
  }
  if (n < 8) {
    let sum = n ? x[p] : 0;
    for (let i = 1; i < n; i++) sum += x[p + i];
    return sum;
  }
  let [a, b, c, d, e, f, g, h] = x.subarray(p, p + 8);
  let i = 8;
  for (; i + 8 <= n; i += 8) {
    a += x[p + i];
    b += x[p + i + 1];
    c += x[p + i + 2];
    d += x[p + i + 3];
    e += x[p + i + 4];
    f += x[p + i + 5];
    g += x[p + i + 6];
    h += x[p + i + 7];
  }
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (; i < n; i++) sum += x[p + i];
  return sum;
}

/** @param {(sum: number, x: number, first: boolean) => number} f */
function fold(f) {
  /** @type {Lane} */
  return (z, o, dz, x, p, dx, n) => {
    let found = f(0, x[p], true);
    for (let i = 1; i < n; i++) found = f(found, x[p + i * dx], false);
    z[o] = n ? found : 0;
  };
}

/** @param {(sum: number, x: number) => number} f */
function running(f) {
  /** @type {Lane} */
  return (z, o, dz, x, p, dx, n) => {
    for (let i = 0; i < n; i++) z[o + i * dz] = i ? f(z[o + (i - 1) * dz], x[p + i * dx]) : x[p];
  };
}

/** @param {(x: number, y: number) => boolean} better */
function place(better) {
  /** @type {Lane} */
  return (z, o, dz, x, p, dx, n) => {
    let best = 0;
    for (let i = 1; i < n; i++) {
      const [found, next] = [x[p + best * dx], x[p + i * dx]];
      if (found === found && (better(next, found) || next !== next)) best = i;
    }
    z[o] = best;
  };
}

/**
 * What is done with each row along an axis: from x, which begins at p and whose entries are dx
 * apart, to z.
 * @typedef {(z: Float64Array, o: number, dz: number, x: Float64Array, p: number, dx: number,
 *   n: number) => void} Lane
 * @type {Record<string, Lane>}
 */
export const lanes = {
  sum(z, o, dz, x, p, dx, n) {
    if (dx === 1) z[o] = pairwise(x, p, n);
    else {
      let sum = n ? x[p] : 0;
      for (let i = 1; i < n; i++) sum += x[p + i * dx];
      z[o] = sum;
    }
  },
  prod: fold((product, x, first) => (first ? x : product * x)),
  max: fold((best, x, first) => (first || x > best || x !== x ? x : best)),
  min: fold((best, x, first) => (first || x < best || x !== x ? x : best)),
  any: fold((found, x) => (found || x !== 0 ? 1 : 0)),
  all: fold((found, x, first) => ((first || found) && x !== 0 ? 1 : 0)),
  argmax: place((x, y) => x > y),
  argmin: place((x, y) => x < y),
  cumsum: running((sum, x) => sum + x),
  cumprod: running((product, x) => product * x),
  sort(z, o, dz, x, p, dx, n) {
    const row = Float64Array.from({ length: n }, (_, i) => x[p + i * dx]).sort();
    for (let i = 0; i < n; i++) z[o + i * dz] = row[i];
  },
  argsort(z, o, dz, x, p, dx, n) {
    const row = Array.from({ length: n }, (_, i) => x[p + i * dx]);
    const order = row.map((_, i) => i);
    const last = row.map((number) => (number !== number ? 1 : 0));
    order.sort((i, j) => last[i] - last[j] || row[i] - row[j] || 0);
    for (let i = 0; i < n; i++) z[o + i * dz] = order[i];
  },
};

/** Whose result is as long as the row. */
export const AS_LONG = ["cumsum", "cumprod", "sort", "argsort"];

/**
 * A product of matrices: of x, which begins at p and has m rows of k entries, and y, which begins
 * at q and has k rows of n, to z from o on. Both add in the same order; the first, for k > 0, is
 * faster for many columns.
 * @typedef {(z: Float64Array, o: number, x: Float64Array, p: number, y: Float64Array, q: number,
 *   m: number, k: number, n: number) => void} Product
 */

/** @type {Product} */
export function rowByRow(z, o, x, p, y, q, m, k, n) {
  for (let i = 0; i < m; i++, p += k, o += n) {
    const first = x[p];
    for (let j = 0; j < n; j++) z[o + j] = 0 + first * y[q + j];
    for (let l = 1; l < k; l++) {
      const factor = x[p + l];
      const row = q + l * n;
      for (let j = 0; j < n; j++) z[o + j] += factor * y[row + j];
    }
  }
}

/** @type {Product} */
export function entryByEntry(z, o, x, p, y, q, m, k, n) {
  for (let i = 0; i < m; i++, p += k, o += n) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0, at = q + j; l < k; l++, at += n) sum += x[p + l] * y[at];
      z[o + j] = sum;
    }
  }
}
