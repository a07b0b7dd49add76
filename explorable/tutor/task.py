"""What a task is: a right answer, small examples, and the mistakes that are known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from explorable.tutor.comparing import difference
from explorable.tutor.running import Outcome

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
    """

    name: str
    sentence: str
    wrongs: tuple[Callable[..., Any], ...] = ()
    sign: Callable[[Outcome], bool] | None = None


class Case(NamedTuple):
    """One example.

    Attributes
    ----------
    about : str
        What it tries, in a few words.
    arguments : tuple
        What the function is called with.
    blames : str
        The name of the mistake that fails here first, if no other is recognised.
    """

    about: str
    arguments: tuple[Any, ...]
    blames: str = ""


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
        Examples, from small to large.
    mistakes : tuple of Mistake
        What is recognised by name.
    adds : str
        What the library's own function does besides.
    compare : callable, optional
        ``compare(arguments, got, expected)`` says in a sentence how a result differs from the
        right one, or returns None. At first the numbers are compared.
    precision : float
        Relative error that is allowed where numbers are compared.
    draws : bool
        Whether the function draws from the generator that is its last argument.
    """

    chapter: str
    right: Callable[..., Any]
    returns: tuple[str, ...]
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]
    adds: str
    compare: Callable[[tuple[Any, ...], Any, Any], str | None] | None = None
    precision: float = 1e-6
    draws: bool = False

    def difference(self, case: Case, got: Any, expected: Any) -> str | None:
        """Say how a result differs from what was expected, or return None."""
        if self.compare is not None:
            return self.compare(case.arguments, got, expected)
        return difference(got, expected, self.returns, self.precision)


@dataclass(frozen=True)
class Seed:
    """Stands in an example for a new random generator."""

    seed: int

    def fresh(self) -> np.random.Generator:
        """Return the generator, as for every call anew."""
        return np.random.default_rng(self.seed)

    def __repr__(self) -> str:
        return f"np.random.default_rng({self.seed})"


class Watched:
    """A function that is handed to the reader's function, and remembers where it was asked.

    Parameters
    ----------
    function : callable
        What it computes.
    text : str
        How it is written in a verdict.
    """

    def __init__(self, function: Callable[[Any], Any], text: str) -> None:
        self.function, self.text = function, text
        self.places: list[Any] = []

    def fresh(self) -> "Watched":
        """Return one that has seen nothing yet."""
        return Watched(self.function, self.text)

    def __call__(self, x: Any) -> Any:
        """Compute, and remember the first thousand places."""
        if len(self.places) < 1000:
            self.places.append(np.array(x, dtype=float))
        return self.function(x)

    def __repr__(self) -> str:
        return self.text
