// The number of an equation opens a door: the code that computes it, its test and its figure.
// Without this script the number is a link to the equation.

const file = document.getElementById("main")?.dataset.doors;

/** @param {HTMLAnchorElement} number */
function prepare(number) {
  const equation = /** @type {HTMLElement} */ (number.parentElement);
  const name = number.getAttribute("aria-label")?.toLowerCase() ?? "";
  const label = say("Code of {equation}", { equation: name });
  const id = `door-${equation.id}`;
  const door = element("div", { class: "door", id, role: "group", "aria-label": label });

  function close() {
    door.remove();
    number.setAttribute("aria-expanded", "false");
    number.removeAttribute("aria-controls");
  }

  async function open() {
    number.setAttribute("aria-expanded", "true");
    number.setAttribute("aria-controls", door.id);
    equation.after(door);
    try {
      door.innerHTML = (await bring(file ?? "", "bookDoors"))[equation.id];
      door.dispatchEvent(new Event("added", { bubbles: true }));
    } catch {
      door.textContent = say("What belongs here could not be loaded. Close this and try again.");
    }
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key !== "Escape" || !door.isConnected) return;
    close();
    number.focus();
  }

  number.setAttribute("aria-expanded", "false");
  number.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab or window
    event.preventDefault();
    history.replaceState(null, "", number.hash); // the address leads to this equation
    if (door.isConnected) close();
    else open();
  });
  number.addEventListener("keydown", escape);
  door.addEventListener("keydown", escape);
}

if (file) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const numbers = document.querySelectorAll(".equation > a.number");
  numbers.forEach(prepare);
}
