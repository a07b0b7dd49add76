"""Make from the built book what a course needs: ``python -m explorable course``.

Sheets of exercises and of solutions, plans and figures, in each edition.
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser

from explorable.book import FOLDER, ROOT
from explorable.book.chromium import chromium
from explorable.book.course.figures import write_figures
from explorable.book.course.sheets import chapters_of, copy_assets, write_sheets
from explorable.book.print.pdf import SCALE, pages_of, require_font
from explorable.book.print.truetype import prepare
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH, Edition
from explorable.languages.known import editions_of

MARK = ".course"  # in a folder that this made, and may make anew
PLAN = '<p class="plan">'
PAPER = "@page { size: A4; margin: 18mm; @bottom-right { content: counter(page) } }"
# Where the book's address is not known, links would name the folder where it was built.
LEAD_TO_SITE = """() => {
  const book = document.querySelector("link[rel=canonical]")?.href;
  for (const link of document.querySelectorAll("a[href]:not([href*=':'], [href^='#'])")) {
    if (book) link.href = new URL(link.getAttribute("href"), book);
    else link.removeAttribute("href");
  }
}"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m explorable course", description=__doc__)
    parser.add_argument("exercises", nargs="*", help="labels of exercises: their sheets alone")
    built = FOLDER / "_build"
    parser.add_argument("--site", type=Path, default=built / "html", help="the built book")
    parser.add_argument("--output", type=Path, default=built / "course", help="where to write")
    options = parser.parse_args(arguments)
    site, folder = options.site.resolve(), options.output.resolve()
    try:
        _make(site, folder, options.exercises)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"What a course needs is written: {folder}")
    return 0


def _make(site: Path, folder: Path, chosen: list[str]) -> None:
    """Write all into a fresh folder, or only the sheets of the exercises that are chosen."""
    texts = [(site / name).read_text(encoding="utf-8") for name in chapters_of(site, ENGLISH)]
    if unknown := [each for each in chosen if not any(f'id="{each}"' in text for text in texts)]:
        raise BookError(f"No exercise has the label {', '.join(unknown)}")
    if folder.exists() and not (folder / MARK).is_file():
        raise BookError(f"{folder} is there and holds no course; choose another --output")
    with chromium() as browser:
        for edition in editions_of(ROOT):
            require_font(browser.new_page(), edition)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / MARK).touch()
        copy_assets(site, folder)
        for edition in editions_of(ROOT):
            write_sheets(site, folder, browser, edition, chosen)
            if not chosen:
                write_plans(site, folder, browser, edition)
                write_figures(site, folder, browser, edition)


def write_plans(site: Path, folder: Path, browser: Browser, edition: Edition) -> None:
    """Print the pages of an edition that hold plans."""
    page = browser.new_page(color_scheme="light")
    for name in pages_of(site, edition, None)[1]:
        if PLAN in (site / name).read_text(encoding="utf-8"):
            page.goto((site / name).as_uri())
            file = (folder / edition.folder / Path(name).name).with_suffix(".pdf")
            page.add_style_tag(content=PAPER)
            page.evaluate(LEAD_TO_SITE)
            prepare(page, site, edition)
            page.pdf(path=file, prefer_css_page_size=True, scale=SCALE)
