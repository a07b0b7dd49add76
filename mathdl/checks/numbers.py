"""Checks of single numbers."""

import math
import operator
from typing import Any

import numpy as np

from mathdl.checks.words import is_masked, shown


def finite_number(value: Any, name: str) -> float:
    """Return one finite real number.

    Parameters
    ----------
    value : float
        What the caller handed in: a number, or an array that holds one.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite real number.

    Examples
    --------
    >>> finite_number(float("nan"), "slope")
    Traceback (most recent call last):
    ...
    ValueError: slope must be one finite real number, but is nan.
    """
    one = value
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


def positive_number(value: Any, name: str) -> float:
    """Return one finite number greater than zero.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite number greater than zero.
    """
    number = finite_number(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0, but is {number:g}.")
    return number


def nonnegative_number(value: Any, name: str) -> float:
    """Return one finite number of at least zero.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite number of at least zero.
    """
    number = finite_number(value, name)
    if number < 0:
        raise ValueError(f"{name} must be at least 0, but is {number:g}.")
    return number


def number_between(
    value: Any, name: str, lower: float, upper: float, *, closed: str = "both"
) -> float:
    """Return one number from an interval.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.
    lower, upper : float
        The interval's ends.
    closed : {"both", "left", "right", "neither"}, default "both"
        Which ends belong to the interval.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single number in the interval.

    Examples
    --------
    >>> number_between(1, "decay", 0, 1, closed="left")
    Traceback (most recent call last):
    ...
    ValueError: decay must lie in [0, 1), but is 1.
    """
    number = finite_number(value, name)
    left, right = closed in ("both", "left"), closed in ("both", "right")
    above = number >= lower if left else number > lower
    below = number <= upper if right else number < upper
    if not (above and below):
        interval = f"{'[' if left else '('}{lower:g}, {upper:g}{']' if right else ')'}"
        raise ValueError(f"{name} must lie in {interval}, but is {number:g}.")
    return number


def whole_number(value: Any, name: str, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return one integer from a range.

    Parameters
    ----------
    value : int
        What the caller handed in.
    name : str
        What the caller calls this argument.
    at_least, at_most : int, default 1 and 1000000000
        The smallest and the largest integer allowed. Nobody computes with more than 10⁹ samples,
        steps or neurons here; what is only counted may be larger.

    Returns
    -------
    int
        The integer.

    Raises
    ------
    ValueError
        If it is not an integer, or smaller or larger than allowed.

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


def require_workers(n_jobs: object) -> int:
    """Return a number of workers that joblib can take.

    Parameters
    ----------
    n_jobs : object
        What the caller handed in.

    Returns
    -------
    int
        The number: −1 stands for all cores, as joblib has it.

    Raises
    ------
    ValueError
        If it is not an integer, is 0, or counts more workers than any cluster has.
    """
    number = _integer(n_jobs)
    if number is None or number == 0 or abs(number) > 10_000:
        raise ValueError(
            "n_jobs must be an integer other than 0, from -10,000 to 10,000, "
            f"but is {shown(n_jobs)}."
        )
    return number


def _integer(value: Any) -> int | None:
    """Return an integer of any type, or None for everything else."""
    if isinstance(value, bool) or is_masked(value):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None
