// The search, in a box that its link or "/" opens; engine and index are fetched only then.

/** @typedef {import("../types").Search} Search */

// Where this script lies, there lie the others, and one folder above it the book.
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const BLOCKED =
  "The search could not be loaded: its files are missing, or something blocks scripts. " +
  "The index at the end of the contents needs none.";

/** @type {Promise<Search> | undefined} */
let ready;

/** @param {string} name */
function fetchScript(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, here).href;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function makeReady() {
  await Promise.all(["search-index.js", "search.js"].map(fetchScript));
  if (!window.makeSearch || !window.bookIndex) throw new Error(BLOCKED);
  return window.makeSearch(window.bookIndex);
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A field, what it has found in words, and the list of it, in an element of the page. */
class Finder {
  /** @param {Element} box */
  constructor(box) {
    this.input = /** @type {HTMLInputElement} */ (
      element("input", { type: "search", name: "q", "aria-label": "Words, or a number such as 5.12",
        placeholder: "Words, or a number such as 5.12", autocomplete: "off", spellcheck: "false" }) // prettier-ignore
    );
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
    if (!ready) this.told.textContent = "Loading …";
    ready ??= makeReady();
    try {
      const search = await ready;
      if (query !== this.input.value) return; // the reader has typed on
      const { found, count } = search(query);
      const told = count
        ? `${count} ${count === 1 ? "place" : "places"} found${count > found.length ? `, the first ${found.length} below` : ""}.`
        : "Nothing found. Fewer or other words may find more.";
      this.show(found, told);
    } catch (error) {
      ready = undefined; // to be tried again
      this.show([], BLOCKED);
    }
  }

  /**
   * @param {import("../types").Found[]} found
   * @param {string} told
   */
  show(found, told) {
    this.told.textContent = told;
    this.list.replaceChildren(
      ...found.map(({ title, page, href, excerpt }) => {
        const link = element("a", { href: new URL(`../${href}`, here).href }, title);
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
    box = /** @type {HTMLDialogElement} */ (
      element("dialog", { class: "search", "aria-label": "Search the book" })
    );
    const { input, form, list } = new Finder(box);
    form.append(element("button", { type: "button", class: "close" }, "Close"));
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
