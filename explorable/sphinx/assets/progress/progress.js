// The page of the reader's own progress: what stands, what to look at again; saved, loaded, erased.

const { KEY, change, done, isEntry, placeOf, read, understood } = window.progress;
const page = /** @type {HTMLElement} */ (document.getElementById("progress"));
const said = /** @type {HTMLElement} */ (page.querySelector(".progress-said"));
const bar = /** @type {HTMLElement} */ (page.querySelector(".progress-do"));
const again = /** @type {HTMLElement} */ (document.getElementById("again"));
const links = /** @type {HTMLAnchorElement[]} */ ([...page.querySelectorAll("a[data-what]")]);

const [save, open, erase] = bar.querySelectorAll("button");
const file = element("input", { type: "file", accept: ".json,application/json", hidden: "" });
bar.append(file);

save.addEventListener("click", () => {
  const text = JSON.stringify(read(), null, 1);
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = element("a", { href, download: "progress.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // when it is saved
});
open.addEventListener("click", () => file.click());
erase.addEventListener("click", () => {
  if (!confirm(say("Erase all that is kept of your progress?"))) return;
  localStorage.removeItem(KEY);
  document.dispatchEvent(new Event("explorable:kept"));
  said.textContent = say("Erased.");
});

file.addEventListener("change", async () => {
  const [chosen] = file.files ?? [];
  if (!chosen) return;
  said.textContent = load(await chosen.text());
  file.value = ""; // so that the same one can be chosen again
});

/**
 * Take in what a file holds beside what is kept here, if all of it is right; say what came of it.
 * @param {string} text
 */
function load(text) {
  /** @type {import("../types.js").Kept & { version: number }} */
  let loaded;
  try {
    loaded = JSON.parse(text);
  } catch (error) {
    return say("Nothing was loaded: the file is no JSON ({error}).", {
      error: /** @type {Error} */ (error).message,
    });
  }
  if (loaded?.version > 1) return say("Nothing was loaded: the file is of a later edition.");
  if (!understood(loaded)) return say("Nothing was loaded: the file holds no progress.");
  const names = Object.keys(loaded.done);
  const wrong = names.find((name) => !/^\w+ \S+$/.test(name) || !isEntry(loaded.done[name]));
  if (wrong !== undefined) {
    return say("Nothing was loaded: the file has a wrong entry, {name}.", { name: wrong });
  }
  const place = placeOf(loaded);
  if (loaded.place !== undefined && !place) {
    return say("Nothing was loaded: the file has a wrong entry, {name}.", { name: "place" });
  }
  const kept = change((ours) => {
    for (const name of names) {
      const [one, other] = [loaded.done[name], ours.done[name]];
      if (!isEntry(other)) ours.done[name] = one;
      else {
        const late = one.at > other.at ? one : other;
        const right = name.startsWith("drill") ? late.right : one.right || other.right;
        ours.done[name] = { ...late, right, tries: Math.max(one.tries, other.tries) };
      }
    }
    const old = placeOf(ours);
    if (place && !(old && old.at > place.at)) ours.place = place;
    ours.unread ??= loaded.unread;
  });
  return kept ? say("Loaded: {n} entries.", { n: names.length }) : unkept();
}

function unkept() {
  return say("This browser keeps nothing here: its storage is full or switched off.");
}

/** Say what cannot be known. */
function doubts() {
  try {
    localStorage.getItem(KEY);
  } catch (error) {
    return unkept();
  }
  if (location.protocol === "file:") {
    return say(
      "From disk, some browsers keep apart what each page stores: whether this is all that you " +
        "have done, this page cannot know.",
    );
  }
  return read() ? "" : say("Nothing is kept yet.");
}

/**
 * Where something is, and how it is called, if the book still has it.
 * @param {string} name
 * @param {import("../types.js").Entry} entry
 */
function called(name, entry) {
  const known = links.find((link) => link.dataset.what === name);
  if (known) {
    const copy = /** @type {HTMLElement} */ (known.cloneNode(true));
    copy.dataset.done = "";
    return copy;
  }
  const [kind, id] = name.split(" ");
  const text = kind === "drill" ? say("Drill {id}", { id }) : id;
  const home = /** @type {HTMLAnchorElement | null} */ (
    document.querySelector(`nav.contents a[data-page="${CSS.escape(entry.page ?? "")}"]`)
  );
  return home ? element("a", { href: home.href }, text) : text;
}

function show() {
  const all = done();
  for (const link of links) {
    const entry = all.get(link.dataset.what ?? "");
    link.dataset.done = !entry ? "" : entry.right ? "✓" : "…";
  }
  const missed = [...all].filter(([, { right }]) => !right).sort(([, a], [, b]) => a.at - b.at);
  again.hidden = !missed.length;
  again.querySelector("ul")?.replaceChildren(
    ...missed.map(([name, entry]) => {
      const tries =
        entry.tries > 1 ? say(" (tried {n} times)", { n: entry.tries }) : say(" (tried once)");
      return element("li", {}, called(name, entry), tries);
    }),
  );
  const empty = !read();
  save.disabled = erase.disabled = empty;
  said.textContent = doubts();
}

document.addEventListener("explorable:kept", show);
addEventListener("storage", show);
open.disabled = false;
show();
