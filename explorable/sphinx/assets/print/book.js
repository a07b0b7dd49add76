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

/** @param {Facts} facts @param {Heading[]} chapters */
function titlePage({ title, lines }, chapters) {
  const names = [element("h1", {}, title)];
  if (chapters.length === 1) names.push(element("h2", {}, chapters[0].text));
  const texts = lines.map((line) => element("p", {}, line));
  return element("section", { class: "title-page" }, ...names, ...texts);
}

/** @param {string} id */
function pageOf(id) {
  return element("span", { class: "page-number", "data-page": id }, "000"); // as wide as most
}

/** @param {string} text which has a place for the page @param {string} id */
function onPage(text, id) {
  const [before, after] = text.split("{page}");
  return element("span", { class: "on-page" }, before, pageOf(id), after);
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
  const title = element("h1", {}, say("Contents"));
  const list = element("section", { class: "printed-contents", id: "contents" }, title);
  for (const { level, id, html } of found) {
    if (level > 2) continue;
    const name = element("span", { class: "name" });
    name.innerHTML = html;
    const parts = [name, element("span", { class: "leader" }), pageOf(id)];
    list.append(element("a", { class: `level-${level}`, href: `#${id}` }, ...parts));
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
    // Terms and sources stand in the order of the alphabet; what stands near is found without a page.
    const isSought = target?.matches("dt, .source") || link.closest("article:has(.sheet)");
    const isNear = !target?.matches("section, section > span") || target.closest("section")?.contains(link);
    if (!target || !article || isSought || (isNear && article === link.closest("article"))) continue;
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
    const id = `${fold.id}-moved`;
    const link = element("a", { href: `#${id}` }, onPage(say(": p. {page}"), id));
    fold.querySelector("summary")?.append(link);
  }
}

/** Append what is cited, where the list of all sources is not printed. */
function sources() {
  const links = [...document.querySelectorAll("article a[data-source]:not([href])")];
  const cited = new Set(links.map((link) => link.getAttribute("data-source") ?? ""));
  const list = [...cited].map((source) => element("p", { class: "source" }, source));
  const end = element("section", { id: "sources" }, element("h2", {}, say("Sources")), ...list);
  if (list.length) document.querySelector("main > article:last-of-type")?.append(end);
}

/**
 * Let the title of its chapter stand at the foot of each page: see book.css.
 * @param {Heading[]} found
 */
function feet(found) {
  const titles = found.filter(({ level }) => level === 1);
  for (const article of document.querySelectorAll("article")) article.style.setProperty("page", article.id);
  const rules = titles.map(({ id, text }) => {
    const page = document.getElementById(id)?.closest("article")?.id;
    const title = JSON.stringify(text);
    return `@page ${page}:left { @bottom-right { content: ${title} } }
      @page ${page}:right { @bottom-left { content: ${title} } }`;
  });
  document.head.append(element("style", {}, ...rules));
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
    sources();
    const found = headings();
    references();
    feet(found);
    const title = titlePage(facts, found.filter(({ level }) => level === 1));
    document.querySelector("main")?.prepend(title, contents(found));
    for (const frame of document.querySelectorAll(".scroll")) {
      const { style, scrollWidth, clientWidth } = /** @type {HTMLElement} */ (frame);
      const size = parseFloat(style.fontSize) || 100;
      if (scrollWidth > clientWidth) style.fontSize = `${(0.95 * size * clientWidth) / scrollWidth}%`;
    }
    return found;
  },

  number(pages) {
    for (const each of document.querySelectorAll(".page-number")) {
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
