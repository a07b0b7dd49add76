// What a card needs in a file of its own: loaded when the card comes near, and asked for again.

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

/** @param {string} packed */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/**
 * Bring a file as soon as a card comes near, and say what is wrong if it does not come.
 * @param {HTMLElement} root
 * @param {string} file
 * @param {Told} told
 * @param {boolean} saved Whether a browser saved the page, with whatever its pictures showed.
 * @param {(content: any) => void} use Fails if the content is not what it should be.
 */
export function arriving(root, file, { ready, trouble }, saved, use) {
  async function bring(again = false) {
    try {
      if (!("DecompressionStream" in globalThis)) throw new Trouble("old");
      const packed = await content(file, again);
      try {
        use(await unpacked(packed));
      } catch {
        throw new Trouble("broken");
      } finally {
        delete globalThis.explorableStates?.[file];
      }
      trouble("");
      ready();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      const { word } = error;
      trouble(saved && word === "lost" ? "saved" : word, word === "old" ? undefined : () => bring(true));
    }
  }

  // What a reader meets first need not wait until the page is laid out.
  if (root === document.querySelector(".explorer, .machine")) return void bring();
  new IntersectionObserver(
    (entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      bring();
    },
    { rootMargin: "800px" },
  ).observe(root);
}
