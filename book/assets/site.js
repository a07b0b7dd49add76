// What the pages do beyond HTML: all of it can be missing and the book still reads.
"use strict";

(function theme() {
  const root = document.documentElement;
  const button = document.querySelector("button.theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => {
    button.title = isDark() ? "Switch to light" : "Switch to dark";
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch (error) {
      // A reader who forbids storage keeps the choice for this page only.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
})();

(function menu() {
  const menu = document.querySelector("details.menu");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
})();

(function here() {
  const links = new Map();
  for (const link of document.querySelectorAll(".frame .sections a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  if (!links.size) return;
  const sections = [...links.keys()];
  let waiting = false;
  const update = () => {
    waiting = false;
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1);
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(update);
      waiting = true;
    },
    { passive: true },
  );
  update();
})();

(function scrollers() {
  // Only what really scrolls sideways is a stop for the keyboard.
  function mark(element) {
    if (element.scrollWidth > element.clientWidth + 1) {
      element.tabIndex = 0;
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", "Scrolls sideways");
    } else {
      element.removeAttribute("tabindex");
      element.removeAttribute("role");
      element.removeAttribute("aria-label");
    }
  }
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  for (const element of document.querySelectorAll("main .scroll, main pre")) watch.observe(element);

  // Part of a formula in the text that is wider than the text scrolls in itself.
  const parts = [...document.querySelectorAll("article .math:not(.equation .math) .base")].map(
    (part) => [part, part.closest(".math"), part.closest("p, li, td, th, dd, h1, h2, h3, h4")],
  );
  const fit = () => {
    for (const formula of document.querySelectorAll(".math.wide")) formula.classList.remove("wide");
    const wide = parts.filter(([part, , block]) => block && part.offsetWidth > block.clientWidth);
    for (const [, formula, block] of wide) {
      if (block.closest(".scroll")) continue;
      formula.classList.add("wide");
      mark(formula);
    }
  };
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width !== width) fit();
    width = contentRect.width;
  }).observe(document.querySelector("article"));
})();

(function copy() {
  if (!navigator.clipboard && !document.execCommand) return;
  for (const block of document.querySelectorAll(".cell_input .highlight, div[class*=highlight-] > .highlight")) {
    if (block.closest(".cell_output") || block.querySelector("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const text = block.querySelector("pre").textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch (error) {
        getSelection().selectAllChildren(block.querySelector("pre"));
        button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
      }
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    block.append(button);
  }
})();

(function folds() {
  let opened = [];
  let shrunk = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of opened) fold.open = true;
    shrunk = [...document.querySelectorAll("main .equation > .scroll")].filter(
      (frame) => frame.scrollWidth > frame.clientWidth + 1,
    );
    for (const frame of shrunk) {
      frame.style.fontSize = `${(95 * frame.clientWidth) / frame.scrollWidth}%`;
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    for (const frame of shrunk) frame.style.fontSize = "";
  });
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();

(function previews() {
  // Pointing at a reference, or reaching it by keyboard, shows the equation or the definition.
  const selector = "article a.internal[href*='#equation-'], article a.internal[href*='#term-']";
  const box = document.createElement("div");
  box.className = "preview";
  box.id = "preview";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  document.body.append(box);
  let link = null;
  let timer;

  function content(of) {
    const href = of.getAttribute("href");
    if (href[0] === "#") {
      const target = document.getElementById(decodeURIComponent(href.slice(1)));
      const from = target && (target.matches("dt") ? target.nextElementSibling : target);
      return from ? [...from.cloneNode(true).childNodes] : [];
    }
    const templates = [...document.querySelectorAll("template[data-preview]")];
    const template = templates.find((one) => one.dataset.preview === href);
    return template ? [template.content.cloneNode(true)] : [];
  }

  function show(of) {
    const nodes = content(of);
    if (!nodes.length) return;
    hide();
    link = of;
    box.replaceChildren(...nodes);
    for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const number of box.querySelectorAll("a.number")) number.remove();
    box.hidden = false;
    const at = of.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8);
    const below = at.bottom + 6 + box.offsetHeight < innerHeight;
    box.style.left = `${Math.max(8, left) + scrollX}px`;
    box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`;
    link.setAttribute("aria-describedby", "preview");
  }

  function hide() {
    clearTimeout(timer);
    box.hidden = true;
    if (link) link.removeAttribute("aria-describedby");
    link = null;
  }

  function later(action) {
    clearTimeout(timer);
    timer = setTimeout(action, 180);
  }

  for (const reference of document.querySelectorAll(selector)) {
    reference.addEventListener("mouseenter", () => later(() => show(reference)));
    reference.addEventListener("mouseleave", () => later(hide));
    reference.addEventListener("focus", () => reference.matches(":focus-visible") && show(reference));
    reference.addEventListener("blur", hide);
  }
  box.addEventListener("mouseenter", () => clearTimeout(timer));
  box.addEventListener("mouseleave", () => later(hide));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
