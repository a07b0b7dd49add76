// The menu of a narrow page holds its sections too, and closes by Escape, by a press beside it and
// by following a link in it.

const menu = /** @type {HTMLDetailsElement} */ (document.querySelector("details.menu"));
const nav = /** @type {HTMLElement} */ (menu.querySelector("nav"));

menu.addEventListener("toggle", () => {
  const own = nav.querySelector("[aria-current='page']");
  const sections = document.querySelector(".frame .sections");
  if (own && sections && !nav.querySelector(".sections")) own.after(sections.cloneNode(true));
  const here = nav.querySelector(".sections [aria-current]") ?? own;
  if (menu.open && here) nav.scrollTop += here.getBoundingClientRect().top - innerHeight / 3;
});
nav.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("a")) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
document.addEventListener("click", (event) => {
  if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
});
