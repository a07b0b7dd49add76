// Which of the book's symbols a part of a formula is. The build asks the same, without a page.

/** @typedef {import("../types").FormulaPart} FormulaPart */

/**
 * What is written below and above, by the elements that have it.
 * @type {Record<string, string>}
 */
const SCRIPTS = { msub: "_", munder: "_", msup: "^", mover: "°", msubsup: "_^", munderover: "_^" };
const INVISIBLE = /[\s\u200b\u2061-\u2064]/gu;
const ACCENT = /^[\^ˆ¯‾˜~˙¨→_]$/u; // a letter that wears one is another letter
const LETTER = /^\p{L}+$/u;
/** What school teaches. */
const FUNCTIONS = /^(ln|log|exp|sin|cos|tan|arccos|max|min|sup|lim|det|log1p)$/;
const ANY = "□"; // for any index, or in brackets for any in brackets
const BRACKETED = /^\(.*\)$/;

/** @param {FormulaPart} part @returns {string} */
function written(part) {
  const parts = [...part.children].map(written);
  const signs = SCRIPTS[part.localName];
  if (signs) return parts[0] + [...signs].map((sign, at) => `${sign}{${parts[at + 1]}}`).join("");
  if (parts.length < 2 || part.localName === "mrow") return parts.join("") || own(part);
  return `${part.localName}(${parts})`;
}

/**
 * How far around a part the place is where a symbol means this; nowhere if negative.
 * @param {string[] | undefined} within
 * @param {string[]} ids
 */
const place = (within, ids) =>
  within ? ids.findIndex((id) => within.includes(id)) : ids.length;

/** @param {FormulaPart} part */
const own = (part) => (part.textContent ?? "").replace(INVISIBLE, "");

/** @param {FormulaPart} part */
const isAccented = (part) => part.localName === "mover" && ACCENT.test(own(part.children[1]));

/** @param {FormulaPart} part A part with its scripts, with one of two, and with any. */
function* forms(part) {
  yield written(part);
  const signs = [...(SCRIPTS[part.localName] ?? "")];
  if (!signs.length) return;
  const [base, ...scripts] = [...part.children].map(written);
  const each = signs.map((sign, at) => `${sign}{${scripts[at]}}`);
  const any = signs.map((sign, at) => `${sign}{${BRACKETED.test(scripts[at]) ? `(${ANY})` : ANY}}`);
  if (signs.length === 2) {
    yield* [base + any[0] + each[1], base + each[0] + any[1], base + any.join("")];
  }
  for (const form of [...each, ...any]) yield base + form;
  if (isAccented(part)) yield ANY + each[0];
}

window.bookSymbols = {
  written,

  isLetter: (leaf) => leaf.localName === "mi" && LETTER.test(own(leaf)) && !FUNCTIONS.test(own(leaf)),

  /** The longest symbol around a leaf that the table knows there. */
  find(leaf, table, ids) {
    /** @param {FormulaPart} part */
    function known(part) {
      for (const form of forms(part)) {
        const near = (table.get(form) ?? [])
          .map((symbol) => ({ symbol, at: place(symbol.in, ids) }))
          .filter(({ at }) => at >= 0)
          .sort((one, other) => one.at - other.at);
        if (near.length) return near[0].symbol;
      }
    }
    let found;
    for (let part = leaf; part.localName !== "math"; ) {
      const symbol = known(part);
      if (symbol) found = { symbol, part };
      else if (isAccented(part)) found = undefined;
      const around = part.parentElement;
      if (!around) break;
      const isOnly = around.children.length === 1;
      const isBase = around.children[0] === part && (isOnly || SCRIPTS[around.localName]);
      if (found && !isBase) break;
      part = around;
    }
    return found;
  },
};
