// Search in the index that the build wrote; no server and no network.
const input = /** @type {HTMLInputElement} */ (document.getElementById("query"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));
const results = /** @type {HTMLElement} */ (document.getElementById("results"));
const sections = window.bookSections;
/** @param {string} text */
const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
for (const section of sections) section.folded = fold(section.text);

/**
 * @param {(typeof sections)[0]} section
 * @param {string[]} words
 */
function score(section, words) {
  const title = fold(section.title);
  let total = 0;
  for (const word of words) {
    const inTitle = title.includes(word) ? 10 : 0;
    const count = section.folded.split(word).length - 1;
    if (!inTitle && !count) return 0;
    total += inTitle + Math.min(count, 8);
  }
  return total;
}

const SIGNS = Object.fromEntries(
  (
    "alpha α beta β gamma γ delta δ varepsilon ε epsilon ε eta η theta θ kappa κ lambda λ mu μ " +
    "nu ν pi π rho ρ sigma σ tau τ phi φ xi ξ Delta Δ Lambda Λ Phi Φ nabla ∇ partial ∂ sum ∑ " +
    "prod ∏ sqrt √ le ≤ ge ≥ ne ≠ approx ≈ cdot · times × infty ∞ to → mapsto ↦ dots … cdots … " +
    "odot ⊙ top ᵀ in ∈ pm ±"
  )
    .split(" ")
    .map((word, index, all) => [word, all[index + 1]]),
);

/**
 * Formulas are indexed in TeX. Its commonest signs are shown as signs, the others by name.
 *
 * @param {string} text
 */
function readable(text) {
  const group = "\\{((?:[^{}]|\\{[^{}]*\\})*)\\}";
  return text
    .replace(/\\(?:operatorname|math[a-z]+|text|bar|hat|tilde)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\(?:[bB]igg?[lr]?|left|right|math[a-z]+|bar|hat|tilde)(?![a-zA-Z])\s*/g, "")
    .replace(/\\[lr][vV]ert(?![a-zA-Z])\s?/g, "|")
    .replace(/\\(?:[,;! ]|q?quad(?![a-zA-Z]))/g, " ")
    .replace(/\\(?![td]?frac)([a-zA-Z]+)/g, (_, name) => SIGNS[name] || ` ${name} `)
    .replace(new RegExp(`\\\\[td]?frac\\s*${group}\\s*${group}`, "g"), " ($1)/($2)")
    .replace(/\\[td]?frac\s*(\S)\s*(\S)/g, " $1/$2")
    .replace(/([\^_])\{([^{}]*)\}/g, "$1$2")
    .replace(/[ ]{2,}/g, " ");
}

/**
 * @param {(typeof sections)[0]} section
 * @param {string[]} words
 */
function excerpt(section, words) {
  const positions = words.map((word) => section.folded.indexOf(word)).filter((at) => at >= 0);
  const first = positions.length ? Math.min(...positions) : 0;
  // From the start of a word to the end of one, with the names of TeX's signs as words.
  const start = first < 60 ? 0 : section.text.lastIndexOf(" ", first - 40) + 1;
  const end = section.text.lastIndexOf(" ", start + 240);
  const text = readable(
    section.text.slice(start, end > first && start + 240 < section.text.length ? end : start + 240),
  );
  const line = document.createElement("p");
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  for (const part of `${start ? "… " : ""}${text} …`.split(new RegExp(`(${pattern})`, "i"))) {
    if (words.includes(fold(part))) {
      const mark = document.createElement("mark");
      mark.textContent = part;
      line.append(mark);
    } else {
      line.append(part);
    }
  }
  return line;
}

function run() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  results.replaceChildren();
  found.textContent = "";
  if (!words.length) return;
  const ranked = sections
    .map((section) => ({ points: score(section, words), section }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points);
  found.textContent = ranked.length
    ? `${ranked.length} ${ranked.length === 1 ? "section" : "sections"} found.`
    : "Nothing found. Fewer or shorter words find more.";
  for (const { section } of ranked.slice(0, 40)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = section.href;
    link.textContent = section.page === section.title ? section.title : `${section.page} › ${section.title}`;
    item.append(link, excerpt(section, words));
    results.append(item);
  }
}

input.value = new URLSearchParams(location.search).get("q") || "";
input.addEventListener("input", run);
run();
input.focus();
