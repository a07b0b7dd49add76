// The sentence is spoken once, when the hand rests, not at every key while it moves.

/** How long a hand rests before it is told, in milliseconds. */
const REST = 600;

/**
 * @param {HTMLElement} root
 * @returns {() => void} Say the sentence, unless another change comes soon.
 */
export function speech(root) {
  const sentence = /** @type {Element} */ (root.querySelector(".explorer-say p"));
  const spoken = /** @type {Element} */ (root.querySelector(".explorer-spoken"));
  spoken.textContent = "";
  /** @type {number | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    if (spoken.textContent) spoken.textContent = "";
    timer = setTimeout(() => (spoken.textContent = sentence.textContent), REST);
  };
}
