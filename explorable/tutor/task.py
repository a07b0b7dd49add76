"""What a task is: a right answer, small examples, and the mistakes that are known."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from explorable.tutor.chance import Measure, features_differ
from explorable.tutor.comparing import as_numbers, difference
from explorable.tutor.running import Outcome, fresh

TITLES: dict[str, str] = {}
"""How a verdict calls the chapters; a `Tutor` registers those of its book."""


@dataclass(frozen=True)
class Mistake:
    """A mistake that many make.

    Attributes
    ----------
    name : str
        What the verdict calls it.
    sentence : str
        The sentence of the chapter that it contradicts, word for word.
    wrongs : tuple of callable
        Functions that make the mistake, each in its own way. A reader's function that gives the
        same results makes it too, however it is spelled.
    sign : callable, optional
        ``sign(outcome) -> bool``: another way to recognise the mistake, where its results vary.
        It has to hold in every example that fails.
    """

    name: str
    sentence: str
    wrongs: tuple[Callable[..., Any], ...] = ()
    sign: Callable[[Outcome], bool] | None = None


class Case(NamedTuple):
    """One example: what it tries, in a few words, and what the function is called with."""

    about: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Task:
    """A function that the reader is asked to write.

    Attributes
    ----------
    chapter : str
        The chapter's stem.
    right : callable
        The right function; its signature is the one asked for.
    returns : tuple of str
        What the function returns: one name, or the names of several results.
    cases : tuple of Case
        Examples, from small to large, that a verdict shows.
    fresh : callable
        ``fresh(rng)`` draws the arguments of another example, from all for which the function is
        asked.
    mistakes : tuple of Mistake
        What is recognised by name.
    adds : str
        What the library's own function does besides.
    compare : callable, optional
        ``compare(arguments, got, expected)`` says in a sentence how a result differs from the
        right one, or returns None. At first the numbers are compared.
    precision : float
        Relative error that is allowed where numbers are compared.
    measure : callable, optional
        For a function that draws from the generator that is its last argument: what can be
        measured of its results. The generator is a `Seed` with a number of calls.
    """

    chapter: str
    right: Callable[..., Any]
    returns: tuple[str, ...]
    cases: tuple[Case, ...]
    fresh: Callable[[np.random.Generator], tuple[Any, ...]]
    mistakes: tuple[Mistake, ...]
    adds: str
    compare: Callable[[tuple[Any, ...], Any, Any], str | None] | None = None
    precision: float = 1e-6
    measure: Measure | None = None

    def difference(self, case: Case, got: Any, expected: Any) -> str | None:
        """Say how a result differs from what was expected, or return None."""
        if self.measure is not None:
            return features_differ(self.measure, tuple(map(fresh, case.arguments)), got)
        if self.compare is not None:
            return self.compare(case.arguments, got, expected)
        return difference(got, expected, self.returns, self.precision, _size(case.arguments))


def _size(arguments: Any) -> float:
    """Return the size of the largest number in arguments, beside which rounding is counted."""
    if isinstance(arguments, (list, tuple)):
        return max(map(_size, arguments), default=0.0)
    numbers = as_numbers(arguments)
    return 0.0 if numbers is None else float(np.abs(numbers.astype(float)).max(initial=0.0))


@dataclass(frozen=True)
class Seed:
    """Stands in an example for new random generators, one for each of some calls.

    The seed is that of the first; each next has the next.
    """

    seed: int
    calls: int

    def fresh(self, call: int = 0) -> np.random.Generator:
        """Return the generator of a call."""
        return np.random.default_rng(self.seed + call)

    def __repr__(self) -> str:
        return "np.random.default_rng(k)"


class Watched:
    """A function that is handed to the reader's function, and remembers where it was asked.

    The text says how it is written, in a verdict too.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.function: Callable[[Any], Any] = eval(text, {"np": np})
        self.places: list[Any] = []

    def fresh(self) -> "Watched":
        """Return one that has seen nothing yet."""
        new = copy.copy(self)
        new.places = []
        return new

    def __call__(self, x: Any) -> Any:
        """Compute, and remember the first thousand places."""
        if len(self.places) < 1000:
            self.places.append(np.array(x, dtype=float))
        return self.function(x)

    def __repr__(self) -> str:
        return self.text
