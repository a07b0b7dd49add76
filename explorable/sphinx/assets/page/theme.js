// Light or dark: the system's choice until the reader makes another, which is kept.

const root = document.documentElement;
const button = /** @type {HTMLButtonElement} */ (document.querySelector("button.theme"));
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

function show() {
  button.title = isDark() ? say("Switch to light") : say("Switch to dark");
}

button.addEventListener("click", () => {
  window.restOutOfSight("hidden"); // only what is in sight changes at once
  requestAnimationFrame(() => requestAnimationFrame(window.wakeOutOfSight));
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch (error) {
    // A reader who forbids storage keeps the choice for this page only.
  }
  show();
});
// A page to which the reader comes back is as it was left, whatever was chosen on another since.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  try {
    root.dataset.theme = localStorage.getItem("theme") ?? "";
  } catch (error) {
    // Where storage is forbidden nothing was kept.
  }
  show();
});
system.addEventListener("change", show);
show();
