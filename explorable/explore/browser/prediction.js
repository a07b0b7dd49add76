// The question that comes first. After the answer all options stay, the right one is marked.

/**
 * @param {HTMLElement} root
 * @param {Record<Word, string>} words
 * @returns {() => void} Forgets the answer.
 */
export function prediction(root, words) {
  const field = /** @type {HTMLElement | null} */ (root.querySelector(".explorer-predict"));
  if (!field) return () => {};
  const verdict = /** @type {HTMLElement} */ (field.querySelector(".explorer-verdict"));
  const said = /** @type {HTMLElement} */ (verdict.querySelector("b"));
  const radios = [...field.querySelectorAll("input")];

  // Arrows only walk through the options: an answer takes Space, or a pointer.
  field.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = radios.indexOf(/** @type {HTMLInputElement} */ (event.target));
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    radios[(at + step + radios.length) % radios.length].focus();
  });
  field.addEventListener("change", (event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.target).value;
    const right = chosen === field.dataset.answer;
    field.dataset.verdict = right ? "right" : "wrong";
    said.textContent = right ? words.right : words.wrong;
    verdict.hidden = false;
    for (const radio of radios) radio.disabled = true;
    verdict.focus();
  });

  function forget() {
    delete field?.dataset.verdict;
    verdict.hidden = true;
    for (const radio of radios) {
      radio.checked = false;
      radio.disabled = false;
    }
  }
  forget();
  return forget;
}
