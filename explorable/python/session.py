"""Runs the cells of a page, each as if the page had been run from its top down to it."""

import ast
import builtins
import copy
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explorable.originals import restore
from explorable.python.cells import Cell, Notebook
from explorable.python.errors import describe, remember
from explorable.python.output import Output, captured
from explorable.sentences import translated

Tell = Callable[[str, str, str], object]
"""Takes a cell's key, the kind of a message and its text."""


@dataclass(frozen=True)
class Run:
    """What a cell left when it ran: which run it was, on which runs of others it stood, names."""

    number: int
    source: str
    stood_on: tuple[int, ...]
    names: dict[str, Any]


class Session:
    """The cells of a page, and what those that ran have left.

    A cell starts from what the cells above that it needs have left. Objects that it changes in
    place are copied first, so that it gives the same whenever it runs, in whatever order.

    What is told of a cell is what it prints (``"stdout"``, ``"stderr"``), shows (``"result"``) or
    fails with (``"error"``), how much was left out (``"cut"``), which task was judged, and whether
    it was right (``"judged"``, in JSON); and what it is: ``"running"``, ``"done"`` or
    ``"failed"``, the last with the number of the line, if it is known.

    >>> told = []
    >>> session = Session([("a", "x = 1"), ("b", "x + 1")], lambda *message: told.append(message))
    >>> session.run("b")
    True
    >>> [(key, kind, text) for key, kind, text in told if key == "b"]
    [('b', 'running', ''), ('b', 'result', '2'), ('b', 'done', '')]
    """

    def __init__(self, cells: Iterable[tuple[str, str]], tell: Tell) -> None:
        self.notebook = Notebook(cells)
        self.tell = tell
        self.numbers = itertools.count(1)
        self.runs: dict[int, Run] = {}
        self.namespace: dict[str, Any] = {}  # one for all, for it is what all functions see

    def edit(self, sources: Mapping[str, str]) -> None:
        """Let the cells have these codes, and the others their own."""
        self.notebook.edit(sources)

    def run(self, key: str) -> bool:
        """Run a cell, and before it those above that it needs, unless they stand as they are."""
        target = self.notebook.keys.index(key)
        if self.notebook.cells[target].needs_notebook:
            lacks = translated(
                "This cell needs Matplotlib or another package that a page lacks: run it in the "
                "notebook."
            )
            self.tell(key, "error", lacks)
            self.tell(key, "failed", "")
            return False
        for position in self.notebook.needed(target):
            if not self._stands(position) and not self._run(position):
                self.tell(key, "failed", "")
                return False
        return self._run(target)

    def _stands(self, position: int) -> bool:
        """Tell whether a cell has run with its present code, on the last runs of what it needs."""
        run = self.runs.get(position)
        return (
            run is not None
            and run.source == self.notebook.cells[position].source
            and run.stood_on == self._numbers(self.notebook.needed(position))
        )

    def _numbers(self, positions: list[int]) -> tuple[int, ...]:
        return tuple(self.runs[each].number if each in self.runs else 0 for each in positions)

    def _run(self, position: int) -> bool:
        cell = self.notebook.cells[position]
        self.runs.pop(position, None)
        self.tell(cell.key, "running", "")
        before = self._prepare(position)
        filename = _filename(cell.key)
        remember(filename, cell.source)
        output = Output(lambda kind, text: self.tell(cell.key, kind, text))
        failure: str | None = None
        with captured(output):
            try:
                try:
                    execute(cell, filename, self.namespace, output)
                finally:
                    restore()  # what it replaced in Python or NumPy harms no other press
            except BaseException as error:
                own = {_filename(each.key) for each in self.notebook.cells}
                text, line = describe(error, own, filename)
                output.write("error", text)
                failure = "" if line is None else str(line)
        if failure is not None:
            self.tell(cell.key, "failed", failure)
            return False
        left = {
            name: value
            for name, value in self.namespace.items()
            if name not in before or before[name] is not value
        }
        changed = self.notebook.changed(position) & self.namespace.keys()
        left |= {name: self.namespace[name] for name in changed}
        stood_on = self._numbers(self.notebook.needed(position))
        self.runs[position] = Run(next(self.numbers), cell.source, stood_on, left)
        self.tell(cell.key, "done", "")
        return True

    def _prepare(self, position: int) -> dict[str, Any]:
        """Fill the namespace with what the cells have left that this one needs; return a copy."""
        self.namespace.clear()
        self.namespace |= {"__name__": "__main__", "__builtins__": builtins, "input": _refuse}
        for each in self.notebook.needed(position):
            self.namespace |= self.runs[each].names
        changed = self.notebook.changed(position) & self.namespace.keys()
        self.namespace |= _copied({name: self.namespace[name] for name in changed})
        return dict(self.namespace)


def execute(cell: Cell, filename: str, namespace: dict[str, Any], output: Output) -> None:
    """Run what of a cell can run in a page; show what its last expression gives, if anything."""
    statements = (
        cell.tree.body or ast.parse(cell.source, filename).body
    )  # which says what is wrong
    last = statements[-1] if statements else None
    quiet = cell.needs_notebook or cell.source.rstrip().endswith(";")
    rest = statements[:-1] if isinstance(last, ast.Expr) else statements
    exec(compile(ast.Module(rest, []), filename, "exec"), namespace)
    if isinstance(last, ast.Expr):
        expression = compile(ast.Expression(last.value), filename, "eval")
        value = eval(expression, namespace)
        if value is not None and not quiet:
            show(value, output)


def show(value: Any, output: Output) -> None:
    """Show a value as text, and tell the page if it is a verdict."""
    task, passed = (getattr(value, name, None) for name in ("task", "passed"))
    if isinstance(task, str) and isinstance(passed, bool) and task:  # a verdict of the tutor
        output.send("judged", json.dumps([task, passed]))
    output.write("result", f"{value!r}")


def _refuse(prompt: object = "") -> str:
    """Stand in for ``input``: there is nobody to answer while the worker runs."""
    raise OSError(translated("A page can't be asked while it runs: write the answer in the code."))


def _filename(key: str) -> str:
    return f"<cell {key}>"


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Copy values together, so that what they share they share again; what can't be, is kept."""
    try:
        return copy.deepcopy(values)
    except Exception:  # an iterator, a module, an object with a will of its own
        return values
