"""What is not a number: lists, functions, text, names, sources of random numbers."""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import numpy as np

from explorable.checks.descriptions import shown

__all__ = [
    "a_flag",
    "a_function",
    "a_text",
    "an_instance",
    "known_name",
    "listed",
    "random_generator",
]

Instance = TypeVar("Instance")


def listed(value: Any, name: str, of: str = "") -> list[Any]:
    """Return the entries of a list, a tuple, a range or an array with one axis.

    Examples
    --------
    >>> listed("64", "sizes", "widths")
    Traceback (most recent call last):
    ...
    ValueError: sizes must be a list of widths, but is '64'.
    """
    if not isinstance(value, (list, tuple, range, np.ndarray)) or getattr(value, "ndim", 1) != 1:
        wanted = f"a list of {of}" if of else "a list"
        raise ValueError(f"{name} must be {wanted}, but is {shown(value)}.")
    return list(value)


def a_function(value: Any, name: str) -> Callable[..., Any]:
    """Return what can be called.

    Examples
    --------
    >>> a_function(2.0, "gradient")
    Traceback (most recent call last):
    ...
    ValueError: gradient must be a function, but is 2.0.
    """
    if not callable(value):
        raise ValueError(f"{name} must be a function, but is {shown(value)}.")
    return value  # type: ignore[no-any-return]


def a_text(value: Any, name: str) -> str:
    """Return text; bytes are none.

    Examples
    --------
    >>> a_text(3, "label")
    Traceback (most recent call last):
    ...
    ValueError: label must be text, but is 3.
    """
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text, but is {shown(value)}.")
    return str(value)


def a_flag(value: Any, name: str) -> bool:
    """Return True or False.

    Examples
    --------
    >>> a_flag("no", "bias")
    Traceback (most recent call last):
    ...
    ValueError: bias must be True or False, but is 'no'.
    """
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} must be True or False, but is {shown(value)}.")
    return bool(value)


def an_instance(value: Any, name: str, kind: type[Instance]) -> Instance:
    """Return an object of a class.

    Examples
    --------
    >>> an_instance("text", "fit", dict)
    Traceback (most recent call last):
    ...
    ValueError: fit must be a dict, but is 'text'.
    """
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOaeio" else "a"
        raise ValueError(f"{name} must be {article} {kind.__name__}, but is {shown(value)}.")
    return value


def known_name(value: Any, name: str, names: Collection[str]) -> str:
    """Return a name that is in a table.

    Examples
    --------
    >>> known_name("rely", "activation", ["relu", "tanh"])
    Traceback (most recent call last):
    ...
    ValueError: activation must be one of 'relu', 'tanh', but is 'rely'.
    """
    if not isinstance(value, str) or value not in names:
        choices = ", ".join(map(repr, names))
        raise ValueError(f"{name} must be one of {choices}, but is {shown(value)}.")
    return str(value)


def random_generator(value: Any, name: str = "rng") -> np.random.Generator:
    """Return a source of random numbers, which the caller must hand in; a seed is none."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy.random.Generator, for example "
            f"numpy.random.default_rng(0), but is {shown(value)}."
        )
    return value
