// The link to a paragraph stands before it while it is pointed at, or something in it has the focus.
// Following it copies its address.

const link = element("a", { class: "headerlink", "aria-label": say("Link to this paragraph") });
link.addEventListener("click", () => {
  navigator.clipboard?.writeText(link.href).then(
    () => link.classList.add("copied"),
    () => {}, // the address shows it all the same
  );
});

/** @param {Event} event */
function offer({ target }) {
  const paragraph = /** @type {Element} */ (target).closest("article section > p[id]");
  if (!paragraph || paragraph.contains(link)) return;
  link.classList.remove("copied");
  link.href = `#${paragraph.id}`;
  paragraph.append(link);
}

for (const moment of ["pointerover", "focusin"]) document.addEventListener(moment, offer);
