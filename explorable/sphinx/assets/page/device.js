// On the first page, where a server gives it: keep the whole book on this device. Nothing is kept
// before the reader asks; from disk there is nothing to keep.

const { src = "" } = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL("../", src);
const place = document.querySelector("section:has(> ol.chapters)");

if (root.protocol.startsWith("http")) {
  const { href } = new URL("manifest.webmanifest", root);
  document.head.append(element("link", { rel: "manifest", href }));
  if (place && "serviceWorker" in navigator) offer(place);
}

/** @typedef {{ part?: number, trouble?: string, kept?: string | null }} Told */

/**
 * @param {ServiceWorkerRegistration} worker
 * @param {"state" | "keep" | "drop"} what
 * @param {(told: Told) => void} hear
 */
function ask({ active }, what, hear) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => hear(data);
  active?.postMessage({ ask: what }, [port2]);
}

/** Ask the network for the edition it has, with the sizes of its files. */
async function offered() {
  await addScript(new URL(`files.js?${Date.now()}`, root).href);
  return window.bookFiles;
}

/** @param {Element} section  at whose end it is offered */
async function offer(section) {
  const now = await offered();
  const bytes = Object.values(now?.files ?? {}).reduce((sum, each) => sum + each, 0);
  const size = { size: Math.ceil(bytes / 1e6) };
  const said = element("span", { role: "status" });
  const line = element("p", { class: "device" }, said);
  section.append(line);

  /** @param {string} text @param {"keep" | "drop"} what */
  function button(text, what) {
    const made = element("button", { type: "button" }, text);
    made.onclick = async () => {
      show({ part: 0 });
      try {
        await navigator.serviceWorker.register(new URL("worker.js", root));
        ask(await navigator.serviceWorker.ready, what, show);
      } catch (error) {
        show({ trouble: /** @type {Error} */ (error).message });
      }
    };
    return made;
  }
  /** @param {string} text @param {HTMLButtonElement[]} buttons */
  function write(text, ...buttons) {
    said.textContent = text;
    line.replaceChildren(said, ...buttons);
  }
  /** @param {Told} told */
  function show({ part, trouble, kept }) {
    if (part !== undefined) {
      write(say("On its way: {percent} %", { percent: Math.floor(100 * part) }));
    } else if (trouble) {
      write(
        say("The book was not kept whole ({reason}). What came stays.", { reason: trouble }),
        button(say("Try again"), "keep"),
      );
    } else if (kept) {
      const drop = button(say("Remove it from this device"), "drop");
      if (now && now.edition !== kept)
        write(say("There is a new edition."), button(say("Take it ({size} MB)", size), "keep"), drop);
      else write(say("The book is on this device, and opens without a network."), drop);
    } else if (now) {
      write("", button(say("Keep the book on this device ({size} MB)", size), "keep"));
    }
  }
  const worker = await navigator.serviceWorker.getRegistration(root);
  // One that answers for a folder above belongs to another book.
  if (worker?.active && worker.scope === root.href) ask(worker, "state", show);
  else show({});
}
