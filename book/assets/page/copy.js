// A button in each block of code copies it.

const BLOCKS = ".cell_input .highlight, div[class*=highlight-] > .highlight";

/** @param {Element} block */
function addButton(block) {
  const code = /** @type {HTMLElement} */ (block.querySelector("pre"));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      button.textContent = "Copied";
    } catch (error) {
      getSelection()?.selectAllChildren(code);
      button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  block.append(button);
}

for (const block of document.querySelectorAll(BLOCKS)) {
  if (!block.closest(".cell_output") && !block.querySelector("button")) addButton(block);
}
