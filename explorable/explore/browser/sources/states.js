// The states of a card in the static page: a table in a file, loaded when the card comes near.

import { arriving } from "./arriving.js";

/**
 * @typedef {[
 *   artist: number, element: number, attribute: string,
 *   axes: number[], index: number[] | 0, values: string[],
 * ]} Slot One thing that changes; see states.py.
 */

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
    /** @type {Slot[]} */
    let slots = [];
    /** @type {number[]} Which value of each slot is shown. */
    let seen = [];

    arriving(root, file, told, saved, (content) => {
      if (String(content.counts) !== String(counts)) throw new Error("another explorer");
      slots = content.slots;
      if (saved) show(first);
      else seen = slots.map((slot) => place(slot, first));
    });

    /** @param {Slot} slot @param {number[]} indices */
    function place([, , , axes, index], indices) {
      let at = 0;
      for (const axis of axes) at = at * counts[axis] + indices[axis];
      return index ? index[at] : at;
    }

    /** @param {number[]} indices */
    function show(indices) {
      for (const [k, slot] of slots.entries()) {
        const [artist, element, attribute, , , values] = slot;
        const id = place(slot, indices);
        if (id === seen[k]) continue;
        seen[k] = id;
        put(artist, element, attribute, values[id]);
      }
      shown();
    }

    return { show };
  };
}
