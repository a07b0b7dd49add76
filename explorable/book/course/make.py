"""
Make from the built book what a course needs: ``python -m explorable course``.

Sheets of exercises and of solutions, in each edition.
"""

import argparse
import shutil
import sys
from pathlib import Path

from explorable.book import FOLDER
from explorable.book.chromium import chromium
from explorable.book.course.sheets import copy_assets, write_sheets
from explorable.book.problem import BookError
from explorable.languages.editions import EDITIONS


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
            for edition in EDITIONS:
                if (site / edition.folder / "index.html").is_file():
                    write_sheets(site, folder, browser, edition, options.exercises)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"What a course needs is written: {folder}")
    return 0
