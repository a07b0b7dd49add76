"""Single numbers, and the intervals that they lie in."""

import functools
import math
import operator
from typing import Any, NamedTuple, cast

import numpy as np

from explorable.checks.descriptions import is_masked, shown
from explorable.trace.texts import is_traced

__all__ = ["finite_number", "number_in", "whole_number"]


class Interval(NamedTuple):
    """The numbers between two ends, one or both of which may belong to it."""

    lower: float
    upper: float
    with_lower: bool
    with_upper: bool

    @classmethod
    @functools.cache
    def of(cls, text: str) -> "Interval":
        """Read an interval as it is written, such as ``"[0, 1)"`` or ``"(0, inf)"``."""
        lower, upper = text[1:-1].split(",")
        return cls(float(lower), float(upper), text[0] == "[", text[-1] == "]")

    def __str__(self) -> str:
        left, right = "[" if self.with_lower else "(", "]" if self.with_upper else ")"
        return f"{left}{self.lower:g}, {self.upper:g}{right}"

    @property
    def words(self) -> str:
        """What is said of a number within."""
        if self.upper == math.inf:
            return f"{'at least' if self.with_lower else 'greater than'} {self.lower:g}"
        if self.lower == -math.inf:
            return f"{'at most' if self.with_upper else 'less than'} {self.upper:g}"
        return f"in {self}"

    def require(self, numbers: Any, name: str) -> None:
        """Refuse a number, or an array in which some number, lies outside."""
        if is_traced(numbers):
            return
        above = numbers >= self.lower if self.with_lower else numbers > self.lower
        below = numbers <= self.upper if self.with_upper else numbers < self.upper
        inside = above & below
        if not np.all(inside):
            worst = np.asarray(numbers)[~np.asarray(inside)].flat[0]
            verb = "be" if math.inf in (self.upper, -self.lower) else "lie"
            subject = "one of its numbers is" if np.ndim(numbers) else "is"
            raise ValueError(f"{name} must {verb} {self.words}, but {subject} {worst:g}.")


def finite_number(value: Any, name: str) -> float:
    """Return one finite real number, which may come as an array that holds one.

    Examples
    --------
    >>> finite_number(float("nan"), "slope")
    Traceback (most recent call last):
    ...
    ValueError: slope must be one finite real number, but is nan.
    """
    one = value
    if is_traced(value):
        return cast("float", value.item())
    if isinstance(value, np.ndarray) and value.size == 1 and not is_masked(value):
        one = value.item()
    if isinstance(one, (int, float, np.integer, np.floating)) and not isinstance(one, bool):
        try:
            number = float(one)
        except OverflowError:  # an integer with hundreds of digits
            number = math.inf
        if math.isfinite(number):
            return number + 0.0  # −0.0 becomes 0.0
    raise ValueError(f"{name} must be one finite real number, but is {shown(value)}.")


def number_in(value: Any, name: str, within: str) -> float:
    """Return one number from an interval.

    Examples
    --------
    >>> number_in(1, "decay", "[0, 1)")
    Traceback (most recent call last):
    ...
    ValueError: decay must lie in [0, 1), but is 1.
    """
    found = finite_number(value, name)
    Interval.of(within).require(found, name)
    return found


def whole_number(value: Any, name: str, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return one integer from a range. What is only counted may be larger than 10⁹.

    Examples
    --------
    >>> whole_number(2.5, "n_steps")
    Traceback (most recent call last):
    ...
    ValueError: n_steps must be an integer of at least 1, but is 2.5.
    """
    number = _integer(value)
    if number is None or number < at_least:
        raise ValueError(
            f"{name} must be an integer of at least {at_least}, but is {shown(value)}."
        )
    if number > at_most:
        raise ValueError(
            f"{name} must be an integer of at most {at_most:,}, but is {shown(value)}."
        )
    return number


def require_workers(value: object, name: str) -> int:
    """Return a number of workers that joblib can take: −1 stands for all cores."""
    number = _integer(value)
    if number is None or number == 0 or abs(number) > 10_000:
        raise ValueError(
            f"{name} must be an integer other than 0, from -10,000 to 10,000, "
            f"but is {shown(value)}."
        )
    return number


def _integer(value: Any) -> int | None:
    """Return an integer of any type, or None for everything else."""
    if isinstance(value, (bool, np.bool)) or is_masked(value):
        return None  # though older releases of NumPy let their own truth values index
    try:
        return operator.index(value)
    except TypeError:
        return None
