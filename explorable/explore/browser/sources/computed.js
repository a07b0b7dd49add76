// Pictures that the page computes: the explorer's update, traced, runs at any value of a control.

import { compile } from "../../../trace/browser/player.js";
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
 * @returns {(told: Told, controls: Controls) => Source}
 */
export function fromProgram(root, file, saved) {
  return (told, controls) => {
    const { put, shown } = told;
    /** @type {{ run: ReturnType<typeof compile>, content: Computed } | undefined} */
    let loaded;
    /**
     * What each artist's group holds: the number of a drawing, or -1 where it is hidden.
     * @type {number[]}
     */
    const holds = [];
    /**
     * What stands in each artist's attributes: only what changes is written.
     * @type {string[][]}
     */
    const written = [];

    arriving(root, file, told, saved, (content) => {
      loaded = { run: compile(content.program), content };
      if (saved) show();
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

    /** @param {number} artist @param {number | [recipe: number, roots: number[][]]} entry @param {any[]} roots */
    function draw(artist, entry, roots) {
      if (typeof entry === "number") return hold(artist, entry);
      const [drawing, puts] = /** @type {Computed} */ (loaded?.content).recipes[entry[0]];
      hold(artist, drawing);
      puts.forEach(([element, attribute, pen, numbers], k) => {
        const text = pens[pen](numbers, entry[1][k].map((root) => roots[root]));
        if (text === written[artist][k]) return;
        written[artist][k] = text;
        put(artist, element, attribute, text);
      });
    }

    function show() {
      if (!loaded) return;
      const { numbers } = loaded.content;
      const leaf = loaded.run(
        controls.filter((_, k) => numbers[k]).map(({ value }) => given(value)),
        controls.filter((_, k) => !numbers[k]).map(({ at }) => at),
      );
      for (const [artist, entry] of leaf.told.entries()) draw(artist, entry, leaf.roots);
      put(-1, 0, "#", /** @type {string} */ (leaf.roots[0]));
      shown();
    }

    return { show };
  };
}

/** @param {number | number[]} value */
function given(value) {
  return typeof value === "number" ? value : { shape: [value.length], values: value };
}
