// Links to a state, of the form #explorer=descent&rate=0.05&rule=adam

/** @param {ControlSpec} spec @param {Place} at */
function key(spec, at) {
  if (typeof at === "string") return at;
  if (spec.kind !== "point") return spec.keys[at];
  const [xs, ys] = spec.keys;
  return `${xs[at % xs.length]},${ys[Math.floor(at / xs.length)]}`;
}

/** @param {ControlSpec} spec @param {string | null} written @returns {Place} */
function find(spec, written) {
  if (spec.kind === "paint" && written && !spec.keys.includes(written)) {
    return explorablePainting.isPicture(written) ? written : -1;
  }
  if (spec.kind !== "point") return written === null ? -1 : spec.keys.indexOf(written);
  const [x, y] = (written ?? "").split(",");
  const [column, row] = [spec.keys[0].indexOf(x), spec.keys[1].indexOf(y)];
  return column < 0 || row < 0 ? -1 : row * spec.xs.length + column;
}

/**
 * @param {HTMLElement} root
 * @param {CardSpec} spec
 * @param {import("../../controls/control.js").Control[]} controls
 * @param {(places: Place[]) => void} go
 */
export function links(root, spec, controls, go) {
  const button = /** @type {HTMLButtonElement | null} */ (root.querySelector(".explorer-link"));
  if (!button) return;

  function follow() {
    const link = new URLSearchParams(location.hash.slice(1));
    if (link.get("explorer") !== spec.name) return;
    go(
      spec.controls.map((control) => {
        const place = find(control, link.get(control.key));
        return place === -1 ? control.start : place;
      }),
    );
    root.scrollIntoView({ block: "nearest" });
  }

  function address() {
    const link = new URLSearchParams({ explorer: spec.name });
    for (const { spec, now } of controls) link.set(spec.key, key(spec, now));
    return link;
  }

  // The page asks, to keep the state where it leads away.
  root.addEventListener("address", (event) => {
    const moved = controls.some(({ spec, now }) => now !== spec.start);
    if (moved) /** @type {CustomEvent} */ (event).detail.link = address().toString();
  });

  const word = button.dataset.word ?? "";
  button.textContent = word;
  button.onclick = async () => {
    history.replaceState(null, "", `#${address()}`);
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = spec.words.copied;
    } catch {
      button.textContent = spec.words.address;
    }
    setTimeout(() => (button.textContent = word), 2000);
  };
  addEventListener("hashchange", follow);
  follow();
}
