// What the reader has done, kept on this device alone, under a key of this book, for others may lie on
// the same host, from the first thing done on:
// {"version": 1, "done": {"task softmax": {"right": true, "tries": 2, "at": 1798761600000,
// "page": "chapters/a"}}, "place": {"page": "chapters/b", "id": "section", "number": "4.7", "at": …}}
// An entry that cannot be from here is passed over and left. A text that is no such object is kept,
// whole, as "unread" in a new one.

const { book } = /** @type {HTMLElement} */ (document.currentScript).dataset;
const KEY = `progress:${book}`;

/** @param {any} each */
const isMap = (each) => typeof each === "object" && each && !Array.isArray(each);

/** @type {Window["progress"]} */
const progress = (window.progress = {
  KEY,
  isEntry: (each) =>
    typeof each?.right === "boolean" &&
    [each.tries, each.at].every((n) => Number.isFinite(n) && n > 0), // kept as it is read
  understood: (each) => isMap(each) && each.version === 1 && isMap(each.done),

  placeOf(kept) {
    const place = /** @type {any} */ (kept?.place);
    const fits = ["page", "id", "number"].every((name) => typeof place?.[name] === "string");
    return fits && place.at > 0 ? place : undefined;
  },

  read() {
    let text = null;
    try {
      text = localStorage.getItem(KEY);
      if (text === null) return null;
      const kept = JSON.parse(text);
      if (progress.understood(kept)) return kept;
    } catch (error) {
      if (text === null) return null; // where storage is forbidden nothing was stored
    }
    return { version: 1, done: {}, unread: text };
  },

  change(edit) {
    const kept = progress.read() ?? { version: 1, done: {} };
    edit(kept);
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch (error) {
      return false; // storage is full, or forbidden
    }
    document.dispatchEvent(new Event("explorable:kept"));
    return true;
  },

  done: () =>
    new Map(Object.entries(progress.read()?.done ?? {}).filter(([, each]) => progress.isEntry(each))),
});
