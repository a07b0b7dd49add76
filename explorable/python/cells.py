"""The cells of a notebook, and which of them another one needs."""

import ast
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from explorable.python.absent import without_absent
from explorable.python.names import Names, find_names

Found = TypeVar("Found")


@dataclass(frozen=True)
class Cell:
    """A cell of code, as it stands among the others; its tree is empty if it is no Python."""

    key: str
    source: str
    tree: ast.Module  # what of it can run in a page
    names: Names  # what that does with names
    needs_notebook: bool  # whether there is more


class Notebook:
    """The cells of code of a notebook, from top to bottom, by their keys.

    >>> notebook = Notebook([("a", "x = 1"), ("b", "y = 2"), ("c", "print(x)")])
    >>> notebook.needed(2)
    [0]
    """

    def __init__(self, cells: Iterable[tuple[str, str]]) -> None:
        self.originals = self.sources = dict(cells)
        self.keys = list(self.sources)
        self.known: dict[tuple[str, int], Any] = {}  # what was found out since the last edit
        self.cells = list(self._read())

    def edit(self, sources: Mapping[str, str]) -> None:
        """Let cells have other codes, and all others their own."""
        edited = self.originals | {key: sources[key] for key in sources if key in self.originals}
        if edited != self.sources:
            self.sources = edited
            self.known.clear()
            self.cells = list(self._read())

    def _read(self) -> Iterator[Cell]:
        lacking: frozenset[str] = frozenset()
        for key, source in self.sources.items():
            tree, names, needs_notebook, lacking = _read(source, lacking)
            yield Cell(key, source, tree, names, needs_notebook)

    def needed(self, position: int) -> list[int]:
        """List the cells above that must have run before this one, from top to bottom.

        With each cell stand all those that it needs in its turn.
        """
        return self._once(self._needed, position)

    def changed(self, position: int) -> set[str]:
        """Return the names from above whose objects a cell may change."""
        return self._once(self._changed, position)

    def _once(self, find: Callable[[int], Found], position: int) -> Found:
        """Find out once what there is to say of a position, until a cell is edited."""
        key = find.__name__, position
        if key not in self.known:
            self.known[key] = find(position)
        found: Found = self.known[key]
        return found

    def _needed(self, position: int) -> list[int]:
        found: set[int] = set()
        pending = [(name, position) for name in self._used(position)]
        seen = set(pending)
        while pending:
            name, below = pending.pop()
            for writer in self.writers(name, below):
                found |= {writer, *self.needed(writer)}
                above = {(each, writer) for each in self._used(writer)}
                # A function looks names up when it is called, which may be here.
                now = {(each, position) for each in self.cells[writer].names.later}
                pending += (above | now) - seen
                seen |= above | now
        return sorted(found)

    def _used(self, position: int) -> set[str]:
        """Return what a cell reads, and what changes with that, for they are copied together."""
        return self.changed(position) | self.cells[position].names.reads

    def writers(self, name: str, below: int) -> Iterator[int]:
        """Yield the cell above a position that makes a name, and those that change it since."""
        maker = self.maker(name, below)
        if maker is None:
            return
        yield maker
        for position in range(maker + 1, below):
            if name in self.changed(position):
                yield position

    def maker(self, name: str, below: int) -> int | None:
        """Return the last cell above a position that binds a name."""
        above = range(below - 1, -1, -1)
        return next((each for each in above if name in self.cells[each].names.binds), None)

    def _changed(self, position: int) -> set[str]:
        names = self.cells[position].names
        made: dict[str, Names] = {}
        for above in self.cells[:position]:
            made |= dict.fromkeys(above.names.binds, above.names)
        kept = {name for name in made if name not in made[name].imports}
        random = {name for name in names.reads & kept if name in made[name].random}
        shares, sources = (
            {name: getattr(made[name], kind).get(name, set()) & kept for name in kept}
            for kind in ("shares", "sources")
        )
        held = {name: {other for other in kept if name in shares[other]} for name in kept}
        # What is imported is the library's, whose functions change nothing.
        own = names.touches.keys() - made.keys() | kept
        touched = {name for root in own & names.touches.keys() for name in names.touches[root]}
        # What the cell itself has made is not from above, but what that was made of may be.
        fresh = names.binds - names.reads
        touched = _closure(
            touched, lambda name: names.sources.get(name, ()) if name in fresh else ()
        )
        touched = _closure(touched & kept - fresh, lambda name: sources[name])
        return random | _closure(
            touched | names.changes & kept, lambda name: shares[name] | held[name]
        )


@functools.lru_cache(maxsize=1000)  # of which an edit changes one, as a rule
def _read(source: str, lacking: frozenset[str]) -> tuple[ast.Module, Names, bool, frozenset[str]]:
    """Return what of a cell can run, its names, whether there is more, and what lacks below."""
    try:
        whole = ast.parse(source)
        tree, below = without_absent(whole, lacking)
        return tree, find_names(tree), len(tree.body) < len(whole.body), below
    except (SyntaxError, ValueError):  # a reader's, or a null byte
        return ast.Module([], []), Names(), False, lacking


def _closure(names: Iterable[str], related: Callable[[str], Iterable[str]]) -> set[str]:
    """Add to names their relatives, and the relatives of these."""
    found, pending = set(), set(names)
    while pending:
        found |= pending
        pending = {other for name in pending for other in related(name)} - found
    return found
