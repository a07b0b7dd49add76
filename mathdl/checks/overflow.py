"""What overflows although each argument was fine."""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import functools
import inspect
import math
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numpy as np

from mathdl.checks.arrays import is_finite

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def refuses_overflow(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Refuse, in words, numbers with which a function leaves the range of its floats.

    Each argument may be fine by itself and still be too large, or too close to zero, for a result
    that float64 (or float32) can hold.

    Parameters
    ----------
    function : callable
        Returns numbers, arrays, or tuples, lists, dicts and dataclasses of these, which should
        all be finite.

    Returns
    -------
    callable
        The function, which raises a `ValueError` instead of returning an infinity or a NaN, and
        gives no warning.

    Notes
    -----
    What overflows in between and still ends in the right number, as e⁻ᶻ does in 1/(1 + e⁻ᶻ), is
    no error. A descent that diverges is a result: functions that return one do without.

    Examples
    --------
    >>> area = refuses_overflow(lambda width, height: width * height)
    >>> area(np.float64(2.0), np.float64(3.0))
    np.float64(6.0)
    >>> area(np.float64(1e200), np.float64(1e200))
    Traceback (most recent call last):
    ...
    ValueError: width and height must not be so large or so small that the result is infinite.
    """

    @functools.wraps(function)
    def guarded(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                result = function(*args, **named)
                in_range = all_finite(result)
        # Python's floats raise where NumPy's become infinite; so do decompositions of matrices.
        except (ArithmeticError, np.linalg.LinAlgError):
            in_range = False
        if not in_range:
            given = inspect.signature(function).bind(*args, **named).arguments
            raise ValueError(
                f"{_numeric(given)} must not be so large or so small that the result is infinite."
            )
        return result

    return guarded


def all_finite(result: Any) -> bool:
    """Say whether a result holds neither infinities nor NaN.

    Parameters
    ----------
    result : object
        A number, an array, or a tuple, list, dict or dataclass of these; anything else counts as
        finite.

    Returns
    -------
    bool
        False if one of its numbers is infinite or NaN.

    Examples
    --------
    >>> all_finite((1, [2.0, np.zeros(3)])), all_finite([0.0, np.array([np.nan])])
    (True, False)
    """
    if isinstance(result, np.ndarray):
        return result.dtype.kind != "f" or is_finite(result)
    if isinstance(result, (float, np.floating)):
        return math.isfinite(result)
    if isinstance(result, (tuple, list)):
        return all(map(all_finite, result))
    if isinstance(result, dict):
        return all_finite(list(result.values()))
    fields = getattr(result, "__dataclass_fields__", ())
    return all(all_finite(getattr(result, name)) for name in fields)


def _numeric(arguments: dict[str, Any]) -> str:
    """Name the arguments that hold numbers."""
    words = (str, bool, np.random.Generator)
    names = [
        name
        for name, value in arguments.items()
        if not (value is None or callable(value) or isinstance(value, words))
    ]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
