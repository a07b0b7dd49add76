// Random numbers that are the same in Python and in the page, to the last bit: see pcg32.py.

const CENTRE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
];
const BELOW_CENTRE = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1, 1,
];
const TAIL = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const BELOW_TAIL = [
  7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1,
];

/** @param {number[]} coefficients @param {number} x */
function polynomial(coefficients, x) {
  return coefficients.reduce((value, coefficient) => value * x + coefficient, 0);
}

/** @param {number} x Below 1. */
function logarithm(x) {
  let halvings = 0;
  for (; x < 0.5; x *= 2) halvings++;
  const s = (x - 1) / (x + 1);
  let series = 0;
  for (let k = 27; k > 0; k -= 2) series = series * (s * s) + 1 / k;
  return 2 * s * series - halvings * 0.6931471805599453;
}

/** @param {number} p @returns {number} */
function quantile(p) {
  if (p > 0.5) return -quantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * logarithm(p));
    return polynomial(TAIL, q) / polynomial(BELOW_TAIL, q);
  }
  const q = p - 0.5;
  return (polynomial(CENTRE, q * q) * q) / polynomial(BELOW_CENTRE, q * q);
}

export class PCG32 {
  /** @param {number | bigint} seed @param {number | bigint} [stream] */
  constructor(seed, stream = 54) {
    this.state = 0n;
    this.step = 2n * BigInt(stream) + 1n;
    this.bits();
    this.state += BigInt(seed);
    this.bits();
  }

  bits() {
    const old = this.state;
    this.state = BigInt.asUintN(64, old * 6364136223846793005n + this.step);
    const mixed = Number(BigInt.asUintN(32, ((old >> 18n) ^ old) >> 27n));
    const turn = Number(old >> 59n);
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0;
  }

  /** @param {number} n */
  below(n) {
    let drawn = this.bits();
    while (drawn < 2 ** 32 % n) drawn = this.bits();
    return drawn % n;
  }

  unit() {
    const high = this.bits() >>> 5;
    return (high * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** @param {number} low @param {number} high @param {number} count */
  uniform(low, high, count) {
    return Float64Array.from({ length: count }, () => low + (high - low) * this.unit());
  }

  /** @param {number} count */
  standardNormal(count) {
    return Float64Array.from({ length: count }, () => quantile(this.unit() + 2 ** -54));
  }

  /** @param {number} n */
  permutation(n) {
    const order = Float64Array.from({ length: n }, (_, i) => i);
    for (let last = n - 1; last > 0; last--) {
      const at = this.below(last + 1);
      [order[last], order[at]] = [order[at], order[last]];
    }
    return order;
  }

  /** @param {number} n @param {number} count @param {boolean} [replace] Whether one comes twice. */
  choice(n, count, replace = true) {
    if (!replace) return this.permutation(n).slice(0, count);
    return Float64Array.from({ length: count }, () => this.below(n));
  }
}
