"""Formulas as a browser sets them: the size of each that has a number, and its faults."""

from tests.pages.readers import NEXT_FRAMES

MEASURE = """
await document.fonts.ready;
for (const fold of document.querySelectorAll("details")) fold.open = true;
await (NEXT_FRAMES)();
const pen = document.createElement("canvas").getContext("2d");
const width = (sign, last) => {
  pen.font = `100px "Book Math", ${last}`;
  return pen.measureText(sign).width;
};
const box = (element) => element.getBoundingClientRect();
const middle = (element) => (box(element).top + box(element).bottom) / 2;
const apart = (numbers) => Math.max(...numbers) - Math.min(...numbers);
const sizes = {}, faults = [];
for (const frame of document.querySelectorAll("article .equation:has(> .number) > .scroll")) {
  const em = parseFloat(getComputedStyle(frame.querySelector("math")).fontSize);
  const name = frame.dataset.tex.slice(0, 60);
  const fault = (what) => faults.push(`${what}: ${name}`);
  const whole = [...frame.children].map(box);
  sizes[frame.parentElement.id] = [
    Math.max(...whole.map((each) => each.right)) - Math.min(...whole.map((each) => each.left)),
    Math.max(...whole.map((each) => each.bottom)) - Math.min(...whole.map((each) => each.top)),
  ].map((size) => size / em);
  if (frame.scrollWidth > frame.clientWidth + 1) fault("too wide");
  for (const leaf of frame.querySelectorAll("mi, mn, mo, mtext")) {
    const text = leaf.textContent.replace(/[\\s\\u200b\\u2061]/g, "");
    if (text && !(box(leaf).width > 0.5 && box(leaf).height > 0.5)) fault(`${text} is not seen`);
    for (const sign of text.replace(/[\\u3001-\\u9fff\\uff00-\\uffef]/g, ""))
      if (width(sign, "serif") !== width(sign, "monospace")) fault(`${sign} is in no font`);
  }
  for (const row of frame.querySelectorAll("math, mrow, mtd"))
    for (const child of row.children)
      if (child.previousElementSibling && box(child).width && row.tagName !== "MTR")
        if (box(child).left < box(child.previousElementSibling).right - 0.25 * em)
          fault(`${child.textContent} overlaps what is before it`);
  for (const table of frame.querySelectorAll("mtable"))
    for (const [column, { className }] of [...table.children[0].children].entries()) {
      const cells = [...table.children].map((row) => row.children[column]);
      const edges = cells.flatMap((cell) => (cell && cell.textContent ? [...cell.children] : []));
      const side = className === "tml-right" ? "right" : "left";
      const places = edges.map((each) => box(each)[side]);
      if (className && apart(places) > 0.1 * em) fault(`column ${column} is not straight`);
    }
  const lines = new Map();
  for (const sign of frame.querySelectorAll("math > mo"))
    if ("=+−≈≤≥".includes(sign.textContent) && !sign.closest("mtable")) {
      const line = Math.round(box(sign.parentElement).top / (100 * em));
      lines.set(line, [...(lines.get(line) ?? []), middle(sign)]);
    }
  if (innerWidth > 1000 && frame.childElementCount === 1)
    for (const middles of lines.values())
      if (apart(middles) > 0.15 * em && apart(middles) < 0.9 * em) fault("a line is not level");
  for (const stretched of frame.querySelectorAll("munder > mo[stretchy=true]"))
    if (box(stretched).width < 0.9 * box(stretched.previousElementSibling).width)
      fault("a brace is too short");
}
return [sizes, faults];
""".replace("NEXT_FRAMES", NEXT_FRAMES)
