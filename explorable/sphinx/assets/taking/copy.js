// A button in each block of code copies it; what is copied of a formula is its TeX.

const BLOCKS = ".cell_input .highlight, div[class*=highlight-] > .highlight";
const LONGEST = 40; // letters of a name

/** @param {Element} block */
function addButton(block) {
  const code = /** @type {HTMLElement} */ (block.querySelector("pre"));
  const text = code.textContent ?? "";
  const first = text.trim().split("\n")[0];
  const name = first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first;
  const button = element("button", { type: "button", class: "copy" });
  /** @param {string} word */
  const show = (word) => {
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${name}`);
  };
  show(say("Copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      show(say("Copied"));
    } catch (error) {
      getSelection()?.selectAllChildren(code);
      show(document.execCommand("copy") ? say("Copied") : say("Press Ctrl+C"));
    }
    setTimeout(() => show(say("Copy")), 1500);
  });
  block.append(button);
}

for (const block of document.querySelectorAll(BLOCKS)) {
  if (!block.closest(".cell_output") && !block.querySelector("button")) addButton(block);
}

/** @param {Node} node */
const formulaAround = (node) =>
  /** @type {Element} */ (node instanceof Element ? node : node.parentElement).closest("[data-tex]");

/** @param {HTMLElement} formula The TeX of a formula, with the numbers that it has now. */
function texOf(formula) {
  const numbers = [...formula.querySelectorAll(".explorer-number")].map(
    (number) => number.textContent?.replaceAll("−", "-") ?? "",
  );
  return (formula.dataset.tex ?? "").replace(/\\num\{[^}]*\}/g, () => numbers.shift() ?? "");
}

document.addEventListener("copy", (event) => {
  const selection = /** @type {Selection} */ (getSelection());
  if (!selection.rangeCount || !event.clipboardData) return;
  const range = selection.getRangeAt(0).cloneRange();
  const [first, last] = [range.startContainer, range.endContainer].map(formulaAround);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const copied = element("div", {}, range.cloneContents());
  const formulas = /** @type {NodeListOf<HTMLElement>} */ (copied.querySelectorAll("[data-tex]"));
  if (!formulas.length) return;
  for (const formula of formulas) {
    const mark = formula.matches("div") ? "$$" : "$";
    formula.textContent = mark + texOf(formula) + mark;
    formula.style.whiteSpace = "pre";
  }
  for (const part of copied.querySelectorAll("button, .headerlink")) part.remove();
  document.body.append(copied); // or there would be no lines
  event.clipboardData.setData("text/plain", copied.innerText);
  event.clipboardData.setData("text/html", copied.innerHTML);
  copied.remove();
  event.preventDefault();
});
