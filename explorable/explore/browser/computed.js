// Pictures that the page computes: the explorer's update, traced, runs at any value of a control.

import { compile } from "../../trace/browser/player.js";
import { arriving } from "./arriving.js";
import { pens } from "./pens.js";

/**
 * @typedef {[drawing: number, puts: [element: number, attribute: string, pen: string, numbers: any[]][]]}
 *   Recipe How an artist is drawn from computed values.
 * @typedef {{ numbers: boolean[], program: any, recipes: Recipe[], drawings: string[] }} Computed
 */

/**
 * @param {HTMLElement} root
 * @param {string} file
 * @param {boolean} saved Whether a browser saved the page, with whatever its pictures showed.
 * @returns {(told: Told) => Source}
 */
export function fromProgram(root, file, saved) {
  return (told) => {
    const { put, shown } = told;
    /** @type {{ run: ReturnType<typeof compile>, content: Computed } | undefined} */
    let loaded;
    /** What each artist's group holds: the number of a drawing, or -1 where it is hidden. */
    /** @type {number[]} */
    const holds = [];
    /** What stands in each artist's attributes: only what changes is written.
     *
     * @type {string[][]}
     */
    const written = [];

    arriving(root, file, told, saved, (buffer) => {
      const content = JSON.parse(new TextDecoder().decode(buffer));
      loaded = { run: compile(content.program), content };
    });

    /** @param {number} artist @param {number} drawing */
    function hold(artist, drawing) {
      const before = holds[artist];
      if (before === drawing) return;
      holds[artist] = drawing;
      written[artist] = [];
      if (drawing < 0 || before === undefined || before < 0) {
        put(artist, -1, "display", drawing < 0 ? "none" : "");
      }
      if (drawing >= 0 && loaded) put(artist, -1, "<", loaded.content.drawings[drawing]);
    }

    return {
      show(places, values) {
        if (!loaded) return;
        const { numbers, recipes } = loaded.content;
        const { told, roots } = loaded.run(
          values.filter((_, position) => numbers[position]),
          /** @type {number[]} */ (places.filter((_, position) => !numbers[position])),
        );
        told.forEach((/** @type {number | [number, number[][]]} */ entry, /** @type {number} */ artist) => {
          if (typeof entry === "number") {
            hold(artist, entry);
            return;
          }
          const [drawing, puts] = recipes[entry[0]];
          hold(artist, drawing);
          puts.forEach(([element, attribute, pen, numbers], position) => {
            const values = entry[1][position].map((root) => roots[root]);
            const text = pens[pen](numbers, values);
            if (text === written[artist][position]) return;
            written[artist][position] = text;
            put(artist, element, attribute, text);
          });
        });
        put(-1, 0, "#", roots[0]);
        shown();
      },
    };
  };
}
