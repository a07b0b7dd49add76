// Python in the page. Until a reader asks for it, these few lines are all of it.

const { book, python = "", page = "" } = /** @type {HTMLElement} */ (document.currentScript).dataset;
const storage = `code:${book}:${page}`;
/** @type {Promise<void> | null} */
let brought = null;

/** The rest is added by the script that this brings. */
window.explorablePython = /** @type {ExplorablePython} */ ({
  page,
  storage,
  bring() {
    brought ??= add(python).catch((error) => {
      brought = null; // the next press tries again
      throw error;
    });
    return brought;
  },
  async call(name, args) {
    await this.bring(); // which puts the real one in place of this
    return this.call(name, args);
  },
});

/**
 * Add the script that brings Python; if it comes damaged, ask once more, past what is kept of it.
 * @param {string} address
 * @param {boolean} again
 */
async function add(address, again = false) {
  const script = await addScript(address);
  if ("press" in window.explorablePython) return;
  script.remove();
  if (again) throw new Error(say("Python did not arrive whole. Press again to try once more."));
  await add(`${python}?${Date.now()}`, true);
}

/** @param {HTMLElement} cell @param {"Run" | "Edit"} name */
async function press(cell, name) {
  try {
    await window.explorablePython.bring();
    await window.explorablePython.press(cell, name);
  } catch (error) {
    const said = cell.querySelector(".run-said");
    if (said) said.textContent = /** @type {Error} */ (error).message;
  }
}

for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".computes"))) {
  const bar = element("div", { class: "run-bar" });
  for (const name of /** @type {const} */ (["Run", "Edit"])) {
    const word = name === "Run" ? say("Run") : say("Edit");
    const button = element("button", { type: "button", class: name.toLowerCase() }, word);
    button.addEventListener("click", () => press(cell, name));
    bar.append(button);
  }
  bar.append(element("span", { class: "run-said", role: "status" }));
  cell.dataset.run = "idle";
  cell.querySelector(".cell_input")?.append(bar);
}

try {
  const changed = page && localStorage.getItem(storage);
  if (changed) window.explorablePython.bring().catch(() => {}); // a press will say why
} catch (error) {
  // Where storage is forbidden nothing was stored.
}
