"""The figures of the chapters, each alone as SVG and as PDF, as a reader of the pages saves it."""

import math
import re
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import Browser

from explorable.book.course.sheets import chapters_of
from explorable.languages.editions import Edition

# Presses the pages' own buttons; what they would have saved comes back, by its name.
SAVE = """async () => {
  const saved = {};
  HTMLAnchorElement.prototype.click = function () { saved[this.download] = this.href; };
  for (const figure of document.querySelectorAll("article figure[id]")) {
    const buttons = [...figure.querySelectorAll("button.save")];
    const button = buttons.find((each) => each.textContent === "SVG");
    if (!button) continue;
    figure.scrollIntoView();
    await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    button.click();
  }
  return saved;
}"""
PAGE = "<style>@page {{ margin: 0; size: {0}px {1}px }} body {{ margin: 0 }}</style>{2}"


def write_figures(site: Path, folder: Path, browser: Browser, edition: Edition) -> None:
    """Write each figure of an edition, with its caption and licence, into ``figures``.

    An edition other than English has its own folder in `folder`.
    """
    target = folder / edition.folder / "figures"
    target.mkdir(parents=True)
    page = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme="light")
    paper = browser.new_page(color_scheme="light")
    for each in (page, paper):
        each.set_default_timeout(0)
    for name in chapters_of(site, edition):
        page.goto((site / name).as_uri())
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for file, address in page.evaluate(SAVE).items():
            text = unquote(address.partition(",")[2])
            (target / file).write_text(text, encoding="utf-8")
            sizes = re.findall(r' (?:width|height)="([^"]+)"', text)[:2]
            paper.set_content(PAGE.format(*(math.ceil(float(each)) + 1 for each in sizes), text))
            paper.pdf(path=target / Path(file).with_suffix(".pdf"), prefer_css_page_size=True)
