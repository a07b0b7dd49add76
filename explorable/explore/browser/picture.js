// The picture: moving artists are groups marked data-m, whose elements change one by one.

import { project, turn } from "../../controls/browser/space.js";

/**
 * Return a function that changes one thing, and the set of panels on which it did.
 * @param {HTMLElement} root
 * @returns {{ put: Put, touched: Set<Element> }}
 */
export function painter(root) {
  /**
   * The formula below the picture, the last of them, has no panel.
   * @type {{ group: Element, panel: Element | null, parts?: Element[] }[]}
   */
  const artists = [];
  for (const group of root.querySelectorAll("[data-m]")) {
    const panel = group.closest(".explorer-panel");
    artists[Number(group.getAttribute("data-m"))] = { group, panel };
  }
  const sentence = /** @type {Element} */ (root.querySelector(".explorer-say p"));
  /** @type {Set<Element>} */
  const touched = new Set();

  /** @type {Put} */
  function put(index, element, attribute, value) {
    if (index < 0) {
      sentence.textContent = value;
      return;
    }
    const artist = artists[index];
    if (artist.panel) touched.add(artist.panel);
    if (attribute === "<") {
      artist.group.innerHTML = value;
      artist.parts = undefined;
      if (artist.panel) turn(artist.panel);
      return;
    }
    artist.parts ??= [...artist.group.getElementsByTagName("*")];
    const target = element < 0 ? artist.group : artist.parts[element];
    if (attribute === "#") target.textContent = value;
    else target.setAttribute(attribute, value);
    if (attribute === "data-xyz") project(target);
  }

  return { put, touched };
}
