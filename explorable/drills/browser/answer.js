// What a reader types, read as numbers, and judged.

/** @typedef {import("./draw.js").Values} Values */
/** @typedef {"unreadable" | "right" | "close" | "wrong" | `mistake ${string}`} Verdict */

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\/(\d+\.?\d*|\.\d+))?(%?)$/i;

/** @param {string} text */
function plain(text) {
  return text
    .replace(/(\d)\s*(?=[¼-¾⅐-⅞])/g, "$1 ")
    .normalize("NFKC")
    .replace(/^[^=≈]*[=≈]/, "")
    .replace(/[‐-―−]/g, "-")
    .replace(/(\d)\s*[x×*]\s*(?=\d)/g, "$1,")
    .replace(/\s*[/⁄]\s*/g, "/")
    .replace(/([+-])\s+(?=[\d.])/g, "$1")
    .trim();
}

/** @param {string} token @returns {number} */
function valueOf(token) {
  const found = NUMBER.exec(token);
  if (!found) return NaN;
  return (Number(found[1]) / Number(found[2] ?? 1)) / (found[3] ? 100 : 1);
}

/**
 * @param {string} text
 * @param {number[]} shape Of the answer that is expected.
 * @returns {number[] | undefined} Its entries, row by row; nothing if it is not of this shape.
 */
export function read(text, shape) {
  const bare = plain(text);
  const rows = bare.split(/[;\n]|[\])]\s*,?\s*[[(]/).map((row) =>
    row
      .replace(/[[\](){}]/g, " ")
      .split(/[\s,\u060c\u3001]+/)
      .filter(Boolean)
      .map(valueOf),
  );
  const all = rows.flat();
  const fits =
    all.length === shape.reduce((product, length) => product * length, 1) &&
    all.every(Number.isFinite) &&
    (shape.length < 2 || rows.length === 1 || rows.every((row) => row.length === shape[1]));
  if (fits) return all;
  const thousands = /(^|[^\d.,/])(\d{1,3}(?:[, ]\d{3})+)(?![\d.])/g; // 8,000 or 8 000
  const joined = bare.replace(thousands, (_, before, all) => before + all.replace(/[, ]/g, ""));
  return joined === bare ? undefined : read(joined, shape);
}

/**
 * @param {number[]} given
 * @param {number[]} right
 * @param {number} [digits] So many of one that does not end within four.
 */
function agree(given, right, digits = 3) {
  return (
    given.length === right.length &&
    right.every((value, k) => {
      const ends = [Math.round(value), Number(value.toPrecision(4))];
      const exact = digits > 2 && ends.some((end) => Math.abs(value - end) < 1e-9);
      const digit = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
      return Math.abs(given[k] - value) <= (exact || !value ? 1e-9 : 0.5 * digit + 1e-12);
    })
  );
}

/**
 * @param {string} text
 * @param {Values} values
 * @param {string[]} mistakes Names of values.
 * @returns {Verdict}
 */
export function judged(text, values, mistakes) {
  const right = values.answer;
  const given = read(text, right.shape);
  if (!given) return "unreadable";
  if (agree(given, right.values)) return "right";
  const known = mistakes.filter((name) => agree(given, values[name].values));
  if (known.length === 1) return `mistake ${known[0]}`; // of several, who knows which it was
  const whole = right.values.every(Number.isInteger);
  return !whole && agree(given, right.values, 2) ? "close" : "wrong";
}
