r"""What each letter of the formulas means: one table a chapter, and two for the whole book.

A table is a file ``<name>.toml`` in the folder that the book names, with a line for each symbol:
its TeX, what it is called, its shape or range, the equation or the section that defines it, its
names in the chapter's code and in the library. A symbol with ``in`` means this there only: in the
sections, exercises or equations with these ids. A function that computes an equation needs no line
where formulas call it by its name in code: ``\operatorname{softmax}``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS
from explorable.library.equation_sources import KERNELS, marked

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
    explained = {tex for table in tables.values() for symbol in table for tex in symbol.tex}
    for symbol, stem in _functions(root, tables.keys() - {*BOOK}):
        if not explained & {*symbol.tex}:
            explained |= {*symbol.tex}
            tables[stem].append(symbol)
    return tables


def _functions(root: Path, stems: Set[str]) -> Iterator[tuple[Symbol, str]]:
    """Yield functions that compute equations and that their chapter's formulas call by name."""
    written = {
        path.stem: path.read_text(encoding="utf-8").replace(r"\\", "\\")
        for path in (root / SETTINGS.chapters).glob("*.ipynb")
        if path.stem in stems
    }
    for label, code in marked(root, KERNELS, "equation") if KERNELS else ():
        stem, name = code.name.split(".")[1], code.name.rpartition(".")[2]
        tex = rf"\operatorname{{{name}}}"
        if tex in written.get(stem, ""):
            yield Symbol((tex,), f"`{name}`", at=(label,), library=(name,), match=(tex,)), stem


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
                if re.search(r"[^\W\d_]{2}", re.sub(r"\$[^$]*\$|`[^`]*`|\([\w, *]*\)", "", text)):
                    yield text, f"{name}.toml"


def of_two_meanings(table: list[Symbol]) -> dict[str, list[str]]:
    """Return what means more than one thing in a table, with the names of its meanings."""
    meanings: dict[str, list[str]] = {}
    for symbol in table:
        for tex in symbol.match:
            meanings.setdefault(tex, []).append(symbol.name)
    return {tex: names for tex, names in meanings.items() if len(names) > 1}
