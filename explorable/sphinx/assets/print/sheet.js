// The exercises of a chapter as a sheet to write on, and as one with solutions.

const GONE = ".headerlink, button, script, summary, .run-bar, .cell_output:empty";
const LINE = 90; // letters that one writes by hand in a line of print

/** @param {Element} part */
function forPaper(part) {
  const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
  for (const each of copy.querySelectorAll(GONE)) each.remove();
  for (const link of copy.querySelectorAll("a:not([href^='http'])")) {
    link.replaceWith(...link.childNodes);
  }
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  const asks = [...copy.querySelectorAll("span.line")].filter((line) =>
    /^(from .* import judge$|judge\()/.test(line.textContent ?? ""),
  );
  for (const line of asks) {
    line.closest(".cell")?.querySelector(".cell_output")?.remove(); // what the judge said
    line.remove();
  }
  for (const code of copy.querySelectorAll("pre")) code.innerHTML = code.innerHTML.trim();
  return copy;
}

/** @param {Element} stub */
function signature(stub) {
  const copy = forPaper(stub);
  for (const line of copy.querySelectorAll("span.line")) {
    const text = line.textContent ?? "";
    if (/^ +\.\.\. +#/.test(text)) line.textContent = text.replace(/\.\.\. +/, "");
  }
  copy.querySelector(".cell_output")?.remove();
  return copy.outerHTML.replace(/(<pre>)\s*(<span class="line[^"]*"><\/span>\s*)+/g, "$1");
}

/** @param {Element[]} solution */
function room(solution) {
  const letters = solution.flatMap((part) =>
    [...part.querySelectorAll(":scope > p, :scope > ul, :scope > ol")].map((each) => each.textContent),
  );
  const code = solution.flatMap((part) => [...part.querySelectorAll(".cell_input .line")]);
  const lines = Math.min(18, Math.max(4, Math.round(letters.join("").length / LINE) + code.length));
  return "<hr>".repeat(lines);
}

window.bookSheet = (chosen) => {
  const sheets = { problems: "", solutions: "" };
  for (const exercise of document.querySelectorAll("article .exercise")) {
    if (chosen.length && !chosen.includes(exercise.id)) continue;
    const [asked, solution] = [[forPaper(exercise).outerHTML], /** @type {Element[]} */ ([])];
    for (let next = exercise.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.matches(".exercise, :has(.exercise)")) break;
      if (next.matches("details.solution")) solution.push(next);
      else asked.push(next.matches(".cell") ? signature(next) : forPaper(next).outerHTML);
    }
    sheets.problems += `<section>${asked.join("")}${room(solution)}</section>`;
    const solved = solution.map((part) => `<div class="solved">${forPaper(part).innerHTML}</div>`);
    sheets.solutions += `<section>${asked.join("")}${solved.join("")}</section>`;
  }
  return { ...sheets, title: document.querySelector("h1")?.textContent?.replace("§", "") ?? "" };
};
