"""The one door: what each argument must be stands above a function, whose body is its equation."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar, cast

import numpy as np

from explorable.checks.arrays import all_finite
from explorable.checks.docstrings import completed
from explorable.trace.graph import STATE
from explorable.trace.traced import looked

__all__ = ["Check", "Checked", "Given", "Lengths", "checked"]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

Given: TypeAlias = dict[str, Any]
"""A call's arguments, those checked so far in the form in which a kernel computes with them."""

Lengths: TypeAlias = dict[Any, Any]
"""The lengths that the names of axes stand for in one call."""


class Check(NamedTuple):
    """What an argument must be.

    Attributes
    ----------
    look : callable
        Takes what a caller handed in, the argument's name, the other arguments and the lengths
        known so far. Returns what a kernel computes with, or raises a `ValueError` that says in
        words what was expected and what came.
    words : str
        The same for the docstring: type, shape, range.
    """

    look: Callable[[Any, str, Given, Lengths], Any]
    words: str


class Checked(Protocol[Arguments, Result]):
    """A function that checks its arguments.

    Attributes
    ----------
    plain : callable
        The function without its checks, for inner loops whose arguments were checked before.
    """

    __name__: str
    plain: Callable[Arguments, Result]

    def __call__(self, *args: Arguments.args, **named: Arguments.kwargs) -> Result:
        """Check the arguments, then compute."""


def checked(
    *, diverges: bool = False, refuses: str = "", **checks: Check
) -> Callable[[Callable[Arguments, Result]], Checked[Arguments, Result]]:
    """Check a function's arguments before it computes, and its result for overflow afterwards.

    Parameters
    ----------
    diverges : bool, default False
        Whether infinities and NaN are results too, as those of a descent that diverges. If not,
        numbers that are fine by themselves and overflow together are refused.
    refuses : str, default ""
        For the docstring: when the function itself raises a `ValueError`.
    **checks : Check
        What each argument must be, in the order in which to look: `array` with the names of its
        axes, for example. None passes where None is the default.

    Returns
    -------
    callable
        A decorator. What it returns has an attribute ``plain``, the function without its checks,
        and a docstring in which a parameter's bare name is followed by what it must be.

    Examples
    --------
    >>> from explorable.checks import array
    >>> @checked(weights=array("n_out", "n_in"), x=array("n_samples", "n_in"))
    ... def linear(x, weights):
    ...     return x @ weights.T
    >>> linear([[1, 2]], weights=[[3, 4]])
    array([[11.]])
    >>> linear([[1, 2]], weights=[[3]])
    Traceback (most recent call last):
    ...
    ValueError: x must have shape (n_samples, 1), but its shape is (1, 2).
    >>> linear([[1e200]], weights=[[1e200]])
    Traceback (most recent call last):
    ...
    ValueError: x and weights must not be so large or so small that the result is infinite.
    """

    def decorate(function: Callable[Arguments, Result]) -> Checked[Arguments, Result]:
        parameters = inspect.signature(function).parameters
        if unknown := ", ".join(name for name in checks if name not in parameters):
            raise ValueError(f"{function.__name__} has no argument {unknown} to check.")
        words = {name: check.words for name, check in checks.items() if check.words}
        door = cast("Checked[Arguments, Result]", _door(function, parameters, checks, diverges))
        door.__doc__ = completed(
            function.__doc__ or "", parameters, words, diverges=diverges, refuses=refuses
        )
        door.plain = function
        return door

    return decorate


def _door(
    function: Callable[..., Any],
    parameters: Mapping[str, inspect.Parameter],
    checks: Mapping[str, Check],
    diverges: bool,
) -> Callable[..., Any]:
    """Return the function that checks its arguments and then calls `function`."""
    names = list(parameters)
    defaults = {p.name: p.default for p in parameters.values() if p.default is not p.empty}
    looks = [
        (name, check.look, defaults.get(name, check) is None) for name, check in checks.items()
    ]
    places = [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    known = parameters.keys()

    @functools.wraps(function)
    def door(*handed: Any, **named: Any) -> Any:
        given: Given = {**defaults, **dict(zip(places, handed, strict=False)), **named}
        twice = named and not named.keys().isdisjoint(places[: len(handed)])
        if twice or len(handed) > len(places) or given.keys() != known:
            return function(*handed, **named)  # Python says what is missing, or too much
        lengths: Lengths = {}
        traces = STATE.runs
        for name, look, optional in looks:
            if optional and given[name] is None:
                continue
            if traces:
                given[name] = looked(look, given[name], name, given, lengths)
            else:
                given[name] = look(given[name], name, given, lengths)
        if traces or diverges:
            return function(**given)
        try:
            with np.errstate(all="ignore"):
                result = function(**given)
                if all_finite(result):
                    return result
        except (ArithmeticError, np.linalg.LinAlgError):  # as floats and decompositions have it
            pass
        numbers = _numeric({n: given[n] for n in names if given[n] is not defaults.get(n, given)})
        raise ValueError(
            f"{numbers} must not be so large or so small that the result is infinite."
        )

    return door


def _numeric(arguments: Given) -> str:
    """Name the arguments that hold numbers."""
    words = (str, bool, np.random.Generator)
    names = [
        name
        for name, value in arguments.items()
        if not (value is None or callable(value) or isinstance(value, words))
    ]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
