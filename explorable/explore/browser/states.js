// The states of a card in the static page: a table in a file, loaded when the card comes near.

import { arriving } from "./arriving.js";
import { unpack } from "./unpack.js";

/**
 * @param {HTMLElement} root
 * @param {string} file
 * @param {number[]} counts How many values each control has.
 * @param {number[]} first Where the controls stand at first.
 * @param {boolean} saved Whether a browser saved the page, with whatever its pictures showed.
 * @returns {(told: Told) => ListedSource}
 */
export function fromFile(root, file, counts, first, saved) {
  return (told) => {
    const { put, shown } = told;
    /** @type {import("./unpack.js").States | undefined} */
    let states;

    arriving(root, file, told, saved, (buffer) => {
      const found = unpack(buffer);
      if (String(found.counts) !== String(counts)) throw new Error("another explorer");
      states = found;
      if (saved) show(first);
      else for (const slot of states.slots) slot.shown = place(slot, first);
    });

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

    function forget() {
      for (const slot of states?.slots ?? []) slot.shown = -1;
    }

    return { show, forget };
  };
}
