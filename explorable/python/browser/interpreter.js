// Loads Python, starts it in a worker, asks it and stops it.

const source = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const BLOCKED = say(
  "This browser blocks WebAssembly, which Python in a page needs. All else works here, " +
    "and the notebook runs the same code.",
);
const LOST = say("Python did not arrive whole. Press again to try once more.");
/** @type {((message: PythonMessage) => void)[]} */
let listeners = [];
/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();
/** @type {Promise<{ address: string, parts: PythonStart }> | null} */
let loaded = null;
/** @type {Promise<Worker> | null} */
let ready = null;
/** @type {Worker | null} */
let worker = null;
/** @type {(reason: Error) => void} */
let giveUp;
let count = 0;

/** @param {PythonMessage} message */
function tell(message) {
  for (const listener of listeners) listener(message);
}

/** Bring all parts into memory and compile them: once, for every start after it. */
async function load() {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the empty one
  } catch (error) {
    throw new Error(BLOCKED);
  }
  /** @type {Map<string, Uint8Array[]>} */
  const pieces = new Map(Object.keys(PACKED.parts).map((name) => [name, []]));
  window.pythonPart = (name, index, text) => {
    /** @type {Uint8Array[]} */ (pieces.get(name))[index] = bytes(text);
  };
  const all = Object.values(PACKED.parts).flat().length;
  let arrived = 0;
  /** @type {(name: string, again?: boolean) => Promise<Uint8Array>} */
  const whole = async (name, again = false) => {
    /** @type {Uint8Array[]} */
    const came = [];
    pieces.set(name, came);
    const bring = async (/** @type {string} */ file, /** @type {number} */ index) => {
      await script(file, () => index in came, again);
      tell({ kind: "progress", value: Math.min(1, ++arrived / all) });
    };
    await Promise.all(PACKED.parts[name].map(bring));
    try {
      return await inflate(came);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      if (again) throw new Error(LOST);
      return whole(name, true);
    }
  };
  const said = dictionary();
  const [module, core, stdlib, ...packages] = await Promise.all([
    whole("core.wasm").then((wasm) => WebAssembly.compile(wasm)),
    whole("core.js"),
    whole("stdlib.zip"),
    whole("numpy.zip"),
    whole("library.zip"),
  ]);
  const text = new Blob([core, "\n", PACKED.worker], { type: "text/javascript" });
  const words = await said;
  return { address: URL.createObjectURL(text), parts: { module, stdlib, packages, words } };
}

/** Bring what Python says in the language of the page, as JSON; English pages need nothing. */
async function dictionary() {
  const file = PACKED.words[document.documentElement.lang];
  /** @type {Record<string, string> | undefined} */
  let words;
  window.pythonWords = (told) => (words = told);
  if (file) await script(file, () => words !== undefined);
  return JSON.stringify(words ?? {});
}

/** @returns {Promise<Worker>} a worker in which Python is ready */
async function begin() {
  loaded ??= load();
  loaded.catch(() => (loaded = null)); // to try again
  const { address, parts } = await loaded;
  const fresh = new Worker(address);
  worker = fresh;
  return new Promise((resolve, reject) => {
    giveUp = reject;
    const crash = (/** @type {string} */ text) => worker === fresh && stop(new Error(text));
    fresh.onerror = (event) => crash(event.message);
    fresh.onmessage = ({ data }) => {
      if (data.kind === "ready") resolve(fresh);
      else if (data.kind === "crash") crash(data.text);
      else if (data.kind === "answer") settle(data.id, JSON.parse(data.text));
      else if (worker === fresh) tell(data);
    };
    fresh.postMessage(parts);
  });
}

function start() {
  if (!ready) {
    const begun = begin();
    begun.catch(() => {
      if (ready === begun) ready = null;
    });
    ready = begun;
  }
  return ready;
}

/** @param {number} id @param {{ value?: any, error?: string }} answer */
function settle(id, { value, error }) {
  const call = waiting.get(id);
  waiting.delete(id);
  if (error) call?.reject(new Error(error));
  else call?.resolve(value);
}

/** @param {Error} reason  what calls are told that wait */
function stop(reason = new Error(say("Python was stopped."))) {
  if (worker) {
    worker.terminate();
    worker = ready = null;
    giveUp(reason);
  }
  for (const { reject } of waiting.values()) reject(reason);
  waiting.clear();
}

Object.assign(window.explorablePython, {
  start,
  stop: () => stop(),
  started: () => ready !== null,
  load: script,
  /** @type {ExplorablePython["call"]} */
  async call(name, args = {}) {
    await start();
    const id = ++count;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker?.postMessage({ id, name, args: JSON.stringify(args) });
    });
  },
  /** @type {ExplorablePython["listen"]} */
  listen(listener) {
    listeners.push(listener);
    return () => {
      listeners = listeners.filter((other) => other !== listener);
    };
  },
});

/**
 * Add a script to the page, for from disk there is no other way to read a file. One that does not
 * come, or damaged, is asked for once more, past what the browser keeps of it.
 * @param {string} file
 * @param {() => boolean} whole  whether what it hands over is there
 * @param {boolean} again  whether this is once more
 */
async function script(file, whole, again = false) {
  const element = document.createElement("script");
  element.src = new URL(again ? `${file}?${Date.now()}` : file, source).href;
  await new Promise((come) => {
    element.onload = element.onerror = come;
    document.head.append(element);
  });
  element.remove();
  if (whole()) return;
  if (again) throw new Error(LOST);
  await script(file, whole, true);
}

/** @param {string} base64 */
function bytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const result = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) result[index] = binary.charCodeAt(index);
  return result;
}

/** @param {Uint8Array[]} pieces */
async function inflate(pieces) {
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter(); // WebKit cannot stream from a Blob
  // What is damaged is heard of by whoever reads.
  for (const piece of pieces) writer.write(piece).catch(() => {});
  writer.close().catch(() => {});
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}
