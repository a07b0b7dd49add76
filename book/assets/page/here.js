// Where the reader is: the link to the current section is marked.

/** @type {Map<HTMLElement, HTMLAnchorElement>} */
const links = new Map();
for (const link of document.querySelectorAll(".frame .sections a[href^='#']")) {
  const anchor = /** @type {HTMLAnchorElement} */ (link);
  const section = document.getElementById(decodeURIComponent(anchor.hash.slice(1)));
  if (section) links.set(section, anchor);
}

const sections = [...links.keys()];
let waiting = false;

function update() {
  waiting = false;
  const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
  const current = passed.at(-1);
  for (const [section, link] of links) {
    if (section === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

if (sections.length) {
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(update);
      waiting = true;
    },
    { passive: true },
  );
  update();
}
