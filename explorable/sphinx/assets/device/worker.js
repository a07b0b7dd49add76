// Answers for a book that its reader keeps on the device, from there; everything else passes by.
// `files.js` names the edition and its files. An edition that is kept whole says so in its cache,
// which is never touched again, so that pages of two editions never mix.

const worker = /** @type {any} */ (self);
const { scope } = worker.registration;
const PREFIX = `book ${scope} `; // other books may lie beside this one
const WHOLE = new URL("whole", scope).href;
const LIST = new URL("files.js", scope).href;
const AT_ONCE = 6;

/** The cache of the edition that is kept whole. @returns {Promise<[string, Cache] | null>} */
async function kept() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    if (await cache.match(WHOLE)) return [name.slice(PREFIX.length), cache];
  }
  return null;
}

/** @returns {Promise<{ edition: string, files: Record<string, number> }>} */
async function offered() {
  const text = await (await fetch(LIST, { cache: "no-store" })).text();
  return JSON.parse(text.slice(text.indexOf("{"))); // for pages it is a script
}

/** @param {(told: object) => void} tell */
async function keep(tell) {
  const { edition, files } = await offered();
  const cache = await caches.open(PREFIX + edition);
  const names = Object.keys(files);
  const all = Object.values(files).reduce((sum, size) => sum + size, 0);
  let done = 0;
  /** Fetch what is left, one file after the other. What an earlier try has brought stays. */
  async function bring() {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const address = new URL(name, scope).href;
      if (!(await cache.match(address))) {
        const answer = await fetch(address, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        // Browsers open no page from an answer that was led elsewhere.
        const { body, headers, redirected } = answer;
        await cache.put(address, redirected ? new Response(body, { headers }) : answer);
      }
      done += files[name];
      tell({ part: done / all });
    }
  }
  const tries = await Promise.allSettled(Array.from({ length: AT_ONCE }, bring));
  for (const each of tries) if (each.status === "rejected") throw each.reason;
  if ((await offered()).edition !== edition) throw new Error("a new edition came meanwhile");
  await cache.put(WHOLE, new Response());
  await drop(edition);
}

/** @param {string} [edition] Remove what is kept, but for one edition. */
async function drop(edition) {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== PREFIX + edition) await caches.delete(name);
}

/** @param {Request} request */
async function answer(request) {
  const address = request.url.replace(/[?#].*$/, "").replace(/\/$/, "/index.html");
  const [, cache] = (await kept()) ?? [];
  return (await cache?.match(address)) ?? fetch(request);
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(scope)) {
    event.respondWith(answer(event.request));
  }
});
worker.addEventListener("message", (/** @type {any} */ event) => {
  const [port] = event.ports;
  const tell = (/** @type {object} */ told) => port.postMessage(told);
  const { ask } = event.data;
  const work = ask === "keep" ? keep(tell) : ask === "drop" ? drop() : Promise.resolve();
  event.waitUntil(
    work
      .then(kept)
      .then((found) => tell({ kept: found?.[0] ?? null }))
      .catch((error) => tell({ trouble: String(error.message) })),
  );
});
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
