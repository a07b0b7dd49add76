// The search in the whole book, with an index that MiniSearch makes in the browser.

/** @typedef {import("../types").Part} Part */
/** @typedef {import("../types").Hit} Hit */

// Queries are cut here, so that nothing pasted by mistake keeps the page waiting.
const MOST_LETTERS = 200;
const MOST_WORDS = 12;
const MOST_SHOWN = 30;
const AROUND = { before: 40, after: 200 }; // letters of an excerpt around the first word found

const NOT_ASKED = new Set(
  ("a an and are as at be by can do does for from how i in is it its me my of on or that the this " +
    "to was what when where which why with you").split(" "),
);
/** @type {Record<string, string>} */
const KINDS = {
  ch: "page", chapter: "page", sec: "section", fig: "figure", eq: "equation", eqn: "equation",
  ex: "exercise", lemma: "theorem", prop: "theorem", proposition: "theorem", thm: "theorem",
};
/** How much a hit counts for what it is. */
const WORTH = {
  page: 1.6, section: 1.3, term: 0.9, theorem: 0.9, fold: 0.9, name: 0.8, figure: 0.7, exercise: 0.6,
  equation: 0.6,
};
const WORTH_IN_THE_APPENDIX = 0.4;
/** @type {Record<string, string>} */
const GREEK = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", κ: "kappa",
  λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", τ: "tau", φ: "phi",
  ω: "omega", "∇": "nabla",
};
const NEVER = "(?!)";
/** How the language of the other edition is written: see `Written`. */
let close = new RegExp(NEVER, "u");
let runs = /.+/gsu;
let asking = new RegExp(NEVER, "gu");
let breaks = /\s/;
let aroundClose = AROUND;
let [numbered, renumbered] = [new RegExp(NEVER, "u"), ""];

/** @param {Partial<import("../types").Written>} written */
function read(written) {
  const letter = written.close ?? NEVER;
  close = new RegExp(letter, "u");
  runs = new RegExp(`(?:${letter})+|(?:(?!${letter}).)+`, "gsu");
  asking = new RegExp(written.asked ?? NEVER, "gu");
  breaks = new RegExp(`[\\s${written.breaks ?? ""}]`, "u");
  aroundClose = written.around ?? AROUND;
  const [pattern, replaced] = written.numbered ?? [NEVER, ""];
  [numbered, renumbered] = [new RegExp(pattern, "u"), replaced];
  Object.assign(KINDS, written.kinds);
}

const WORD = /[\p{L}\p{N}∇_’']+(?:[-‑–.][\p{L}\p{N}_]+)*/gu;

/**
 * The words of a text, with their places. Where no spaces separate them, each two letters that are
 * neighbours, and the last by itself, so that single letters are found by how these begin.
 * @param {string} text
 * @returns {{ word: string, index: number }[]}
 */
function cut(text) {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start = 0 }) =>
    [...word.matchAll(runs)].flatMap(({ 0: run, index: at = 0 }) =>
      close.test(run)
        ? [...run].map((_, nth) => ({ word: run.slice(nth, nth + 2), index: start + at + nth }))
        : [{ word: run, index: start + at }],
    ),
  );
}

/** @param {{ word: string }} found A word with hyphens as its parts and as a whole. */
function withParts({ word }) {
  const parts = /^[\d.]+$/.test(word) ? [word] : word.split(/[-‑–._]/).filter(Boolean);
  return parts.length > 1 ? [...parts, parts.join("")] : parts;
}

/** @param {string} text */
const tokenize = (text) => cut(text).flatMap(withParts);

/**
 * The words of a query; not the last of letters that stand close by itself, unless it stands alone.
 * @param {string} query
 */
function asked(query) {
  const found = cut(query.normalize("NFKC").replace(asking, " "));
  return found
    .filter(({ word, index }, nth) => {
      const before = found[nth - 1];
      const ends = before && close.test(before.word) && before.index === index - 1;
      return !(ends && close.test(word) && word.length === 1);
    })
    .flatMap(withParts);
}

/**
 * A word as it is compared: the American spelling, the singular, without -ing; nothing for one that
 * says nothing.
 * @param {string} word
 * @returns {string | null}
 */
function normalize(word) {
  const plain = word.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  if (NOT_ASKED.has(plain)) return null;
  if (plain.length < 4 || /\d/.test(plain)) return GREEK[plain] ?? plain;
  return plain
    .replace(/is(?=[aei])/g, "iz")
    .replace(/our/g, "or")
    .replace(/([bdglmnprt])\1ing$/, "$1")
    .replace(/(.{4})ing$/, "$1")
    .replace(/ies$/, "y")
    .replace(/(x|ch|sh|ss|z)es$/, "$1")
    .replace(/([^su])s$/, "$1");
}

/** @param {string} word */
const isNumber = (word) => /\d/.test(word);

/**
 * How many letters may be wrong; two in a long word, for a swap of neighbours counts as two.
 * @param {string} word
 */
const slips = (word) => (word.length > 7 ? 2 : word.length > 4 ? 1 : 0);

/**
 * The words of an excerpt's source that are marked, with their places.
 * @param {string} text
 * @param {Set<string>} terms
 */
function marked(text, terms) {
  const found = cut(text).filter(({ word }) =>
    withParts({ word }).some((token) => terms.has(normalize(token) ?? "")),
  );
  /** @type {{ word: string, index: number }[]} */
  const joined = [];
  for (const { word, index } of found) {
    const last = joined[joined.length - 1];
    const overlap = last ? last.index + last.word.length - index : -1;
    if (overlap < 0 || !close.test(word)) joined.push({ word, index });
    else last.word += word.slice(overlap);
  }
  return joined;
}

/**
 * Where a part of a text first breaks, or just before it.
 * @param {string} text @param {number} from @param {number} to
 */
function breakIn(text, from, to) {
  const at = text.slice(from, to).search(breaks);
  return at < 0 ? from - 1 : from + at;
}

/** @param {string} text */
function lastBreak(text) {
  let at = text.length;
  while (at > 0 && !breaks.test(text[at])) at -= 1;
  return at || text.length;
}

/**
 * A piece of the prose around what was found, or of the code if it was found only there.
 * @param {Part} part
 * @param {Set<string>} terms
 */
function excerpt({ text = "", code = "" }, terms) {
  const inProse = marked(text, terms);
  const inCode = inProse.length ? [] : marked(code, terms);
  const [source, marks] = inCode.length ? [code, inCode] : [text, inProse];
  const first = marks[0]?.index ?? 0;
  const { before, after } = close.test(source) ? aroundClose : AROUND;
  const start = first > before ? breakIn(source, first - before, first) + 1 : 0;
  const far = source.length > first + after;
  const end = far ? first + lastBreak(source.slice(first, first + after)) : source.length;
  const pieces = [{ text: start ? "… " : "", marked: false }];
  let at = start;
  for (const { word, index } of marks) {
    if (index + word.length > end) break;
    pieces.push({ text: source.slice(at, index), marked: false }, { text: word, marked: true });
    at = index + word.length;
  }
  pieces.push({ text: source.slice(at, end) + (far ? " …" : ""), marked: false });
  return pieces.filter((piece) => piece.text);
}

window.makeSearch = async ({ chapters, pages, parts, instead = {}, typed = {}, written = {} }) => {
  read(written);
  const engine = new MiniSearch({
    fields: ["title", "defines", "label", "text", "code", "page"],
    tokenize,
    processTerm: normalize,
  });
  const documents = parts.map((part, id) => ({ ...part, id, page: pages[part.page][0] }));
  await engine.addAllAsync(documents, { chunkSize: 25 }); // between which the page stays awake

  /**
   * What has the number that is asked for: "5.12", "(5.12)", "eq. 5.12".
   * @param {string} query
   * @returns {Hit[]}
   */
  function byNumber(query) {
    const plain = query.normalize("NFKC").replace(numbered, renumbered);
    const sought = plain.match(/^\s*(?:(\p{L}+)\.?\s*)?\(?(\d+(?:\.\d+)*)\)?\s*$/u);
    const name = sought?.[1]?.toLowerCase() ?? "";
    const kind = KINDS[name] ?? name;
    return parts.flatMap((part, id) =>
      sought && part.number === sought[2] && (!kind || part.kind === kind) ? [{ id, terms: [] }] : [],
    );
  }

  /**
   * What has all the words, or else what they are called here, or else some.
   * @param {string} query
   * @returns {Hit[]}
   */
  function byWords(query) {
    const ours = Object.entries(instead).reduce((text, pair) => text.replaceAll(...pair), query);
    const words = asked(ours).filter(normalize).slice(0, MOST_WORDS).join(" ");
    const options = {
      tokenize: (/** @type {string} */ text) => text.split(" "),
      boost: { title: 5, defines: 6, label: 4, code: 0.3, page: 1.5 },
      prefix: (/** @type {string} */ word) =>
        close.test(word) ? word.length === 1 : word.length > 2 && !isNumber(word),
      fuzzy: (/** @type {string} */ word) => (isNumber(word) ? 0 : slips(word)),
      weights: { prefix: 0.5, fuzzy: 0.3 },
      boostDocument: (/** @type {number} */ id) => {
        const inChapter = pages[parts[id].page][1].startsWith(chapters);
        return WORTH[parts[id].kind] * (inChapter ? 1 : WORTH_IN_THE_APPENDIX);
      },
    };
    const found = engine.search(words, { ...options, combineWith: "AND" });
    if (found.length) return found;
    const letters = query.toLowerCase().replace(/[\s\p{P}]/gu, "");
    const near = Object.keys(typed).filter((each) => each.startsWith(letters) || letters.startsWith(each));
    const [name] = letters.length > 3 ? near.sort((one, two) => two.length - one.length) : [];
    return name ? byWords(typed[letters] ?? typed[name]) : engine.search(words, options);
  }

  return (query) => {
    const text = query.slice(0, MOST_LETTERS);
    const numbered = byNumber(text);
    const known = new Set(numbered.map(({ id }) => id));
    const hits = [...numbered, ...byWords(text).filter(({ id }) => !known.has(id))];
    const found = hits.slice(0, MOST_SHOWN).map(({ id, terms }) => {
      const part = parts[id];
      const [page, address] = pages[part.page];
      return {
        title: part.title || page,
        page: part.kind === "page" ? "" : page,
        href: address + (part.anchor ? `#${part.anchor}` : ""),
        excerpt: excerpt(part, new Set(terms)),
      };
    });
    return { found, count: hits.length };
  };
};
