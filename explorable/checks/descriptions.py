"""How a refusal speaks of what came."""

import math
from typing import Any

import numpy as np

__all__ = ["shown"]


def shown(value: Any) -> str:
    """Return a few words for what a caller handed in, to end a message with.

    Parameters
    ----------
    value : object
        Whatever it is.

    Returns
    -------
    str
        The value, if it can be told in 60 characters, or else what it is.

    Examples
    --------
    >>> shown(2.5), shown(np.zeros((2, 3))), shown(10**400)
    ('2.5', 'an array of shape (2, 3)', 'a number of about 400 digits')
    """
    if isinstance(value, np.ndarray) and value.size != 1:
        return f"an array of shape {value.shape}"
    if isinstance(value, int) and abs(value) >= 10**30:
        sign = "negative " if value < 0 else ""
        return f"a {sign}number of about {math.log10(abs(value)):.0f} digits"
    try:
        text = repr(value.item() if isinstance(value, (np.generic, np.ndarray)) else value)
    except Exception:  # an integer within is longer than Python prints, or the class is at fault
        text = ""
    if not text or " at 0x" in text:  # an address in memory tells a reader nothing
        return f"of type {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def is_masked(value: Any) -> bool:
    """Say whether entries of an array are hidden; without importing `numpy.ma`."""
    if type(value) is np.ndarray or not isinstance(value, np.ndarray):
        return False
    return bool(np.any(getattr(value, "mask", False)))
