// A card: its question for a seed, the answer, the verdict, the solution.

import { judged } from "./answer.js";
import { curve } from "./curve.js";
import { drawer, numbered } from "./draw.js";

const SEEDS = 10000;

/** @param {HTMLElement} root */
export function start(root) {
  /** @type {import("./draw.js").Spec} */
  const spec = JSON.parse(root.querySelector("script")?.textContent ?? "");
  const draw = drawer(spec);
  const name = root.dataset.drill ?? "";
  const part = (/** @type {string} */ which) =>
    /** @type {HTMLElement} */ (root.querySelector(which));
  const form = /** @type {HTMLFormElement} */ (part("form"));
  const inputs = [...form.querySelectorAll("input")];
  const [question, verdict, solution] = [".question", ".verdict", ".solution"].map((each) =>
    part(each.replace(".", ".drill-")),
  );
  const [another, show] = [part(".drill-another"), part(".drill-show")];
  const link = /** @type {HTMLAnchorElement} */ (part(".drill-link"));
  const expected = part(".drill-expected")?.textContent ?? "";
  let seed = Number(root.dataset.seed);
  let values = draw(seed);

  /** @param {number} wanted */
  function ask(wanted) {
    seed = wanted;
    values = draw(seed);
    root.dataset.seed = String(seed);
    const picture = values.curve ? curve(values.curve.values) : "";
    question.innerHTML = numbered(spec.question, values) + picture;
    link.href = `#${new URLSearchParams({ drill: name, seed: String(seed) })}`;
    link.textContent = say("No. {seed}", { seed });
    link.setAttribute("aria-label", say("Link to question no. {seed}", { seed }));
    spec.options.forEach((option, k) => {
      const words = /** @type {HTMLElement} */ (inputs[k].nextElementSibling);
      words.innerHTML = numbered(option, values);
    });
    for (const input of inputs) {
      if (input.type === "radio") input.checked = false;
      else input.value = "";
      input.removeAttribute("aria-invalid");
    }
    tell();
    reveal(false);
  }

  /** @param {string} [kind] @param {string} [bold] @param {string} [more] HTML */
  function tell(kind, bold = "", more = "") {
    if (kind) root.dataset.verdict = kind;
    else delete root.dataset.verdict;
    const strong = document.createElement("b");
    strong.textContent = bold;
    const rest = document.createElement("div");
    rest.innerHTML = more;
    verdict.replaceChildren(...(kind ? [strong, rest] : []));
  }

  /** @param {boolean} shown */
  function reveal(shown) {
    solution.hidden = !shown;
    solution.innerHTML = shown ? numbered(spec.solution, values) : "";
    show.setAttribute("aria-expanded", String(shown));
    show.textContent = shown ? say("Hide solution") : say("Show solution");
  }

  function check() {
    const choices = inputs[0].type === "radio";
    const text = (choices ? inputs.find(({ checked }) => checked) : inputs[0])?.value ?? "";
    const found = judged(text, values, Object.keys(spec.mistakes));
    for (const input of inputs) input.setAttribute("aria-invalid", String(found === "unreadable"));
    if (found === "unreadable") {
      tell(found, say("This cannot be read."), choices ? say("Choose an answer.") : expected);
      return;
    }
    const mistake = /^mistake (.*)/.exec(found);
    if (found === "right") tell(found, say("Right."));
    else if (found === "close") tell("wrong", say("Nearly."), say("More digits are needed, or a fraction."));
    else if (mistake) tell("wrong", say("Not so."), numbered(spec.mistakes[mistake[1]], values));
    else tell("wrong", say("Not so."), say("Try again, or look at the solution."));
    if (!solution.hidden) return;
    const detail = { kind: "drill", id: name, seed, right: found === "right" };
    document.dispatchEvent(new CustomEvent("explorable:done", { detail }));
  }

  function follow() {
    const link = new URLSearchParams(location.hash.slice(1));
    const wanted = Number(link.get("seed"));
    if (link.get("drill") !== name || !Number.isSafeInteger(wanted) || wanted < 0) return;
    ask(wanted);
    root.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  another.onclick = ({ detail }) => {
    ask(1 + Math.floor(Math.random() * SEEDS));
    history.replaceState(null, "", link.href);
    if (!detail) inputs[0].focus(); // a key clicks without a detail
  };
  show.onclick = () => reveal(solution.hidden);
  for (const control of form.querySelectorAll(":is(button, input)")) {
    /** @type {HTMLButtonElement | HTMLInputElement} */ (control).disabled = false;
  }
  const first = seed;
  root.addEventListener("address", (event) => {
    if (seed !== first) /** @type {CustomEvent} */ (event).detail.link = link.hash.slice(1);
  });
  ask(seed);
  addEventListener("hashchange", follow);
  follow();
  root.dataset.alive = "";
}
