// Gives life to a card: its controls ask a source for pictures and sentences.

import { kinds } from "../../controls/browser/control.js";
import { demonstration } from "./demonstration.js";
import { links } from "./link.js";
import { painter } from "./picture.js";
import { prediction } from "./prediction.js";
import { speech } from "./speech.js";
import { strip } from "./strip.js";

/** @param {HTMLElement} root @returns {CardSpec} */
export function specification(root) {
  return JSON.parse(/** @type {Element} */ (root.querySelector("script")).textContent ?? "");
}

/**
 * @param {HTMLElement} root
 * @param {CardSpec} spec
 * @param {(told: Told, controls: Controls) => Source} from Where pictures come from.
 * @returns {() => void} Stops what plays.
 */
export function start(root, spec, from) {
  const reset = /** @type {HTMLButtonElement} */ (root.querySelector(".explorer-reset"));
  const { put, touched } = painter(root);
  const reveal = strip(root, spec.words.pictures);
  const speak = speech(root);
  const asked = prediction(root, spec.name, spec.words);
  const shower = /** @type {HTMLButtonElement | null} */ (root.querySelector(".explorer-show"));

  /** @type {Place[] | undefined} Where to go as soon as every state can be shown. */
  let wish;
  let ready = false;
  /** Whether the reader has moved a control since the last picture. */
  let moved = false;

  const controls = spec.controls.map((about) => new kinds[about.kind](about, root));
  const moving = controls.filter(({ hasStates }) => hasStates);
  for (const control of controls) {
    const { hasStates, panel } = control;
    control.meet(controls);
    control.moved = () => {
      shown.halt();
      if (!hasStates) return reveal(new Set([panel]));
      // Its own panel stays under the finger.
      if (panel) touched.add(panel);
      change();
    };
  }

  // What decides comes into view as if the reader had moved there.
  const shown = demonstration(controls, spec.show ?? [], (there) => {
    moved = true;
    show();
    if (there) speak();
  });
  root.addEventListener("pointerdown", ({ target }) => {
    const touched = /** @type {Element} */ (target);
    if (touched.closest(".explorer-control, .explorer-handle, .explorer-canvas")) shown.halt();
  });

  function change() {
    moved = true;
    show();
    speak();
  }

  function show() {
    source.show(moving.map((control) => control.now));
  }

  /** @param {Place[]} places */
  function go(places) {
    wish = places;
    if (!ready) return;
    wish = undefined;
    stop();
    controls.forEach((control, position) => control.place(places[position]));
    show();
  }

  function stop() {
    shown.halt();
    for (const control of controls) control.pause();
  }

  /** @param {boolean} able */
  function enable(able) {
    ready = able;
    for (const control of controls) control.enable(able);
    for (const button of [reset, shower, root.querySelector(".explorer-link")]) {
      if (button) /** @type {HTMLButtonElement} */ (button).disabled = !able;
    }
  }

  const source = from({
    put,
    ready() {
      enable(true);
      root.dataset.ready = "";
      if (wish) go(wish);
    },
    shown() {
      if (moved) reveal(touched);
      moved = false;
      touched.clear();
    },
    trouble: trouble(root, spec.words),
  }, moving);
  for (const control of controls) control.show();
  if (!ready) enable(false);
  reset.onclick = () => {
    go(spec.controls.map((control) => control.start));
    speak();
    asked.choose();
  };
  if (shower) {
    shower.onclick = ({ detail }) => {
      stop();
      root.querySelector(".explorer-panels")?.scrollIntoView({ block: "nearest" });
      const decisive = root.querySelector(`[data-panel="${spec.panel}"]`);
      if (decisive) reveal(new Set([decisive]));
      // A key clicks without a detail.
      shown.begin(detail === 0);
    };
  }
  links(root, spec, controls, asked, go);
  root.dataset.alive = "";
  return stop;
}

/** @param {HTMLElement} root @param {Record<Word, string>} words @returns {Told["trouble"]} */
function trouble(root, words) {
  const box = /** @type {HTMLElement} */ (root.querySelector(".explorer-trouble"));
  box.replaceChildren();
  return (word, again) => {
    box.replaceChildren(word && words[word]);
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.again;
    button.onclick = () => {
      button.disabled = true;
      again();
    };
    box.append(" ", button);
  };
}
