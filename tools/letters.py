"""What the book says of its letters: ``python -m tools.letters``, once the book is built.

Names the letters of formulas of which nothing is said, with the places, and those that mean two
things in one chapter.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

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


def letters(page: Page, site: Path, name: str) -> list[SimpleNamespace]:
    """Return the letters of a page, in their order: each with what is said of it, and where."""
    page.goto((site / name).as_uri(), wait_until="load")
    return [SimpleNamespace(page=name, **told) for told in page.evaluate(LETTERS)]


def main() -> int:
    """Run the command line; return its exit status."""
    tables = read_symbols(ROOT)
    chapters = [f"{SETTINGS.chapters}/{name}.html" for name in tables]
    site = Build().output
    with chromium() as browser:
        page = browser.new_page()
        there = [name for name in chapters if (site / name).is_file()]
        found = [letter for name in there for letter in letters(page, site, name)]
    silent = [letter for letter in found if not letter.said]
    told = "{page}#{place}: nothing is said of {letter} in ${formula}$"
    for line in dict.fromkeys(told.format(**vars(letter)) for letter in silent):
        print(line)
    for name, table in tables.items():
        for tex, names in of_two_meanings(table).items():
            print(f"{name}: {tex} is " + "; ".join(names))
    print(f"{len(found)} letters, {len(silent)} of which nothing is said")
    return 0


if __name__ == "__main__":
    sys.exit(main())
