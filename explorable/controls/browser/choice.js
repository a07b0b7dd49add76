// One of a few words.

import { Control, kinds } from "./control.js";

kinds.choice = class Choice extends Control {
  /** @param {ControlSpec} spec @param {HTMLElement} root */
  constructor(spec, root) {
    super(spec, root);
    this.field = /** @type {HTMLSelectElement} */ (this.box.querySelector("select"));
    this.field.addEventListener("input", () => this.set(this.field.selectedIndex));
  }

  show() {
    this.field.selectedIndex = this.at;
  }

  /** @param {boolean} able */
  enable(able) {
    this.field.disabled = !able;
  }
};
