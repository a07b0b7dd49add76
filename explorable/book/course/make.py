"""
Make from the built book what a course needs: ``python -m explorable course``.

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
from explorable.book.course.sheets import copy_assets, write_sheets
from explorable.book.print.pdf import SCALE, pages_of
from explorable.book.problem import BookError
from explorable.languages.editions import Edition
from explorable.languages.known import editions_of

PLAN = '<p class="plan">'


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m explorable course", description=__doc__)
    parser.add_argument("exercises", nargs="*", help="labels of exercises (default: all)")
    built = FOLDER / "_build"
    parser.add_argument("--site", type=Path, default=built / "html", help="the built book")
    parser.add_argument("--output", type=Path, default=built / "course", help="where to write")
    options = parser.parse_args(arguments)
    site, folder = options.site.resolve(), options.output.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    try:
        copy_assets(site, folder)
        with chromium() as browser:
            for edition in editions_of(ROOT):
                write_sheets(site, folder, browser, edition, options.exercises)
                write_plans(site, folder, browser, edition)
                write_figures(site, folder, browser, edition)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"What a course needs is written: {folder}")
    return 0


def write_plans(site: Path, folder: Path, browser: Browser, edition: Edition) -> None:
    """Print the pages of an edition that hold plans."""
    page = browser.new_page(color_scheme="light")
    for name in pages_of(site, edition, None)[1]:
        if PLAN in (site / name).read_text(encoding="utf-8"):
            page.goto((site / name).as_uri())
            file = (folder / edition.folder / Path(name).name).with_suffix(".pdf")
            page.add_style_tag(content="@page { size: A4; margin: 18mm }")
            page.pdf(path=file, prefer_css_page_size=True, scale=SCALE)
