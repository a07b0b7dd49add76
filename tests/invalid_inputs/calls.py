"""One right call of a public function."""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from explorable.drawing.toolkit import panels
from explorable.trace.pcg32 import PCG32


def itself(result: Any) -> Any:
    """Return a result as it is."""
    return result


@dataclass(frozen=True, eq=False, repr=False)
class Call:
    """A function and arguments that suit it, all of them by name.

    Attributes
    ----------
    function : callable
        What is called.
    arguments : dict
        Right values by name. Each run gets copies of them, so that a generator starts afresh.
    use : callable
        What to do with the result before it is looked at, if the result is itself a function.
    fixed : tuple of str
        Arguments that the book's own code chooses, never a reader: they are left alone.
    diverges : bool
        Whether infinities and NaN are results too, of a descent that diverges for example.
    keeps_float32 : bool
        Whether float32 comes out where only float32 went in.
    follows : str
        The argument whose type the result has, whatever that of the others is.
    same_in_float32 : bool
        Whether the result in float32 is that in float64, rounded.
    tolerance : float
        How far round-off may move the result, in units of its largest number.
    words : str, optional
        What may stand in a refusal in place of an argument's name: an operator's operand.
    """

    function: Callable[..., Any]
    arguments: dict[str, Any]
    use: Callable[[Any], Any] = itself
    fixed: tuple[str, ...] = ()
    diverges: bool = False
    keeps_float32: bool = True
    follows: str = ""
    same_in_float32: bool = True
    tolerance: float = 1e-9
    words: str | None = None

    def made_with(self, arguments: Mapping[str, Any]) -> Any:
        """Call the function: what it takes by position only goes by position."""
        parameters = inspect.signature(self.function).parameters.values()
        first = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY]
        named = {name: value for name, value in arguments.items() if name not in first}
        return self.function(*(arguments[name] for name in first), **named)

    @property
    def name(self) -> str:
        """Module and name of the function, for the reports of pytest."""
        function = self.function
        module = getattr(function, "__module__", "").partition(".")[2]
        return f"{module}.{getattr(function, '__qualname__', type(function).__name__)}"

    def __repr__(self) -> str:
        return self.name

    @property
    def varied(self) -> list[str]:
        """The arguments in whose place other values come."""
        return [name for name in self.arguments if name not in self.fixed]

    def fresh(self) -> dict[str, Any]:
        """Return copies of the arguments."""
        return {name: fresh(value) for name, value in self.arguments.items()}


def fresh(value: Any) -> Any:
    """Copy what a call could change; leave layers, functions and their like as they are."""
    if isinstance(value, Figure):
        return panels(1)[0]
    if isinstance(value, (np.ndarray, np.random.Generator, PCG32)):
        return copy.deepcopy(value)
    if type(value) in (list, tuple):
        return type(value)(fresh(each) for each in value)
    if type(value) is dict:
        return {key: fresh(each) for key, each in value.items()}
    return value


@contextmanager
def blaming(**arguments: object) -> Iterator[None]:
    """Say in a failure which argument was what."""
    try:
        yield
    except AssertionError as error:
        for name, what in arguments.items():
            error.add_note(f"{name} was: {what!r:.300}")
        raise
