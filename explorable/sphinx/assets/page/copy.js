// A button in each block of code copies it.

const BLOCKS = ".cell_input .highlight, div[class*=highlight-] > .highlight";
const LONGEST = 40; // letters of a name

/** @param {Element} block */
function addButton(block) {
  const code = /** @type {HTMLElement} */ (block.querySelector("pre"));
  const text = code.textContent ?? "";
  const first = text.trim().split("\n")[0];
  const name = first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  /** @param {string} word */
  const show = (word) => {
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${name}`);
  };
  show(say("Copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      show(say("Copied"));
    } catch (error) {
      getSelection()?.selectAllChildren(code);
      show(document.execCommand("copy") ? say("Copied") : say("Press Ctrl+C"));
    }
    setTimeout(() => show(say("Copy")), 1500);
  });
  block.append(button);
}

for (const block of document.querySelectorAll(BLOCKS)) {
  if (!block.closest(".cell_output") && !block.querySelector("button")) addButton(block);
}
