// Data that only some readers ask for come as a script, for a page on a disk may fetch nothing else.

/** @type {Map<string, Promise<unknown>>} */
const arriving = new Map();
let damaged = false;

window.bring = (file, name) => {
  if (!arriving.has(name)) {
    const brought = new Promise((resolve, reject) => {
      let came = false;
      Object.assign(window, {
        /** @param {unknown} data */
        [name](data) {
          came = true;
          resolve(data);
        },
      });
      addScript(damaged ? `${file}?${Date.now()}` : file).then(() => {
        if (came) return;
        arriving.delete(name); // the next time tries again, past what the browser keeps
        damaged = true;
        reject();
      });
    });
    arriving.set(name, brought);
  }
  return /** @type {Promise<any>} */ (arriving.get(name));
};
