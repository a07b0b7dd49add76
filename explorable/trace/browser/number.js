// Numbers and sentences as Python writes them: `format`, and `number` and `say` of sentences.py.

const SPEC = /^(\+?)(,?)(?:\.(\d+))?([defg%]?)$/;

/**
 * Ties go to the even digit in Python and to the larger number in JavaScript: take one from the
 * last digit, which is odd then.
 * @param {string} rounded
 * @param {string} exact The same number with many more digits.
 * @param {number} kept How many characters of it `rounded` has before its end.
 */
function even(rounded, exact, kept) {
  const last = rounded.charCodeAt(kept - 1);
  const tie = /^\.?50*(e|$)/.test(exact.slice(kept)) && last % 2 === 1;
  return tie ? rounded.slice(0, kept - 1) + (last - 49) + rounded.slice(kept) : rounded;
}

/** @param {number} value Not negative. @param {number} places */
function fixed(value, places) {
  if (value >= 1e21) return BigInt(value).toString() + (places ? "." + "0".repeat(places) : "");
  const rounded = value.toFixed(places);
  const exact = value.toFixed(Math.min(100, places + 71));
  // Rounding up may have made it longer by a digit, as 99.5 → 100, which ends in 0.
  const longer = rounded.length + 71 + (places ? 0 : 1) > exact.length;
  return longer ? rounded : even(rounded, exact, rounded.length);
}

/** @param {number} value Not negative. @param {number} places Behind the first digit. */
function scientific(value, places) {
  const rounded = value.toExponential(places);
  const kept = rounded.indexOf("e");
  const exact = value.toExponential(100);
  const same = exact.slice(exact.indexOf("e")) === rounded.slice(kept);
  return same ? even(rounded, exact, kept) : rounded;
}

/** @param {string} written With JavaScript's exponent. */
function padded(written) {
  return written.replace(/e([+-])(\d)$/, "e$10$2");
}

/**
 * @param {string} written As `toExponential` does.
 * @param {number} limit From which power of ten on the exponent stays.
 */
function general(written, limit) {
  const [mantissa, exponent] = written.split("e");
  const bare = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  const power = Number(exponent);
  if (power < -4 || power >= limit) return padded(`${bare}e${exponent}`);
  const digits = bare.replace(".", "");
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return digits.length > power + 1 ? `${whole}.${digits.slice(power + 1)}` : whole;
}

/**
 * Write a number as Python's `format` does.
 * @param {number | bigint} value A whole number that Python has as one is a bigint.
 * @param {string} spec
 */
export function formatted(value, spec) {
  const found = SPEC.exec(spec);
  if (!found) throw new Error(`no format ${spec}`);
  const [, plus, comma, precision, kind] = found;
  const size = Math.abs(Number(value));
  const places = precision === undefined ? 6 : Number(precision);
  const percent = kind === "%" ? "%" : "";
  let written;
  if (!Number.isFinite(size)) written = (Number.isNaN(size) ? "nan" : "inf") + percent;
  else if (kind === "d" || (typeof value === "bigint" && !kind)) written = String(size);
  else if (kind === "f") written = fixed(size, places);
  else if (percent) {
    const hundredfold = size * 100;
    written = (Number.isFinite(hundredfold) ? fixed(hundredfold, places) : "inf") + percent;
  } else if (kind === "e") written = padded(scientific(size, places));
  else if (kind === "g") {
    written = general(scientific(size, Math.max(places, 1) - 1), Math.max(places, 1));
  } else if (precision === undefined) {
    written = general(size.toExponential(), 16);
    if (/^\d+$/.test(written)) written += ".0";
  } else throw new Error(`no format ${spec}`);
  if (comma) written = written.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  return (value < 0 || Object.is(value, -0) ? "-" : plus) + written;
}

/**
 * Write a number as the book does: a true minus, powers of ten, no exponent letters.
 * @param {number | bigint} value
 * @param {string} [spec]
 */
export function number(value, spec = "") {
  let written = formatted(value, spec || (typeof value === "bigint" ? "d" : ".3g"));
  const [mantissa, exponent] = written.split("e");
  if (exponent !== undefined) {
    const raised = String(Number(exponent)).replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[+sign] ?? "⁻");
    const power = `10${raised}`;
    const bare = mantissa === "1" ? power : mantissa === "-1" ? `-${power}` : "";
    written = bare || `${mantissa} × ${power}`;
  }
  return written.replaceAll("inf", "∞").replaceAll("-", "−");
}

/**
 * Fill a template.
 * @param {string} template In the reader's language, with fields as in Python.
 * @param {Record<string, number | bigint | string>} fields
 */
export function filled(template, fields) {
  return template.replace(/\{\{|\}\}|\{(\w+)(?::([^}]*))?\}/g, (found, name, spec) => {
    if (!name) return found[0];
    const value = fields[name];
    return typeof value === "string" ? value : number(value, spec);
  });
}
