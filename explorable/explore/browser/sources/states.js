// The states of a card in the static page: a table in a file, loaded when the card comes near.

import { arriving } from "./arriving.js";
import { unpack } from "./unpack.js";

/**
 * @param {HTMLElement} root
 * @param {string} file
 * @param {boolean} saved Whether a browser saved the page, with whatever its pictures showed.
 * @returns {(told: Told, controls: Controls) => Source}
 */
export function fromFile(root, file, saved) {
  return (told, controls) => {
    const { put, shown } = told;
    const counts = controls.map(({ count }) => count);
    const first = controls.map(({ spec }) => spec.start);
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

    return { show };
  };
}
