// What lies in a fold opens for an address that leads into it. Where a paragraph is gone that an
// address leads to, its section takes its place.

function reveal() {
  const [, section] = /^#(.+)\.\d+$/.exec(location.hash) ?? [];
  if (section && !document.querySelector(":target")) {
    document.querySelector(`[id="${CSS.escape(section)}"]`)?.scrollIntoView();
  }
  // Not by the address: a reader may have typed one that cannot be decoded.
  let fold = document.querySelector(":target")?.closest("details");
  for (; fold; fold = fold.parentElement?.closest("details")) fold.open = true;
}

addEventListener("hashchange", reveal);
addEventListener("load", reveal); // before, a fresh page may have no target yet
