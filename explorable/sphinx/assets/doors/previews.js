// Pointing at a reference, reaching it by keyboard or tapping it shows what it leads to: an equation,
// a definition or a source. A second tap goes there.

const REFERENCES =
  "article a.internal:is([href*='#equation-'], [href*='#term-'], [data-source]):not(.number)";

const inMargin = matchMedia("(min-width: 100em)"); // where site.css puts the sources

const box = element("div", { class: "preview", id: "preview", role: "tooltip", hidden: "" });
document.body.append(box);

/** @type {Element | null} */
let link = null;
let timer = 0;

/** @param {HTMLElement} reference @returns {(Node | string)[]} what the reference leads to */
function content(reference) {
  const { source } = reference.dataset;
  if (source) return inMargin.matches && reference.closest("section > :is(p, ul, ol)") ? [] : [source];
  const href = reference.getAttribute("href") ?? "";
  if (href[0] === "#") {
    const target = document.getElementById(decodeURIComponent(href.slice(1)));
    const from = target?.matches("dt") ? definition(target) : target;
    return from ? [...from.cloneNode(true).childNodes] : [];
  }
  for (const template of document.querySelectorAll("template")) {
    if (template.dataset.preview === href) return [template.content.cloneNode(true)];
  }
  return [];
}

/** @param {Element} term */
function definition(term) {
  let next = term.nextElementSibling;
  while (next?.matches("dt")) next = next.nextElementSibling; // another name of the same
  return next;
}

/** @param {HTMLElement} reference @param {string} hint */
function show(reference, hint = "") {
  const nodes = content(reference);
  if (!nodes.length) return;
  hide();
  link = reference;
  box.replaceChildren(...nodes);
  for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const number of box.querySelectorAll("a.number")) number.remove();
  if (hint) box.append(element("p", { class: "hint" }, hint));
  box.hidden = false;
  window.putBeside(box, reference.getClientRects()[0]);
  reference.setAttribute("aria-describedby", "preview");
}

function hide() {
  clearTimeout(timer);
  box.hidden = true;
  link?.removeAttribute("aria-describedby");
  link = null;
}

/** @param {() => void} action */
function later(action) {
  clearTimeout(timer);
  timer = setTimeout(action, 180);
}

/** @param {HTMLElement} reference */
function watch(reference) {
  let touched = false;
  reference.addEventListener("pointerenter", ({ pointerType }) => {
    touched = pointerType === "touch";
    if (!touched) later(() => show(reference));
  });
  reference.addEventListener("pointerleave", () => touched || later(hide));
  reference.addEventListener("focus", () => reference.matches(":focus-visible") && show(reference));
  reference.addEventListener("blur", hide);
  reference.addEventListener("click", (event) => {
    if (!touched || link === reference) return;
    show(reference, say("Tap again to go there."));
    if (link) event.preventDefault();
  });
}

for (const reference of document.querySelectorAll(REFERENCES)) {
  watch(/** @type {HTMLElement} */ (reference));
}
box.addEventListener("mouseenter", () => clearTimeout(timer));
box.addEventListener("mouseleave", () => later(hide));
document.addEventListener("pointerdown", ({ target }) => {
  const element = /** @type {Node} */ (target);
  if (link && !link.contains(element) && !box.contains(element)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
