// The question that comes first. After an answer all options stay, the right one is marked, and
// the reader may answer again.

/**
 * @param {HTMLElement} root
 * @param {string} name  of the explorer
 * @param {Record<Word, string>} words
 * @returns {{ answer: string | undefined, choose(answer?: string): void }}
 *   The chosen answer; takes another, or none.
 */
export function prediction(root, name, words) {
  const field = /** @type {HTMLElement | null} */ (root.querySelector(".explorer-predict"));
  if (!field) return { answer: undefined, choose() {} };
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
  field.addEventListener("change", () => {
    judge();
    verdict.focus();
    const detail = { kind: "prediction", id: name, right: field.dataset.verdict === "right" };
    document.dispatchEvent(new CustomEvent("explorable:done", { detail }));
  });

  function judge() {
    const chosen = radios.find(({ checked }) => checked);
    verdict.hidden = !chosen;
    delete field?.dataset.verdict;
    if (!field || !chosen) return;
    const right = chosen.value === field.dataset.answer;
    field.dataset.verdict = right ? "right" : "wrong";
    said.textContent = right ? words.right : words.wrong;
  }

  /** @param {string} [answer] */
  function choose(answer) {
    for (const radio of radios) {
      radio.checked = radio.value === answer;
      radio.disabled = false;
    }
    judge();
  }
  choose();
  return {
    get answer() {
      return radios.find(({ checked }) => checked)?.value;
    },
    choose,
  };
}
