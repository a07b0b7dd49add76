// Every letter is a door: pointing at a symbol of a formula, tapping it or going to it by the arrow
// keys says what it is, and lights it up in the section's formulas, drawings and code.

/** @typedef {import("../types").BookSymbol} BookSymbol */

const file = document.getElementById("main")?.dataset.symbols ?? "";
const FORMULA = "article [data-tex]";
const LEAVES = "mi, mn, mo, mtext";
const REACH = 24; // pixels from a finger to its letter
/** How digits are written in drawings, below the line and above. */
const BELOW = "₀₁₂₃₄₅₆₇₈₉";

/** @type {{ symbol: BookSymbol, part: Element } | undefined} */
let pointed;
let timer = 0;

const box = element("div", { class: "preview symbol", hidden: "" });
const told = element("p", { class: "told-symbol", role: "status" });

/** @type {Promise<Map<string, BookSymbol[]>> | undefined} */
let coming;

/**
 * The symbols of this page by how they are written; none if they do not come.
 * @returns {Promise<Map<string, BookSymbol[]>>}
 */
function table() {
  coming ??= window.bring(file, "bookTable").then((/** @type {BookSymbol[]} */ symbols) => {
    document.body.append(box, told);
    /** @type {Map<string, BookSymbol[]>} */
    const found = new Map();
    for (const symbol of symbols) {
      for (const form of symbol.match) found.set(form, [...(found.get(form) ?? []), symbol]);
    }
    return found;
  });
  return coming.catch(() => {
    coming = undefined; // the next time tries again
    return new Map();
  });
}

/** @param {Element | null} element */
function idsAround(element) {
  const ids = [];
  for (; element; element = element.parentElement) if (element.id) ids.push(element.id);
  return ids;
}

/**
 * What a formula's leaves are, each symbol once.
 * @param {Element} formula
 * @param {Map<string, BookSymbol[]>} known
 */
function symbolsOf(formula, known) {
  const ids = idsAround(formula);
  /** @type {Map<Element, BookSymbol>} */
  const found = new Map();
  for (const leaf of formula.querySelectorAll(LEAVES)) {
    const { symbol, part } = window.bookSymbols.find(leaf, known, ids) ?? {};
    if (symbol) found.set(/** @type {Element} */ (part), symbol);
  }
  return found;
}

/** @param {Element} leaf @param {Map<string, BookSymbol[]>} known */
function symbolAt(leaf, known) {
  const found = window.bookSymbols.find(leaf, known, idsAround(leaf));
  return found && { symbol: found.symbol, part: /** @type {Element} */ (found.part) };
}

function leave() {
  clearTimeout(timer);
  box.hidden = true;
  told.textContent = "";
  pointed = undefined;
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit", "pointed");
  CSS.highlights?.delete("symbol");
}

/**
 * @param {{ symbol: BookSymbol, part: Element } | undefined} found
 * @param {Map<string, BookSymbol[]>} known
 */
function show(found, known) {
  if (found?.part === pointed?.part) return;
  leave();
  if (!found) return;
  pointed = found;
  const { symbol, part } = found;
  const sign = /** @type {Element} */ (part.closest("math")?.cloneNode());
  for (const name of ["display", "displaystyle"]) sign.removeAttribute(name); // it stands in a line
  sign.append(part.cloneNode(true));
  box.innerHTML = symbol.html;
  box.firstElementChild?.prepend(sign, " ");
  box.hidden = false;
  window.putBeside(box, part.getBoundingClientRect());
  light(symbol, part, known);
}

/** @param {BookSymbol} symbol @param {Element} part @param {Map<string, BookSymbol[]>} known */
function light(symbol, part, known) {
  const section = part.closest("article section") ?? part.closest("article");
  for (const formula of section?.querySelectorAll("[data-tex]") ?? []) {
    for (const [each, other] of symbolsOf(formula, known)) {
      if (other === symbol) each.classList.add("lit");
    }
  }
  part.classList.add("lit", "pointed");
  const label = asLabel(window.bookSymbols.written(part));
  for (const text of section?.querySelectorAll("svg text") ?? []) {
    if (label?.test(text.textContent ?? "")) text.classList.add("lit");
  }
  if (symbol.code && CSS.highlights) {
    const names = new RegExp(`(?<![\\w.])(?:${symbol.code.join("|")})(?!\\w)`, "g");
    const ranges = [...(section?.querySelectorAll(".cell_input pre") ?? [])].flatMap((code) => [
      ...rangesOf(code, names),
    ]);
    CSS.highlights.set("symbol", new Highlight(...ranges));
  }
}

/**
 * How a symbol stands in a drawing, where it has no letters beside it: θ, x₁, σ².
 * @param {string} written
 */
function asLabel(written) {
  const plain = written.replace(/_\{(\d)\}/, (_, digit) => BELOW[Number(digit)]);
  if (!/^\p{L}[₀-₉]?$/u.test(plain)) return null;
  const word = /^[aAI]$/.test(plain) ? "(?! \\p{L})" : ""; // which is one of English, too
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}’'′])${plain}(?![\\p{L}\\p{N}\\p{M}’'′])${word}`, "u");
}

/** @param {Element} code @param {RegExp} names */
function* rangesOf(code, names) {
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const { 0: name, index = 0 } of (text.textContent ?? "").matchAll(names)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + name.length);
      yield range;
    }
  }
}

/** @param {() => void} action */
function later(action) {
  clearTimeout(timer);
  timer = setTimeout(action, 180);
}

/** Where the pointer moved last: what the page moves under a hand that rests is not pointed at. */
let hand = "";

/** @param {PointerEvent} event */
function point({ target, pointerType, clientX, clientY }) {
  if (pointerType === "touch" || !(target instanceof Element) || box.contains(target)) return;
  if (hand === `${clientX} ${clientY}`) return;
  const leaf = target.closest(LEAVES);
  if (leaf?.closest(FORMULA)) {
    later(async () => {
      const [mine, known] = [timer, await table()];
      if (timer === mine) show(symbolAt(leaf, known), known); // the hand has not gone on meanwhile
    });
  } else if (pointed || timer) later(leave);
}

/** @param {PointerEvent} event The symbol that is nearest to a finger. */
async function tap({ target, clientX, clientY, pointerType }) {
  if (!(target instanceof Element) || box.contains(target)) return;
  const formula = target.closest(FORMULA);
  const isOther = target.closest("a, button, summary, label");
  if (!formula || isOther || pointerType === "mouse" || !getSelection()?.isCollapsed) return;
  const known = await table();
  /** @param {Element} part */
  const distance = (part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return Math.hypot(
      Math.max(left - clientX, 0, clientX - right),
      Math.max(top - clientY, 0, clientY - bottom),
    );
  };
  const near = [...symbolsOf(formula, known)]
    .map(([part, symbol]) => ({ part, symbol, far: distance(part) }))
    .filter(({ far }) => far < REACH)
    .sort((one, other) => one.far - other.far);
  show(near[0], known);
  told.textContent = box.hidden ? "" : box.textContent;
}

/**
 * Go to the next symbol of a formula, or of the next formula.
 * @param {Element} formula
 * @param {1 | -1} step
 */
async function go(formula, step) {
  const known = await table();
  const all = [...document.querySelectorAll(FORMULA)];
  for (let at = all.indexOf(formula); all[at]; at += step) {
    const parts = all[at].checkVisibility() ? [...symbolsOf(all[at], known)] : [];
    const from = parts.findIndex(([part]) => part === pointed?.part);
    const next = parts[from < 0 ? (step > 0 ? 0 : parts.length - 1) : from + step];
    if (!next) continue;
    const there = /** @type {HTMLElement} */ (all[at]);
    if (there !== document.activeElement) {
      if (!there.hasAttribute("tabindex")) there.tabIndex = -1;
      there.focus({ preventScroll: true });
    }
    next[0].scrollIntoView({ block: "nearest", inline: "nearest" });
    show({ part: next[0], symbol: next[1] }, known);
    told.textContent = box.textContent;
    return;
  }
}

/** @param {KeyboardEvent} event */
function press(event) {
  const formula = /** @type {Element} */ (event.target);
  if (event.key === "Escape") leave();
  if (!formula.matches(FORMULA) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    go(formula, event.key === "ArrowRight" ? 1 : -1);
  } else if (event.key === "Enter" && pointed) {
    box.querySelector("a")?.click();
  }
}

if (file) {
  for (const formula of document.querySelectorAll(":is(.equation, .explorer-formula) > [data-tex]")) {
    formula.setAttribute("tabindex", "0");
    formula.setAttribute("role", "group");
    formula.setAttribute("aria-label", say("Formula: arrow keys go from letter to letter"));
  }
  document.addEventListener("pointerover", point);
  document.addEventListener("pointermove", ({ clientX, clientY }) => (hand = `${clientX} ${clientY}`));
  document.addEventListener("click", (event) => tap(/** @type {PointerEvent} */ (event)));
  document.addEventListener("keydown", press);
  document.addEventListener("focusout", ({ target }) => {
    if (/** @type {Element} */ (target).matches(FORMULA)) leave();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (pointed && !box.contains(/** @type {Node} */ (target))) leave();
  });
}
