// The search, in a box that its link or "/" opens; engine and index are fetched only then.

/** @typedef {import("../types").Search} Search */

// Where this script lies, there lies the engine, and one folder above it the book.
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const engine = new URL("search.js", script.src);
const book = new URL(`../${script.dataset.edition ?? ""}`, script.src);
const BLOCKED = say(
  "The search could not be loaded: its files are missing, or something blocks scripts. The index at the end of the contents needs none.", // prettier-ignore
);

/** @type {Promise<Search> | undefined} */
let ready;

async function makeReady() {
  const files = [new URL("assets/search-index.js", book), engine];
  await Promise.all(files.map(({ href }) => addScript(href)));
  if (!window.makeSearch || !window.bookIndex) throw new Error(BLOCKED);
  return window.makeSearch(window.bookIndex);
}

/** @param {number} count @param {number} shown */
function told(count, shown) {
  if (count > shown) return say("{count} places found, the first {shown} below.", { count, shown });
  if (count > 1) return say("{count} places found.", { count });
  return count
    ? say("1 place found.")
    : say("Nothing found. Fewer or other words may find more.");
}

/** A field, what it has found in words, and the list of it, in an element of the page. */
class Finder {
  /** @param {Element} box */
  constructor(box) {
    const asked = say("Words, or a number such as 5.12");
    const look = { type: "search", name: "q", autocomplete: "off", spellcheck: "false" };
    this.input = element("input", { ...look, "aria-label": asked, placeholder: asked });
    this.told = element("p", { class: "told", role: "status" });
    this.list = element("ol", { class: "results" });
    this.form = element("form", { role: "search" }, this.input);
    box.append(this.form, this.told, this.list);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.list.querySelector("a")?.click();
    });
    this.input.addEventListener("input", () => this.find());
    box.addEventListener("keydown", (event) => this.step(/** @type {KeyboardEvent} */ (event)));
  }

  async find() {
    const query = this.input.value;
    if (!query.trim()) return this.show([], "");
    if (!ready) this.told.textContent = say("Loading …");
    ready ??= makeReady();
    try {
      const search = await ready;
      if (query !== this.input.value) return; // the reader has typed on
      const { found, count } = search(query);
      this.show(found, told(count, found.length));
    } catch (error) {
      ready = undefined; // to be tried again
      this.show([], BLOCKED);
    }
  }

  /** @param {import("../types").Found[]} found @param {string} told */
  show(found, told) {
    this.told.textContent = told;
    this.list.replaceChildren(
      ...found.map(({ title, page, href, excerpt }) => {
        const link = element("a", { href: new URL(href, book).href }, title);
        const pieces = excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
        return element("li", {}, link, element("span", {}, page), element("p", {}, ...pieces));
      }),
    );
  }

  /** @param {KeyboardEvent} event */
  step(event) {
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!down) return;
    event.preventDefault();
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    stops[Math.min(Math.max(at + down, 0), stops.length - 1)].focus();
  }
}

/** @type {HTMLDialogElement | undefined} */
let box;

function open() {
  if (!box) {
    box = element("dialog", { class: "search", "aria-label": say("Search the book") });
    const { input, form, list } = new Finder(box);
    form.append(element("button", { type: "button", class: "close" }, say("Close")));
    form.querySelector("button")?.addEventListener("click", () => box?.close());
    // A place on this page is reached without leaving it.
    list.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("a")) box?.close();
    });
    box.addEventListener("click", (event) => event.target === box && box?.close());
    box.addEventListener("close", () => input.select());
    // Where Escape would only empty the field.
    input.addEventListener("keydown", (event) => event.key === "Escape" && box?.close());
    document.body.append(box);
  }
  if (!box.open) box.showModal();
}

const page = document.getElementById("search");
if (page) {
  const finder = new Finder(page);
  finder.input.value = new URLSearchParams(location.search).get("q") ?? "";
  finder.find();
  finder.input.focus();
} else {
  document.querySelector("a.find")?.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
}
