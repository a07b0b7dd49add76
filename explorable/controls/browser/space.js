// What lies in space is projected here, as it is seen from the side that the reader turned to.

/** @typedef {View & { angle: number }} Seen */

/** @type {WeakMap<Element, Seen>} */
const views = new WeakMap();

/** @param {Element} panel @param {Seen} [view] Turn a panel, and remember how it is seen now. */
export function turn(panel, view = views.get(panel)) {
  if (!view) return;
  views.set(panel, view);
  for (const part of panel.querySelectorAll("[data-xyz]")) project(part, view);
}

/** @param {Element} part @param {Seen} [view] */
export function project(part, view = views.get(/** @type {Element} */ (part.closest(".explorer-panel")))) {
  if (!view) return;
  const { x, y, tilt, angle } = view;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const pieces = (part.getAttribute("data-xyz") ?? "").split("M").slice(1);
  const seen = pieces.map((piece) => {
    // Places, or after an l steps from place to place.
    const [places, steps] = piece.split("l").map((part) => (part.match(/-?\d+/g) ?? []).map(Number));
    for (const step of steps ?? []) places.push(places[places.length - 3] + step);
    const points = [];
    for (let k = 0; k < places.length; k += 3) {
      const [across, deep, up] = places.slice(k, k + 3);
      points.push(Math.round(x + across * cosine - deep * sine));
      points.push(Math.round(y - up - (across * sine + deep * cosine) * tilt));
    }
    return points;
  });
  if (part.tagName === "text") {
    part.setAttribute("x", String(seen[0][0]));
    part.setAttribute("y", String(seen[0][1]));
  } else part.setAttribute("d", seen.map((points) => `M${points.join(" ")}`).join(""));
}
