// Where the card is narrow its panels stand in a strip that swipes. Dots say which one is seen;
// when a control changes only panels out of sight, the first of them comes into view.

/** A panel is seen when so much of it is. */
const ENOUGH = 0.6;

/**
 * @param {HTMLElement} root
 * @param {string} name What the strip is called where it scrolls.
 * @returns {(panels: Set<Element>) => void} Bring one of these panels into view, if none is.
 */
export function strip(root, name) {
  const strip = /** @type {HTMLElement} */ (root.querySelector(".explorer-panels"));
  const panels = /** @type {HTMLElement[]} */ ([...strip.querySelectorAll(".explorer-panel")]);
  const dots = /** @type {HTMLButtonElement[]} */ ([
    ...root.querySelectorAll(".explorer-dots button"),
  ]);
  const seen = new Set(panels);

  /** @param {HTMLElement} panel */
  function bring(panel) {
    // At once, for the next change.
    seen.add(panel);
    strip.scrollTo({ left: panel.offsetLeft + panel.offsetWidth / 2 - strip.clientWidth / 2 });
  }

  const look = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const panel = /** @type {HTMLElement} */ (target);
        if (isIntersecting) seen.add(panel);
        else seen.delete(panel);
      }
      dots.forEach((dot, index) =>
        dot.setAttribute("aria-current", String(seen.has(panels[index]))),
      );
    },
    { root: strip, threshold: ENOUGH },
  );
  for (const panel of panels) look.observe(panel);
  dots.forEach((dot, index) => (dot.onclick = () => bring(panels[index])));

  // Only what scrolls is a stop for the keyboard.
  new ResizeObserver(() => {
    if (strip.scrollWidth > strip.clientWidth + 1) {
      strip.tabIndex = 0;
      strip.role = "group";
      strip.ariaLabel = name;
    } else for (const each of ["tabindex", "role", "aria-label"]) strip.removeAttribute(each);
  }).observe(strip);

  return (changed) => {
    if (panels.some((panel) => seen.has(panel) && changed.has(panel))) return;
    const first = panels.find((panel) => changed.has(panel));
    if (first) bring(first);
  };
}
