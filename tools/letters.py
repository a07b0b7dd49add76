"""What the book says of its letters: ``python -m tools.letters``, once the book is built.

Names the letters of formulas of which nothing is said, with the places, and those that mean two
things in one chapter.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from explorable.book import ROOT
from explorable.book.chromium import chromium
from explorable.book.job import Build
from explorable.book.settings import SETTINGS
from explorable.library.symbols import of_two_meanings, read_symbols

# Each letter of a page: itself, its formula, the nearest place with an id, and what is said of it.
LETTERS = """async () => {
  const { isLetter, find, written } = window.bookSymbols;
  const told = await window.bring(document.getElementById("main").dataset.symbols, "bookTable");
  const table = new Map();
  for (const symbol of told) {
    for (const form of symbol.match) table.set(form, [...(table.get(form) ?? []), symbol]);
  }
  const text = document.createElement("p");
  return [...document.querySelectorAll("article [data-tex]")].flatMap((formula) => {
    const ids = [];
    for (let e = formula; e; e = e.parentElement) if (e.id) ids.push(e.id);
    return [...formula.querySelectorAll("mi")].filter(isLetter).map((leaf) => {
      const found = find(leaf, table, ids);
      text.innerHTML = found?.symbol.html ?? "";
      return {
        letter: written(leaf), formula: formula.dataset.tex, place: ids[0],
        symbol: found ? written(found.part) : "", said: text.textContent,
      };
    });
  });
}"""


@dataclass(frozen=True)
class Letter:
    """A letter in a formula, and what is said of it."""

    page: str
    letter: str
    formula: str
    place: str
    symbol: str
    said: str


def letters(page: Page, site: Path, name: str) -> Iterator[Letter]:
    """Yield the letters of a page, in their order."""
    page.goto((site / name).as_uri(), wait_until="load")
    for told in page.evaluate(LETTERS):
        yield Letter(name, **told)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.letters", description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, default=Build().output)
    options = parser.parse_args(arguments)
    tables = read_symbols(ROOT)
    chapters = [f"{SETTINGS.chapters}/{name}.html" for name in tables]
    with chromium() as browser:
        page = browser.new_page()
        found = [
            letter
            for name in chapters
            if (options.site / name).is_file()
            for letter in letters(page, options.site.resolve(), name)
        ]
    for each in dict.fromkeys(each for each in found if not each.said):
        print(f"{each.page}#{each.place}: nothing is said of {each.letter} in ${each.formula}$")
    for name, table in tables.items():
        for tex, names in of_two_meanings(table).items():
            print(f"{name}: {tex} is " + "; ".join(names))
    silent = sum(not each.said for each in found)
    print(f"{len(found)} letters, {silent} of which nothing is said")
    return 0


if __name__ == "__main__":
    sys.exit(main())
