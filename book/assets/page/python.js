// Python in the page. Until a reader runs something, these few lines are all of it.

const address = /** @type {HTMLElement} */ (document.currentScript).dataset.python ?? "";
/** @type {Promise<void> | null} */
let brought = null;

/** The rest is added by the script that this brings. */
window.mathdlPython = /** @type {MathdlPython} */ ({
  bring() {
    brought ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error("The files of Python are missing."));
      document.head.append(script);
    });
    return brought;
  },
  async call(name, args) {
    await this.bring(); // which puts the real one in place of this
    return this.call(name, args);
  },
});
