// Pointing at a reference, or reaching it by keyboard, shows the equation or the definition.

const REFERENCES = "article a.internal[href*='#equation-'], article a.internal[href*='#term-']";

const box = document.createElement("div");
box.className = "preview";
box.id = "preview";
box.setAttribute("role", "tooltip");
box.hidden = true;
document.body.append(box);

/** @type {Element | null} */
let link = null;
let timer = 0;

/**
 * @param {Element} reference
 * @returns {Node[]} what the reference leads to
 */
function content(reference) {
  const href = reference.getAttribute("href") ?? "";
  if (href[0] === "#") {
    const target = document.getElementById(decodeURIComponent(href.slice(1)));
    const from = target?.matches("dt") ? target.nextElementSibling : target;
    return from ? [...from.cloneNode(true).childNodes] : [];
  }
  for (const template of document.querySelectorAll("template")) {
    if (template.dataset.preview === href) return [template.content.cloneNode(true)];
  }
  return [];
}

/** @param {Element} reference */
function show(reference) {
  const nodes = content(reference);
  if (!nodes.length) return;
  hide();
  link = reference;
  box.replaceChildren(...nodes);
  for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const number of box.querySelectorAll("a.number")) number.remove();
  box.hidden = false;
  const at = reference.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8);
  const below = at.bottom + 6 + box.offsetHeight < innerHeight;
  box.style.left = `${Math.max(8, left) + scrollX}px`;
  box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`;
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

for (const reference of document.querySelectorAll(REFERENCES)) {
  reference.addEventListener("mouseenter", () => later(() => show(reference)));
  reference.addEventListener("mouseleave", () => later(hide));
  reference.addEventListener("focus", () => reference.matches(":focus-visible") && show(reference));
  reference.addEventListener("blur", hide);
}
box.addEventListener("mouseenter", () => clearTimeout(timer));
box.addEventListener("mouseleave", () => later(hide));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
