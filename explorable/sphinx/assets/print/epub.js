// A page of the site as a chapter of an EPUB: well-formed, formulas as MathML, nothing that runs.

window.bookChapter = ({ files, folder, answer }) => {
  const article = /** @type {HTMLElement} */ (document.querySelector("article"));
  sayOnPaper(article, answer);
  for (const panel of article.querySelectorAll(".explorer-panel")) {
    const most = panel.getAttribute("style")?.match(/--w:\s*(\d+)/)?.[1];
    panel.setAttribute("style", `max-width: ${most}px`); // its own, as readers know no variables
  }
  for (const fold of article.querySelectorAll(".tag_printed > details.code")) {
    fold.parentElement?.prepend(...[...fold.children].slice(1));
  }
  const gone =
    ".machine, .screen, .headerlink, button, script, link, select, input, .bar a, .run-bar, " +
    ".explorer-predict, .explorer-still, .explorer-controls, .explorer-ghost, .explorer-spoken, " +
    ".explorer-trouble, .explorer-dots, details.code, .toctree-wrapper, .drill-field, " +
    ".drill-expected, .drill-buttons, .drill-verdict, .drill-solution, .drill-still, .drill-link";
  for (const part of article.querySelectorAll(gone)) part.remove();
  for (const fold of article.querySelectorAll("details")) fold.setAttribute("open", "");
  for (const step of article.querySelectorAll(".step")) step.removeAttribute("hidden");
  const name = (/** @type {string} */ id) => `i-${id.replace(/[^\w.-]/g, "_")}`;
  article.id = name("top");
  for (const part of article.querySelectorAll("*")) {
    for (const { name: attribute, value } of [...part.attributes]) {
      if (/^(data-|on|autocomplete|tabindex|aria-(?!label$|hidden$)|role$)/.test(attribute) && value !== "img") {
        part.removeAttribute(attribute);
      } else if (attribute === "id") {
        part.id = name(value);
      } else if (value.includes("url(#")) {
        const renamed = value.replace(/url\(#([^)]+)\)/g, (_, id) => `url(#${name(id)})`);
        part.setAttribute(attribute, renamed);
      }
    }
  }
  for (const use of article.querySelectorAll("use")) {
    use.setAttribute("href", `#${name((use.getAttribute("href") ?? "").slice(1))}`);
  }
  for (const link of article.querySelectorAll("a[href]")) {
    const to = /** @type {HTMLAnchorElement} */ (link);
    const address = to.getAttribute("href") ?? "";
    if (/^[a-z]+:/.test(address)) continue;
    const { pathname, hash } = new URL(address, `x:/${folder}`);
    const file = address.startsWith("#") ? "" : files[decodeURIComponent(pathname.slice(1))];
    if (file === undefined) to.replaceWith(...to.childNodes);
    else to.href = file + (hash ? `#${name(decodeURIComponent(hash.slice(1)))}` : "");
  }
  const probe = document.body.appendChild(document.createElement("i"));
  const headings = [...article.querySelectorAll("h1, h2")].flatMap((heading) => {
    const id = heading.closest("section, article")?.id;
    if (heading.id && heading.tagName !== "H1") return []; // a letter of the index
    const text = heading.textContent?.replace(/\s+/g, " ").trim() ?? "";
    return id && text ? [{ level: Number(heading.tagName[1]), id, text }] : [];
  });
  const whole = new XMLSerializer().serializeToString(article);
  const content = whole.replace(/var\((--[\w-]+)\)/g, (_, colour) => {
    probe.style.color = `var(${colour})`; // which many readers of EPUBs don't know
    return getComputedStyle(probe).color;
  });
  const uses = ["mathml", "svg"].filter((kind) => article.querySelector(kind.slice(0, 4))).join(" ");
  return { headings, content, uses };
};
