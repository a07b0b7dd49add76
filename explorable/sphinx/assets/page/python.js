// Python in the page. Until a reader asks for it, these few lines are all of it.

const { python = "", page = "" } = /** @type {HTMLElement} */ (document.currentScript).dataset;
/** @type {Promise<void> | null} */
let brought = null;

/** The rest is added by the script that this brings. */
window.explorablePython = /** @type {ExplorablePython} */ ({
  page,
  bring() {
    brought ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = python;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(say("The files of Python are not beside this page.")));
      document.head.append(script);
    });
    return brought;
  },
  async call(name, args) {
    await this.bring(); // which puts the real one in place of this
    return this.call(name, args);
  },
});

/**
 * @param {HTMLElement} cell
 * @param {"Run" | "Edit"} name
 */
async function press(cell, name) {
  try {
    await window.explorablePython.bring();
    window.explorablePython.press(cell, name);
  } catch (error) {
    const said = cell.querySelector(".run-said");
    if (said) said.textContent = /** @type {Error} */ (error).message;
  }
}

for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".computes"))) {
  const bar = document.createElement("div");
  bar.className = "run-bar";
  for (const name of /** @type {const} */ (["Run", "Edit"])) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name === "Run" ? say("Run") : say("Edit");
    button.className = name.toLowerCase();
    button.addEventListener("click", () => press(cell, name));
    bar.append(button);
  }
  const said = document.createElement("span");
  said.className = "run-said";
  said.setAttribute("role", "status");
  bar.append(said);
  cell.dataset.run = "idle";
  cell.querySelector(".cell_input")?.append(bar);
}

try {
  if (page && localStorage.getItem(`code:${page}`)) window.explorablePython.bring();
} catch (error) {
  // Where storage is forbidden nothing was stored.
}
