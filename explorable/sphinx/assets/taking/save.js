// A figure is saved as it is seen, an explorer in its present state, with caption, licence and source.

/** Of a drawing that is there: no script names another host. */
const XMLNS = document.querySelector("article svg")?.namespaceURI ?? "";
const EDGE = 16;
const LINE = 20;
/** Where a line may break: behind a space, and between ideographs, but before no sign. */
const WORDS = /\p{Ideographic}[\u3000-\u303f\uff00-\uffef]*|[^\s\p{Ideographic}]+\s?/gu;
const PENS = ["fill", "stroke", "stop-color", "color"];

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function drawn(name, attributes, text = "") {
  const made = document.createElementNS(XMLNS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** @param {Element} panel A panel that needs no style sheet. */
function alone(panel) {
  const copy = /** @type {Element} */ (panel.cloneNode(true));
  const all = [panel, ...panel.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((part, k) => {
    for (const pen of PENS) {
      if (part.getAttribute(pen)?.includes("var(")) {
        part.setAttribute(pen, getComputedStyle(all[k]).getPropertyValue(pen));
      }
    }
  });
  copy.removeAttribute("style");
  return copy;
}

/** @param {Element} figure */
function said(figure) {
  const asked = new CustomEvent("address", { detail: { link: "" } });
  figure.querySelector(".explorer")?.dispatchEvent(asked);
  const { href, pathname, protocol } = location;
  // Where a copy lies on a reader's disk is nobody's business.
  const here = protocol === "file:" ? pathname.split("/").pop() : href.split("#")[0];
  const book = document.querySelector("link[rel=canonical]")?.getAttribute("href");
  const address = `${book ?? here}#${asked.detail.link || figure.id}`;
  return [
    chosenIn(figure),
    figure.querySelector(".explorer-say p")?.textContent ?? "",
    figure.querySelector("figcaption")?.dataset.plain ?? "",
    `${document.title} · CC BY 4.0`,
    address,
  ].map((text) => text.trim().replace(/\s+/g, " "));
}

/** @param {string} text @param {number} room */
function lines(text, room) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  pen.font = "13px sans-serif";
  const found = [""];
  for (const word of text.match(WORDS) ?? []) {
    if (pen.measureText(found[found.length - 1] + word).width > room) found.push("");
    found[found.length - 1] += word;
  }
  return found;
}

/** @param {Element} figure */
function picture(figure) {
  const panels = [...figure.querySelectorAll("svg[viewBox]")];
  const boxes = panels.map((panel) => panel.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - EDGE;
  const top = Math.min(...boxes.map((box) => box.top)) - EDGE;
  const width = Math.max(...boxes.map((box) => box.right)) - left + EDGE;
  const end = Math.max(...boxes.map((box) => box.bottom)) - top + LINE;
  const card = getComputedStyle(figure.querySelector(".explorer") ?? document.body);
  const words = said(figure).flatMap((text) => (text ? lines(text, width - 2 * EDGE) : []));
  const height = end + words.length * LINE + EDGE / 2;
  const whole = drawn("svg", { xmlns: XMLNS, width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(drawn("rect", { width, height, fill: card.backgroundColor }));
  panels.forEach((panel, k) => {
    const copy = alone(panel);
    const place = { x: boxes[k].left - left, y: boxes[k].top - top };
    for (const [name, value] of Object.entries({ ...place, width: boxes[k].width, height: boxes[k].height })) {
      copy.setAttribute(name, String(value));
    }
    whole.append(copy);
  });
  for (const cell of figure.querySelectorAll(".explorer-canvas [role=gridcell]")) {
    const { x, y, width, height } = cell.getBoundingClientRect();
    const ink = /** @type {HTMLElement} */ (cell).style.getPropertyValue("--v") || "0";
    whole.append(
      drawn("rect", { x: x - left, y: y - top, width, height, fill: card.color, "fill-opacity": ink }),
    );
  }
  for (const handle of figure.querySelectorAll(".explorer-handle")) {
    const { x, y, width } = handle.getBoundingClientRect();
    const [cx, cy] = [x + width / 2 - left, y + width / 2 - top];
    const look = { fill: card.backgroundColor, stroke: card.color, "stroke-width": 2.5 };
    whole.append(drawn("circle", { cx, cy, r: 8, ...look }));
  }
  const font = { "font-family": "sans-serif", "font-size": 13, fill: card.color };
  words.forEach((text, k) => {
    whole.append(drawn("text", { x: EDGE, y: end + k * LINE, ...font }, text));
  });
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

/** @param {string} src @param {number} width @param {number} height */
async function asPng(src, width, height) {
  const image = element("img", { src });
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, 2 * width, 2 * height);
  return canvas.toDataURL();
}

document.addEventListener("click", async ({ target }) => {
  const button = /** @type {Element} */ (target).closest("button.save");
  const figure = button?.closest("figure");
  if (!button || !figure) return;
  const { text, width, height } = picture(figure);
  const kind = (button.textContent ?? "").toLowerCase();
  const svg = `data:image/svg+xml,${encodeURIComponent(text)}`;
  const href = kind === "png" ? await asPng(svg, width, height) : svg;
  element("a", { download: `${figure.id}.${kind}`, href }).click();
});
