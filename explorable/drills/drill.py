"""A drill: what is drawn, asked, answered, and mistaken."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from explorable.trace import Program, trace_paths
from explorable.trace.pcg32 import PCG32

TRIES = 1000
"""So often numbers are drawn until they are tidy."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Draw:
    """Numbers that are drawn, each as probable as the others; see `whole` and `pick`."""

    values: tuple[float, ...]
    shape: tuple[int, ...] = ()

    def drawn(self, rng: PCG32) -> Any:
        """Return the next numbers of a generator."""
        numbers = [self.values[rng.below(len(self.values))] for _ in range(math.prod(self.shape))]
        return np.array(numbers).reshape(self.shape)[()]


def whole(low: int, high: int, *shape: int, but: Sequence[int] = ()) -> Draw:
    """Draw whole numbers from low to high, both included, except some.

    Examples
    --------
    >>> whole(-2, 2, 3, but=[0])
    Draw(values=(-2, -1, 1, 2), shape=(3,))
    """
    return Draw(tuple(each for each in range(low, high + 1) if each not in but), shape)


def pick(*values: float, shape: tuple[int, ...] = ()) -> Draw:
    """Draw from the numbers given."""
    return Draw(values, shape)


@dataclass(frozen=True)
class Drill:
    """A kind of question; see `drill`."""

    name: str
    title: str
    question: str
    solution: str
    mistakes: Mapping[str, str]
    options: tuple[str, ...]
    draws: Mapping[str, Draw]
    answers: Callable[..., Mapping[str, Any]] = field(repr=False)

    def values(self, **drawn: Any) -> Values:
        """Return what was drawn and what follows from it, by names."""
        found = self.answers(**drawn)
        if twice := drawn.keys() & found.keys():
            raise ValueError(f"{self.name}: {', '.join(sorted(twice))} is drawn and computed")
        return {**drawn, **found}

    def at(self, seed: int) -> Values:
        """Return the numbers of a question: those that are kept, the first from this seed on."""
        rng = PCG32(seed)
        for _ in range(TRIES):
            values = self.values(**{name: draw.drawn(rng) for name, draw in self.draws.items()})
            if values.get("keep", True):
                return values
        raise ValueError(f"{self.name}: {TRIES} draws from the seed {seed} and none is kept")

    def program(self) -> Program:
        """Return what the page runs: from what is drawn to all values, whose names it tells."""

        def rooted(*inputs: Any) -> tuple[list[Any], list[str]]:
            values = self.values(**dict(zip(self.draws, inputs, strict=True)))
            return list(values.values()), list(values)

        example = self.at(1)
        return trace_paths(rooted, [example[name] for name in self.draws])


def drill(
    title: str,
    *,
    question: str,
    solution: str,
    mistakes: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    **draws: Draw,
) -> Callable[[Callable[..., Mapping[str, Any]]], Drill]:
    r"""Make a drill of a function of what is drawn.

    Parameters
    ----------
    title : str
    question, solution : str
        Words with formulas between dollars, in which ``@name`` stands for a value, ``@name[0]``
        for an entry of one. A negative number gets its brackets.
    mistakes : dict
        What is said of a wrong answer, by the name of the only value that it has.
    options : sequence of str
        The answers to choose from; without, the reader writes the numbers.
    **draws : Draw
        What is drawn, in this order. Names are letters only.

    Returns
    -------
    callable
        Makes the drill of a function from what is drawn to a dict of values. ``answer`` is right,
        with options the index of the right one; ``keep``, if there, says whether the numbers are
        tidy; ``curve`` is drawn beside the question. The function must be traceable.

    Examples
    --------
    >>> @drill("Doubling", question="What is $2 \\cdot @x$?", solution="$2 \\cdot @x = @answer$.",
    ...        mistakes={"square": "This is the square."}, x=whole(3, 9))
    ... def doubling(x):
    ...     return {"answer": 2 * x, "square": x**2}
    >>> {name: int(value) for name, value in doubling.at(7).items()}
    {'x': 3, 'answer': 6, 'square': 9}
    """

    def decorate(answers: Callable[..., Mapping[str, Any]]) -> Drill:
        named = mistakes or {}
        return Drill(
            answers.__name__, title, question, solution, named, tuple(options), draws, answers
        )

    return decorate


def drills_of(module: ModuleType) -> Iterator[Drill]:
    """Yield the drills of a module, in its order."""
    return (each for each in vars(module).values() if isinstance(each, Drill))
