// What was done is remembered, and marked in the contents; the first page leads back to where the
// reading stopped. Nothing of it is seen until something was done.

const { change, done, placeOf, read } = window.progress;
const here = /** @type {HTMLElement | null} */ (
  document.querySelector("nav.contents a[aria-current][data-page]")
)?.dataset ?? {};

document.addEventListener("explorable:done", (event) => {
  const { kind, id, right } = /** @type {CustomEvent<Done>} */ (event).detail;
  // The first page shows the explorer of a chapter.
  const shown = document.getElementById(`explorer-${id}`)?.closest("[data-page]");
  const name = `${kind} ${id}`;
  const before = done().get(name);
  change((kept) => {
    kept.done[name] = {
      right: right || (kind !== "drill" && before?.right === true), // a drill asks anew
      tries: (before?.tries ?? 0) + 1,
      at: Date.now(),
      page: shown?.getAttribute("data-page") ?? here.page,
    };
  });
});

// Where the reader stops, once there is something to remember.
function keepPlace() {
  const link = document.querySelector(".frame .sections a[aria-current]");
  const text = link?.textContent ?? document.querySelector("h1")?.textContent ?? "";
  const number = /^[\d.]*\d/.exec(text)?.[0];
  if (!here.all || !number || !read()) return;
  const id = decodeURIComponent(link?.getAttribute("href")?.slice(1) ?? "");
  change((kept) => (kept.place = { page: here.page ?? "", id, number, at: Date.now() }));
}

addEventListener("pagehide", keepPlace);
document.addEventListener("visibilitychange", () => document.hidden && keepPlace());

function show() {
  const all = done();
  for (const link of links("a[data-all]")) {
    const { page, all: most } = link.dataset;
    const found = [...all].filter(
      ([name, each]) => each.right && each.page === page && !name.startsWith("drill"),
    );
    mark(link, found.length && `${found.length}/${most}`, found.length >= Number(most));
  }
  // A section is done when all is that it asks.
  for (const link of links(".sections a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const asked = section?.querySelectorAll(".cell[id^='task-'], .explorer:has(.explorer-predict)");
    const names = [...(asked ?? [])].map((each) =>
      each.id.replace("-", " ").replace("explorer", "prediction"),
    );
    mark(link, "", names.length > 0 && names.every((name) => all.get(name)?.right));
  }
  lead();
}

/** @param {string} selector @returns {NodeListOf<HTMLAnchorElement>} */
function links(selector) {
  return document.querySelectorAll(selector);
}

/** @param {HTMLElement} link @param {string | 0} part @param {boolean} whole */
function mark(link, part, whole) {
  link.dataset.done = whole ? "✓" : part || "";
}

/** Lead from the first page to where the reading stopped. */
function lead() {
  const place = placeOf(read());
  const [chapter] = place ? links(`ol.chapters a[data-page="${CSS.escape(place.page)}"]`) : [];
  document.querySelector("a.continue")?.remove();
  if (!chapter || !place) return;
  const words = say("Continue at {place}", { place: place.number });
  const link = element("a", { class: "continue", href: chapter.href }, words);
  link.hash = place.id;
  const bar = document.querySelector("article .bar");
  if (bar) bar.append(link);
  else chapter.closest("ol")?.before(link);
}

document.addEventListener("explorable:kept", show);
addEventListener("storage", show);
if (read()) show();
