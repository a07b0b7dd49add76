// Links to a state, of the form #explorer=descent&rate=0.05&rule=adam; to the page in another
// language the answer to the prediction is written, too: &prediction=1

/**
 * @param {HTMLElement} root
 * @param {CardSpec} spec
 * @param {Controls} controls
 * @param {ReturnType<typeof import("./prediction.js").prediction>} asked
 * @param {(places: Place[]) => void} go
 */
export function links(root, spec, controls, asked, go) {
  const button = /** @type {HTMLButtonElement | null} */ (root.querySelector(".explorer-link"));
  if (!button) return;

  function follow() {
    const link = new URLSearchParams(location.hash.slice(1));
    if (link.get("explorer") !== spec.name) return;
    go(
      controls.map((control) => {
        const { key, start } = control.spec;
        return control.find(link.get(key) ?? "") ?? start;
      }),
    );
    const answer = link.get("prediction");
    if (answer) asked.choose(answer);
    let fold = root.closest("details");
    for (; fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    root.scrollIntoView({ block: "nearest" });
  }

  function address() {
    const link = new URLSearchParams({ explorer: spec.name });
    for (const { spec, key } of controls) link.set(spec.key, key);
    return link;
  }

  // The page asks, to keep the state where it leads away.
  root.addEventListener("address", (event) => {
    const moved = controls.some(({ spec, now }) => now !== spec.start);
    if (!moved && asked.answer === undefined) return;
    const link = address();
    if (asked.answer !== undefined) link.set("prediction", asked.answer);
    /** @type {CustomEvent} */ (event).detail.link = link.toString();
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
