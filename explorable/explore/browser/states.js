// The states of a card in the static page: a table in a file, loaded when the card comes near.

import { unpack } from "./unpack.js";

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const base = script ? script.src : location.href;

/** Why states can't be shown; its message is the word for it. */
class Trouble extends Error {
  /** @param {Word} word */
  constructor(word) {
    super(word);
    this.word = word;
  }
}

/**
 * Return what a file of states holds. It is a script, for those may be loaded from file://, where
 * fetch may not; it leaves its content under its name. In a page that was saved by a browser, the
 * script has another name and has run already.
 *
 * @param {string} file
 * @param {boolean} again Whether to ask for it anew, past what the browser keeps.
 * @returns {Promise<string>}
 */
async function content(file, again) {
  globalThis.explorableStates ??= {};
  if (!(file in globalThis.explorableStates)) {
    const script = document.createElement("script");
    script.src = new URL(again ? `${file}?${Date.now()}` : file, base).href;
    await new Promise((loaded, failed) => {
      script.onload = loaded;
      script.onerror = () => failed(new Trouble("lost"));
      document.head.append(script);
    }).catch((error) => {
      script.remove();
      throw error;
    });
    if (!(file in globalThis.explorableStates)) {
      script.remove();
      throw new Trouble("broken");
    }
  }
  return globalThis.explorableStates[file];
}

/**
 * @param {string} file
 * @param {number[]} counts How many values each control has.
 * @param {boolean} again
 */
async function load(file, counts, again) {
  if (!("DecompressionStream" in globalThis)) throw new Trouble("old");
  const packed = await content(file, again);
  try {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const states = unpack(await new Response(stream).arrayBuffer());
    if (String(states.counts) !== String(counts)) throw new Trouble("broken");
    return states;
  } catch {
    throw new Trouble("broken");
  } finally {
    delete globalThis.explorableStates?.[file];
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} file
 * @param {boolean} saved Whether a browser saved the page, with whatever its pictures showed.
 * @returns {(told: Told, controls: Controls) => ListedSource}
 */
export function fromFile(root, file, saved) {
  return ({ put, ready, shown, trouble }, controls) => {
    const counts = controls.map(({ count }) => count);
    const first = controls.map(({ spec }) => spec.start);
    /** @type {import("./unpack.js").States | undefined} */
    let states;

    async function fetchStates(again = false) {
      try {
        states = await load(file, counts, again);
        if (saved) show(first);
        else for (const slot of states.slots) slot.shown = place(slot, first);
        trouble("");
        ready();
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        trouble(saved && error.word === "lost" ? "saved" : error.word, error.word === "old" ? undefined : () => fetchStates(true));
      }
    }

    /**
     * @param {import("./unpack.js").Slot} slot
     * @param {number[]} indices
     */
    function place({ axes, index }, indices) {
      let at = 0;
      for (const axis of axes) at = at * counts[axis] + indices[axis];
      return index ? index[at] : at;
    }

    /** @param {number[]} indices */
    function show(indices) {
      for (const slot of states?.slots ?? []) {
        const id = place(slot, indices);
        if (id === slot.shown) continue;
        slot.shown = id;
        put(slot.artist, slot.element, slot.attribute, slot.value(id));
      }
      shown();
    }

    new IntersectionObserver(
      (entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        fetchStates();
      },
      { rootMargin: "800px" },
    ).observe(root);

    function forget() {
      for (const slot of states?.slots ?? []) slot.shown = -1;
    }

    return { show, forget };
  };
}
