// The page's colours, as numbers for canvases: light or dark, as the reader has it.

const TOKENS = ["one", "two", "three", "ink", "muted", "grid", "bg", "panel"];

/** @param {HTMLElement} root */
export function colours(root) {
  const probe = document.createElement("i");
  probe.hidden = true;
  root.append(probe);
  /** @type {Record<string, string>} */
  const css = {};
  /** @type {Record<string, number[]>} */
  const parts = {};
  for (const name of TOKENS) {
    probe.style.color = `var(--${name})`;
    css[name] = getComputedStyle(probe).color;
    parts[name] = (css[name].match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
  }
  probe.remove();
  // From −1 to 1: two, the panel's colour, one; as little-endian pixels.
  const ramp = Uint32Array.from({ length: 256 }, (_, i) => {
    const value = i / 127.5 - 1;
    const [end, share] = [parts[value < 0 ? "two" : "one"], Math.abs(value) ** 0.8 * 0.58];
    const [r, g, b] = parts.panel.map((base, k) => Math.round(base + (end[k] - base) * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
  return { css, ramp };
}

/** @typedef {ReturnType<typeof colours>} Colours */

/** @param {Element} root @param {() => void} again Draw it in another theme, or at another width. */
export function redraw(root, again) {
  let called = 0; // at first for what is drawn already
  new ResizeObserver(() => called++ && again()).observe(root);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}

/** @param {number} value Between −1 and 1, or cut there. */
export const shade = (value) => Math.max(0, Math.min(255, Math.round((value + 1) * 127.5))) || 0;
