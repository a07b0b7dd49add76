"""What a trace writes down: nodes of a graph, equal ones once, and the decisions of each path."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

MOST_PATHS = 400
"""How often a function's ifs may fork in all."""

_OWN = Path(__file__).parent
_PASSED_OVER = tuple(
    f"{folder}/" for folder in (_OWN, _OWN.parent / "checks", Path(np.__file__).parent)
)
_TOKEN = re.compile("\ue000([0-9]+)\ue001")


class TraceError(ValueError):
    """What a page could not do as NumPy does it; says where it stands, and the cure."""


def where() -> str:
    """Return file and line of the author's code that runs now."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        name = frame.f_code.co_filename
        skipped = name.startswith((*_PASSED_OVER, "<")) or name.endswith(
            ("/contextlib.py", "/functools.py", "/explorable/sentences.py")
        )
        if not skipped:
            break
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


PICK = "pick with gather(array, np.rint(index).astype(int))"
"""The cure for what is no whole number, such as a slider's value, where an index has to be one."""


def refuse(what: str, cure: str) -> NoReturn:
    """Refuse what cannot be traced."""
    raise TraceError(f"{where()}: {what} cannot be traced; {cure}.")


class Text(str):
    """A string in which tokens stand for what the page writes there: it cannot be compared."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            refuse("a comparison of a text", "compare the numbers that it is made of")
        return str(self) == str(other)

    __hash__ = str.__hash__


class Node:
    """A value of a traced function: its number in the graph of the path that made it.

    A view also has its base, the base's number when the view was made, and how it was picked.
    """

    def __init__(self, path: Run, number: int) -> None:
        self.path, self.number = path, number
        self.base: tuple[Any, int, Any] | None = None


class Graph:
    """The nodes of one function, shared by its paths."""

    def __init__(self, outer: Run | None) -> None:
        self.outer = outer  # the path of the function that calls this one
        self.nodes: list[tuple[str, tuple[int, ...], Any]] = []
        self.numbers: dict[Any, int] = {}
        self.constants: dict[int, Any] = {}
        self.patterns: list[tuple[int, str]] = []
        self.captured: dict[int, int] = {}  # nodes of the outer path, with the inputs for them
        self.fixed: dict[tuple[int, int], int] = {}  # lengths now plain numbers, by node, axis

    def add(self, operation: str, args: tuple[int, ...] = (), more: Any = ()) -> int:
        """Return the number of a node, which is new or equal to an earlier one."""
        node = operation, args, more
        if node not in self.numbers:
            self.numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self.numbers[node]

    def input(self, pattern: str) -> int:
        """Return a new input; the pattern has one letter for each axis, ``1`` or ``n``."""
        number = self.add("input", (), len(self.patterns))
        self.patterns.append((number, pattern))
        return number

    def constant(self, value: Any) -> int:
        """Return the node of numbers that the function brings along."""
        array = np.asarray(value)
        if array.dtype.kind not in "biuf" or array.dtype == np.float32:
            refuse(f"an array of {array.dtype}", "use float64, whole numbers or booleans")
        array = np.ascontiguousarray(array, float).reshape(array.shape)
        number = self.add("constant", (), (array.shape, array.tobytes()))
        self.constants[number] = array
        return number


class Run:
    """One path through a function: its first ifs are planned, the others decided by examples."""

    def __init__(self, graph: Graph, planned: list[bool]) -> None:
        self.graph, self.planned = graph, planned
        self.taken: dict[int, bool] = {}  # the nodes that were asked, with the answers
        self.astray = False  # whether an answer contradicts the examples
        self.place = ""  # where it was asked last

    def decide(self, node: Node, example: bool) -> bool:
        """Answer an if."""
        number = self.lift(node)
        if number not in self.taken:
            asked = len(self.taken)
            answer = self.planned[asked] if asked < len(self.planned) else example
            self.taken[number], self.place = answer, where()
            self.astray |= answer != example
        return self.taken[number]

    def lift(self, value: Any) -> int:
        """Return the number of a node for a traced value, a text, or a constant."""
        if isinstance(value, str):
            return STATE.text(self, value)
        if not isinstance(value, Node):
            return self.graph.constant(value)
        base = value.base
        while base is not None:
            if base[0].number != base[1]:
                refuse("a view of an array that was written to", "make the view afterwards")
            base = base[0].base
        if value.path is self:
            return value.number
        if self.graph.outer is None or value.path not in STATE.runs:
            refuse("a value kept from another call", "compute it where it is used")
        outer = self.graph.outer.lift(value)
        if outer not in self.graph.captured:
            self.graph.captured[outer] = self.graph.input(pattern_of(value))
        return self.graph.captured[outer]


def pattern_of(value: Any) -> str:
    """Return a letter for each axis: ``1`` where the length is 1, ``n`` where it is another."""
    shape = np.shape(getattr(value, "value", 0) if isinstance(value, Node) else value)
    return "".join("1" if length == 1 else "n" for length in shape)


class State:
    """What is being traced now."""

    def __init__(self) -> None:
        self.runs: list[Run] = []  # the last is being followed, those before called it
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.words: dict[str, int] = {}  # templates and words that a reader sees, numbered
        self.tokens: list[Node] = []  # of texts, for which tokens stand in strings
        self.token_of: dict[tuple[int, int], int] = {}
        self.programs: dict[str, int] = {}  # what they hold: equal ones are one
        self.memory: dict[Any, Any] = {}  # programs by function, static arguments and shapes

    @property
    def on(self) -> bool:
        """Whether a function is being traced."""
        return bool(self.runs)

    @contextlib.contextmanager
    def running(self, run: Run) -> Iterator[None]:
        """Follow a path."""
        self.runs.append(run)
        try:
            with np.errstate(all="ignore"):
                yield
        finally:
            self.runs.pop()

    def token(self, number: int) -> str:
        """Return the characters that stand in a string for a node of the present path."""
        run = self.runs[-1]
        key = id(run), number
        if key not in self.token_of:
            self.token_of[key] = len(self.tokens)
            self.tokens.append(Node(run, number))
        return Text(f"\ue000{self.token_of[key]}\ue001")

    def text(self, run: Run, written: str, *, word: bool = False) -> int:
        """Return the node of a string, in which tokens may stand for nodes.

        A string without tokens is translated if it is a `word`.
        """
        pieces = _TOKEN.split(written)
        if len(pieces) == 1:
            if word and written:
                number = self.words.setdefault(written, len(self.words))
                return run.graph.add("text", (), (number,))
            return run.graph.add("join", (), (written,))
        nodes = tuple(run.lift(self.tokens[int(token)]) for token in pieces[1::2])
        if pieces[::2] == ["", ""]:
            return nodes[0]
        return run.graph.add("join", nodes, tuple(pieces[::2]))


STATE = State()


def follow(graph: Graph, run_once: Callable[[], Any]) -> Any:
    """Run a function along every path; return the tree of its decisions.

    `run_once` runs it in the present path and returns a leaf; a tree is a leaf, or a list of the
    node that was asked, the tree if it is true, and that if not.
    """
    n_paths = 0

    def branch(planned: list[bool]) -> Any:
        nonlocal n_paths
        n_paths += 1
        run = Run(graph, planned)
        with STATE.running(run):
            try:
                tree = run_once()
            except TraceError:
                raise
            except (ValueError, ArithmeticError) as error:
                if isinstance(error.__cause__, TraceError):  # which NumPy told in its own words
                    raise error.__cause__ from None
                if not run.astray:
                    raise
                tree = {"raises": str(error)}
        asked = list(run.taken.items())
        if n_paths > MOST_PATHS:
            raise TraceError(
                f"{run.place}: more than {MOST_PATHS} paths cannot be traced; put an if that "
                "forks into a function with @program, or write it with np.where."
            )
        for position in range(len(asked) - 1, len(planned) - 1, -1):
            node, answer = asked[position]
            other = branch([told for _, told in asked[:position]] + [not answer])
            if other != tree:
                tree = [node, tree, other] if answer else [node, other, tree]
        return tree

    return branch([])
