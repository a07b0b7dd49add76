// In the page, what is not listed is computed by Python, once the reader has asked for it.

import { fill } from "../../explore/browser/words.js";

/** The two numbers at which each meter was drawn; see meters.py. */
const [LOW, HIGH] = [0.25, 0.75];

/**
 * @param {HTMLElement} root
 * @param {NonNullable<CardSpec["python"]>} python
 * @param {CardSpec} spec
 * @param {(told: Told, controls: Controls) => ListedSource} listed
 *   Where the states come from that are listed.
 * @returns {(told: Told, controls: Controls) => Source}
 */
export function withPython(root, { call, ...panel }, spec, listed) {
  return (told, controls) => {
    const source = listed(told, controls);
    const { words } = spec;
    const box = /** @type {HTMLElement} */ (root.querySelector(".explorer-python"));
    let allowed = false;
    let answered = false;
    let busy = false;
    /** @type {Place[] | undefined} */
    let next;
    /** @type {Place[]} */
    let latest = [];

    /** @param {string} text @param {() => void} [consent] */
    function say(text, consent) {
      box.replaceChildren(text);
      if (!consent) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.start;
      button.onclick = consent;
      box.append(" ", button);
    }

    /** What was seen is of another picture; if no other comes at once, it goes. */
    function empty() {
      root.dataset.waiting = "empty";
      told.put(-1, 0, "#", "");
    }

    async function begin() {
      allowed = true;
      const loaded = (/** @type {number} */ share) =>
        say(fill(words.loading, { share: Math.round(100 * share) }));
      loaded(0);
      try {
        const { explorablePython } = window;
        await explorablePython.bring();
        const deaf = explorablePython.listen((message) => {
          if ("value" in message) loaded(message.value);
        });
        await explorablePython.start();
        deaf();
        say(words.first);
      } catch {
        allowed = false;
        say(words.failed);
        return;
      }
      if (next) ask();
      else say("");
    }

    async function ask() {
      if (busy || !next) return;
      busy = true;
      next = undefined;
      const own = controls.map((control) => [control.spec.key, control.value]);
      try {
        const seen = await window.explorablePython.call(call, Object.fromEntries(own));
        answered = true;
        say("");
        if (latest.some((place) => typeof place === "string")) {
          draw(panel, seen, told.put);
          told.shown();
          delete root.dataset.waiting;
        }
      } catch (error) {
        empty();
        say(`${error}`);
      } finally {
        busy = false;
      }
      ask();
    }

    return {
      show(places) {
        latest = places;
        if (places.every((place) => typeof place === "number")) {
          next = undefined;
          delete root.dataset.waiting;
          source.forget();
          source.show(/** @type {number[]} */ (places));
          return;
        }
        next = places;
        root.dataset.waiting = "";
        if (!answered) empty();
        if (allowed) ask();
        else if (window.explorablePython.started?.()) begin();
        else say(words.own, begin);
      },
    };
  };
}

/**
 * @param {Omit<NonNullable<CardSpec["python"]>, "call">} panel
 * @param {any} seen What the function returned.
 * @param {Put} put
 */
function draw({ meters, words }, seen, put) {
  const write = (/** @type {[string, Record<string, string>]} */ [word, values]) =>
    fill(
      words[word],
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, words[value] ?? value]),
      ),
    );
  for (const [name, artists] of Object.entries(meters)) {
    artists.forEach(([artist, parts], position) => {
      put(artist, -1, "display", "");
      for (const [element, attribute, pieces] of parts) {
        const value = seen[name][position];
        put(artist, element, attribute, pieces ? at(pieces, value) : write(value));
      }
    });
  }
  put(-1, 0, "#", write(seen.sentence));
}

/**
 * @param {(string | [number, number])[]} pieces
 * @param {number} value
 */
function at(pieces, value) {
  const share = (Math.max(0, Math.min(1, value)) - LOW) / (HIGH - LOW);
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const [low, high] = piece;
      return Math.round(1000 * (low + share * (high - low))) / 1000;
    })
    .join("");
}
