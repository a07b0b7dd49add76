"""What each letter of the formulas means: one table a chapter, and two for the whole book.

A table is a file ``<name>.toml`` in the folder that the book names, with a line for each symbol:
its TeX, what it is called, its shape or range, the equation or the section that defines it, its
names in the chapter's code and in the library. A symbol with ``in`` means this there only: in the
sections, exercises or equations with these ids.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS

FOLDER = SETTINGS.symbols
BOOK = ("letters", "signs")
"""The tables that hold for all chapters."""


@dataclass(frozen=True)
class Symbol:
    """A symbol: how it is written, in one or several ways, and what it means."""

    tex: tuple[str, ...]
    name: str
    shape: str = ""  # or range
    at: tuple[str, ...] = ()  # equations that define it, or the id of a section of its chapter
    code: tuple[str, ...] = ()  # its names in the chapter's code
    library: tuple[str, ...] = ()  # what computes or holds it
    # what of a formula it is, if not what `tex` shows; \square is any index
    match: tuple[str, ...] = ()
    within: tuple[str, ...] = ()  # where it means this, if not in the whole chapter


def read_symbols(root: Path) -> dict[str, list[Symbol]]:
    """Return the tables of a book by their names: stems of chapters, and those of `BOOK`."""
    tables = {}
    for path in sorted((root / FOLDER).glob("*.toml")) if FOLDER else ():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))["symbols"]
            tables[path.stem] = [_symbol(each) for each in found]
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise BookError(f"{place(path)}: {error}") from None
    return tables


def _symbol(told: Mapping[str, Any]) -> Symbol:
    names = {"is": "shape", "in": "within"}
    values = {names.get(key, key): value for key, value in told.items()}
    many = {"tex", "at", "code", "library", "match", "within"}
    values |= {key: _several(value) for key, value in values.items() if key in many}
    symbol = Symbol(**values)
    return symbol if symbol.match else Symbol(**values | {"match": symbol.tex})


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def words(root: Path) -> Iterator[tuple[str, str]]:
    """Yield what of the tables is translated, each with the file that it stands in."""
    for name, table in read_symbols(root).items():
        for symbol in table:
            for text in (symbol.name, symbol.shape):
                if re.search(r"[^\W\d_]{2}", re.sub(r"\$[^$]*\$|\([\w, *]*\)", "", text)):
                    yield text, f"{name}.toml"


def of_two_meanings(table: list[Symbol]) -> dict[str, list[str]]:
    """Return what means more than one thing in a table, with the names of its meanings."""
    meanings: dict[str, list[str]] = {}
    for symbol in table:
        for tex in symbol.match:
            meanings.setdefault(tex, []).append(symbol.name)
    return {tex: names for tex, names in meanings.items() if len(names) > 1}
