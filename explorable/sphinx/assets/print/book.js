// The pages of the site as one printed book: title page, contents, and the pages it refers to.

/** @typedef {import("../types").BookFacts} Facts */
/** @typedef {import("../types").BookHeading} Heading */

let isBound = false;
// Heard before the site's own script for printing: it does its work once, or printings would differ.
for (const name of ["beforeprint", "afterprint"]) {
  addEventListener(name, (event) => {
    if (isBound) event.stopImmediatePropagation();
  });
}

/** @param {Facts} facts */
function titlePage({ title, author, version, date }) {
  const page = document.createElement("section");
  page.className = "title-page";
  const day = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), {
    dateStyle: "long",
    timeZone: "UTC",
  }).format(new Date(date));
  const edition = say("Version {version}, {day}", { version, day });
  const licence = say("Text and figures under CC BY 4.0, code under the MIT licence");
  page.append(element("h1", title));
  for (const text of [author, edition, licence]) page.append(element("p", text));
  return page;
}

/** @param {string} tag @param {string | Node} content @param {string} [name] */
function element(tag, content, name = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(content);
  return made;
}

/** @param {string} id */
function pageOf(id) {
  const page = element("span", "000", "page-number"); // as wide as most
  page.dataset.page = id;
  return page;
}

/** @param {string} text which has a place for the page @param {string} id */
function onPage(text, id) {
  const [before, after] = text.split("{page}");
  const note = element("span", before, "on-page");
  note.append(pageOf(id), after);
  return note;
}

/** @returns {Heading[]} */
function headings() {
  return [...document.querySelectorAll("article :is(h1, h2, h3)")].flatMap((heading) => {
    const id = heading.closest("h3[id], section, article")?.id;
    const isLetter = heading.id && heading.nextElementSibling?.matches("ul.index");
    if (!id || isLetter || heading.closest(".explorer, .drill, .cell")) return [];
    const spoken = /** @type {HTMLElement} */ (heading.cloneNode(true));
    for (const part of spoken.querySelectorAll(".headerlink")) part.remove();
    const html = spoken.innerHTML;
    const text = (spoken.textContent ?? "").replace(/\s+/g, " ").trim();
    return [{ level: Number(heading.tagName[1]), id, text, html }];
  });
}

/** @param {Heading[]} found */
function contents(found) {
  const list = element("section", element("h1", say("Contents")), "printed-contents");
  list.id = "contents";
  for (const { level, id, html } of found) {
    if (level > 2) continue;
    const link = /** @type {HTMLAnchorElement} */ (element("a", "", `level-${level}`));
    link.href = `#${id}`;
    const name = element("span", "", "name");
    name.innerHTML = html;
    link.append(name, element("span", "", "leader"), pageOf(id));
    list.append(link);
  }
  return list;
}

/** @param {Element} link */
function targetOf(link) {
  const address = link.getAttribute("href") ?? "";
  return address.startsWith("#") ? document.getElementById(decodeURIComponent(address.slice(1))) : null;
}

function references() {
  for (const link of document.querySelectorAll("article a.reference.internal")) {
    const target = targetOf(link);
    const article = target?.closest("article");
    // Terms and sources stand in the order of the alphabet.
    const isSought = target?.matches("dt, .source") || link.closest("article:has(.sheet)");
    if (!target || !article || isSought || article === link.closest("article")) continue;
    const last = [...link.querySelectorAll("*"), link].find((each) => each.lastChild?.nodeType === 3);
    const text = /** @type {Text | undefined} */ (last?.lastChild ?? undefined);
    if (text && /\p{Pe}$/u.test(text.data)) {
      text.splitText(text.length - 1).before(onPage(say(", p. {page}"), target.id));
    } else {
      link.append(onPage(say(" (p. {page})"), target.id));
    }
  }
  for (const link of document.querySelectorAll("ul.index .place a")) {
    const target = targetOf(link);
    if (target) link.replaceChildren(pageOf(target.id));
  }
  for (const fold of document.querySelectorAll("details.moved")) {
    const link = element("a", onPage(say(": p. {page}"), `${fold.id}-moved`));
    /** @type {HTMLAnchorElement} */ (link).href = `#${fold.id}-moved`;
    fold.querySelector("summary")?.append(link);
  }
}

window.bookPrint = {
  bind(facts) {
    dispatchEvent(new Event("beforeprint")); // which moves the solutions
    isBound = true;
    for (const line of document.querySelectorAll("article p")) {
      // A bold line of its own, as above a list, stays with what follows.
      const [only, ...more] = line.childNodes;
      if (only?.nodeName === "STRONG" && !more.length) line.classList.add("title-line");
    }
    const found = headings();
    references();
    document.querySelector("main")?.prepend(titlePage(facts), contents(found));
    for (const frame of document.querySelectorAll(".scroll")) {
      const { style, scrollWidth, clientWidth } = /** @type {HTMLElement} */ (frame);
      const size = parseFloat(style.fontSize) || 100;
      if (scrollWidth > clientWidth) style.fontSize = `${(0.95 * size * clientWidth) / scrollWidth}%`;
    }
    return found;
  },

  number(pages) {
    for (const each of document.querySelectorAll("[data-page]")) {
      const place = /** @type {HTMLElement} */ (each);
      place.textContent = String(pages[place.dataset.page ?? ""] ?? "?");
      // From now on as wide, whatever the number, or one that moves a line could move others for ever.
      place.style.width ||= `${place.textContent.length}ch`;
    }
    for (const entry of document.querySelectorAll("ul.index li")) {
      const seen = new Set();
      for (const place of entry.querySelectorAll(":scope > .place")) {
        /** @type {HTMLElement} */ (place).hidden = seen.has(place.textContent);
        seen.add(place.textContent);
      }
    }
  },

  canWrite(signs) {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return false;
    context.font = `24px ${getComputedStyle(document.body).fontFamily}`;
    const drawn = [...signs].map((sign) => {
      context.clearRect(0, 0, 300, 150);
      context.fillText(sign, 0, 50);
      return context.canvas.toDataURL();
    });
    return new Set(drawn).size === drawn.length; // without a font all are the same box
  },
};
