// In a preview only: show each page that was built, its folds as they were, and what is wrong.

/** @typedef {{ page: string, version: string, said: string }} Told */

const FOLDS = "open folds of the preview";
const STYLE =
  "position:fixed;z-index:99;inset:auto 0 0 0;margin:0;padding:12px 16px;max-height:45vh;" +
  "overflow:auto;white-space:pre-wrap;font:14px/1.45 monospace;background:#7a1220;color:#fff";

const version = document.querySelector("script[data-version]")?.getAttribute("data-version");
const folds = /** @type {NodeListOf<HTMLDetailsElement>} */ (
  document.querySelectorAll("article details")
);
const banner = document.createElement("pre");
banner.id = "preview-banner";
banner.setAttribute("role", "alert");
banner.style.cssText = STYLE;
document.body.append(banner);

async function ask() {
  /** @type {Told} */
  let told = { page: "", version: version ?? "", said: "The preview has ended: start it again." };
  try {
    told = await (await fetch("/preview/state")).json();
  } catch {
    // Nobody answers.
  }
  if (banner.textContent !== told.said) banner.textContent = told.said;
  banner.hidden = !told.said;
  if (told.page && `/${told.page}` !== decodeURI(location.pathname)) {
    location.assign(encodeURI(`/${told.page}`));
  } else if (told.version !== version) {
    const open = [...folds].map((fold) => fold.open);
    sessionStorage.setItem(FOLDS, JSON.stringify([location.pathname, open]));
    location.reload(); // which keeps the place on the page
  }
}

const [path, open] = JSON.parse(sessionStorage.getItem(FOLDS) ?? "[]");
if (path === location.pathname) folds.forEach((fold, index) => (fold.open = open[index] ?? false));
sessionStorage.removeItem(FOLDS);
setInterval(ask, 500);
