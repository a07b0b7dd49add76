"""The letters of formulas, as the page's own script finds them, and what no table explains."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import quickjs

from explorable.book import ENGINE
from explorable.book.settings import SETTINGS
from explorable.drawing.formulas import Renderer
from explorable.library.symbols import BOOK, read_symbols

UNEXPLAINED = "%s has the letter %s, which nothing explains: give it a line in %s"
SCRIPT = ENGINE / "sphinx" / "assets" / "doors" / "_symbols.js"
# Parts of a formula as the page's script sees them.
GROW = """
const window = {};
const grow = ([localName, textContent, children], parentElement = null) => {
  const part = { localName, textContent, parentElement };
  part.children = children.map((child) => grow(child, part));
  return part;
};
const leaves = (part) => part.children.length ? part.children.flatMap(leaves) : [part];
"""
WRITTEN = "(told) => window.bookSymbols.written(grow(JSON.parse(told)).children[0])"
FOUND = """(told, symbols, ids) => {
  const known = JSON.parse(symbols).map((symbol, at) => ({ ...symbol, at }));
  const table = new Map();
  for (const symbol of known) {
    for (const form of symbol.match) table.set(form, [...(table.get(form) ?? []), symbol]);
  }
  const { written, isLetter, find } = window.bookSymbols;
  return JSON.stringify(leaves(grow(JSON.parse(told))).map((leaf) =>
    [isLetter(leaf) ? written(leaf) : "", find(leaf, table, JSON.parse(ids))?.symbol.at ?? -1]));
}"""


class Reader:
    """The page's script, which knows how symbols are written and found."""

    def __init__(self) -> None:
        self._context = quickjs.Context()
        self._context.eval(GROW + SCRIPT.read_text(encoding="utf-8"))
        self._written = self._context.eval(WRITTEN)
        self._found = self._context.eval(FOUND)

    def written(self, formula: str) -> str:
        """Return how a symbol, given as MathML, is written."""
        return str(self._written(json.dumps(_grown(_maths(formula)[0]))))

    def found(
        self, formula: str, known: Sequence[Mapping[str, Any]], ids: Sequence[str] = ()
    ) -> list[tuple[str, int]]:
        """Return the letter and the place among symbols, or nothing and -1, of each leaf."""
        told = json.dumps(known), json.dumps(ids)
        return [
            (letter, symbol)
            for math in _maths(formula)
            for letter, symbol in json.loads(self._found(json.dumps(_grown(math)), *told))
        ]

    def unexplained(
        self, formula: str, known: Sequence[Mapping[str, Any]], ids: Sequence[str] = ()
    ) -> list[str]:
        """Return the letters of a formula, in a place with these ids, that no symbol explains."""
        leaves = self.found(formula, known, ids)
        return sorted({letter for letter, symbol in leaves if letter and symbol < 0})


class Letters:
    """What the tables explain anywhere in a chapter: asked before its pages are written."""

    def __init__(self, root: Path) -> None:
        self._reader, self._render = Reader(), Renderer()
        self._known = {
            name: [
                {"match": [self._reader.written(self._render(tex, display=False)) for tex in each]}
                for each in (symbol.match for symbol in table)
            ]
            for name, table in read_symbols(root).items()
        }

    def faults(self, chapter: str, label: str, tex: str) -> Iterator[str]:
        """Name the letters of a numbered equation that nothing explains, or what is not TeX."""
        if chapter not in self._known:
            return
        known = [symbol for name in (chapter, *BOOK) for symbol in self._known.get(name, ())]
        try:
            formula = self._render(tex, display=True)
        except ValueError as error:
            yield f"{error}, in the formula: {tex}"
        else:
            for letter in self._reader.unexplained(formula, known):
                yield UNEXPLAINED % (label, letter, table_of(chapter))


def table_of(chapter: str) -> str:
    """Return the file of a chapter's symbols."""
    return f"{SETTINGS.symbols}/{chapter}.toml"


def _maths(formula: str) -> list[Element]:
    return [*fromstring(f"<x>{formula.replace('<wbr>', '')}</x>").iter("math")]


def _grown(part: Element) -> list[Any]:
    return [part.tag, "".join(part.itertext()), [_grown(child) for child in part]]
