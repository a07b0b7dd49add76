"""Python's own names and NumPy's as they were, whatever a reader's code has replaced since."""

import builtins
import contextlib
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

_MISSING = object()
_ORIGINALS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        module.__dict__,
        {
            name: value
            for name, value in module.__dict__.items()
            if not name.startswith("_") or name in ("__import__", "__build_class__")
        },
    )
    for module in (builtins, math, np, np.linalg, np.random)
]


def restore() -> list[tuple[dict[str, Any], str, Any]]:
    """Put back what was replaced or deleted; what was added stays.

    Returns
    -------
    list of (dict, str, object)
        What was there instead, with the names of its module.

    Examples
    --------
    >>> np.exp = np.log
    >>> [name for _, name, _ in restore()], float(np.exp(0))
    (['exp'], 1.0)
    """
    found = []
    for names, originals in _ORIGINALS:  # without any name of builtins
        for name in originals:
            if names.get(name, _MISSING) is not originals[name]:
                found += [(names, name, names.get(name, _MISSING))]
                names[name] = originals[name]
    return found


@contextlib.contextmanager
def originals() -> Iterator[None]:
    """Have the originals for a while; then what was there before, and none that came since."""
    before = restore()
    try:
        yield
    finally:
        restore()
        for names, name, value in before:
            if value is _MISSING:
                del names[name]
            else:
                names[name] = value
