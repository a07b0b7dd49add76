// Python in a worker. This stands as text behind Pyodide's own scripts, in a worker made of both:
// from disk a page may neither load a worker by its address nor fetch anything.

/** What a lock file would say of this Python. It lists no packages, for all are handed in. */
const LOCK = {
  info: {
    arch: "wasm32",
    platform: "emscripten_4_0_9",
    abi_version: "2025_0",
    version: "0.29.0",
    python: "3.13.2",
  },
  packages: {},
};

/** @type {(name: string, args: string) => string} */
let answer;

/** @param {PythonStart} parts */
async function start({ module, stdlib, packages, words }) {
  self.fetch = async (address) => new Response(`${address}`.endsWith(".zip") ? stdlib : null);
  const failed = new Promise((_, reject) => {
    // Pyodide writes a failure to the console and waits for ever.
    WebAssembly.instantiateStreaming = async (_, imports) => {
      const instance = WebAssembly.instantiate(module, imports);
      instance.catch(reject);
      return { module, instance: await instance };
    };
  });
  const options = { indexURL: "memory:///", lockFileContents: LOCK, env: { HOME: "/home/reader" } };
  const python = await Promise.race([loadPyodide(options), failed]);
  // CPython lets C recurse 10,000 levels deep (`c_recursion_remaining`); a page's stack ends before.
  python._module.HEAP32[python._module._PyThreadState_Get() / 4 + 9] = 500;
  for (const archive of packages) python.unpackArchive(archive, "zip");
  python.pyimport("importlib").invalidate_caches();
  const page = python.pyimport("explorable.python");
  page.begin(
    (/** @type {string} */ kind, /** @type {string} */ text) => self.postMessage({ kind, text }),
    words,
  );
  answer = page.answer;
  self.postMessage({ kind: "ready" });
}

/** @param {MessageEvent<PythonStart | PythonCall>} event */
self.onmessage = async ({ data }) => {
  try {
    if ("module" in data) await start(data);
    else self.postMessage({ kind: "answer", id: data.id, text: answer(data.name, data.args) });
  } catch (error) {
    self.postMessage({ kind: "crash", text: `${error}` });
  }
};
