// On paper solutions stand at the end, and equations are no wider than the paper.

/** @typedef {{ fold: HTMLDetailsElement, contents: Node[] }} Moved */
/** @type {Moved[]} */
let moved = [];
/** @type {HTMLElement[]} */
let added = [];
/** @type {HTMLElement[]} */
let shrunk = [];

/** @param {HTMLElement} article */
function moveSolutions(article) {
  // A solution that the reader has opened is printed where it stands.
  const folds = article.querySelectorAll("details.solution:not([open])");
  if (!folds.length) return;
  const title = element("h2", {}, say("Solutions"));
  const end = element("section", { class: "solutions", id: `${article.id}-solutions` }, title);
  for (const each of folds) {
    const fold = /** @type {HTMLDetailsElement} */ (each);
    const contents = [...fold.childNodes];
    contents.splice(0, 1 + contents.findIndex((child) => child.nodeName === "SUMMARY"));
    fold.querySelector("summary")?.setAttribute("data-moved", say(": at the end"));
    end.append(element("h3", { id: `${fold.id}-moved` }, exerciseOf(fold)), ...contents);
    fold.classList.add("moved");
    moved.push({ fold, contents });
  }
  article.append(end);
  added.push(end);
}

/** @param {Element} fold */
function exerciseOf(fold) {
  let before = fold.previousElementSibling;
  while (before && !before.matches(".exercise")) before = before.previousElementSibling;
  return before?.querySelector(".caption-number")?.textContent?.trim() ?? say("Exercise");
}

function moveBack() {
  for (const { fold, contents } of moved) {
    fold.append(...contents);
    fold.classList.remove("moved");
    fold.querySelector("summary")?.removeAttribute("data-moved");
  }
  for (const end of added) end.remove();
  [moved, added] = [[], []];
}

addEventListener("beforeprint", () => {
  moveBack();
  for (const article of document.querySelectorAll("article")) {
    moveSolutions(article);
    added.push(...sayOnPaper(article, say("One way:")));
  }
  shrunk = [...document.querySelectorAll("main .equation > .scroll")]
    .map((frame) => /** @type {HTMLElement} */ (frame))
    .filter((frame) => frame.scrollWidth > frame.clientWidth + 1);
  for (const frame of shrunk) {
    frame.style.fontSize = `${(95 * frame.clientWidth) / frame.scrollWidth}%`;
  }
});
addEventListener("afterprint", () => {
  moveBack();
  for (const frame of shrunk) frame.style.fontSize = "";
});
