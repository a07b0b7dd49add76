// Draws what Python describes: shapes as data, from which SVG is made, never markup.

const SVG = "http://www.w3.org/2000/svg";
const TAGS = new Set(["path", "text"]);
const PLAIN = new Set([
  "d",
  "x",
  "y",
  "opacity",
  "stroke-width",
  "text-anchor",
  "font-size",
  "font-style",
  "font-weight",
  "shape-rendering",
]);
const COLOURS = new Set(["ink", "muted", "one", "two", "three", "four", "bg", "panel", "grid"]);

const SHARED = {
  role: "img",
  class: "drawing",
  fill: "none",
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};

/** @type {ExplorablePython["draw"]} */
function draw({ width, height, label, shapes }) {
  const svg = document.createElementNS(SVG, "svg");
  const root = {
    ...SHARED,
    viewBox: `0 0 ${Number(width)} ${Number(height)}`,
    width: Number(width),
    "aria-label": label,
  };
  for (const [name, value] of Object.entries(root)) svg.setAttribute(name, `${value}`);
  svg.style.fontFamily = "var(--sans)";
  for (const [tag, attributes, text] of shapes) {
    if (!TAGS.has(tag)) continue;
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (PLAIN.has(name)) shape.setAttribute(name, `${value}`);
      else if ((name === "fill" || name === "stroke") && COLOURS.has(`${value}`)) {
        shape.style.setProperty(name, `var(--${value})`);
      }
    }
    if (tag === "text") shape.textContent = text ?? "";
    svg.append(shape);
  }
  return svg;
}

Object.assign(window.explorablePython, { draw });
