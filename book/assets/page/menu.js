// The menu of a narrow page closes by Escape and by a press beside it.

const menu = /** @type {HTMLDetailsElement} */ (document.querySelector("details.menu"));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
document.addEventListener("click", (event) => {
  if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
});
