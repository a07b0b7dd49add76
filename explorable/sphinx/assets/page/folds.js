// What lies in a fold opens for an address that leads into it.

function reveal() {
  // Not by the address: a reader may have typed one that cannot be decoded.
  let fold = document.querySelector(":target")?.closest("details");
  for (; fold; fold = fold.parentElement?.closest("details")) fold.open = true;
}

addEventListener("hashchange", reveal);
reveal();
