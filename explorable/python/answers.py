"""Calls that come from the page's script, as text, and what is answered, as text."""

import importlib.util
import json
import os
from typing import Any

HOME = os.path.abspath(__file__).rsplit(os.sep, 3)[0]


def answer(name: str, arguments: str) -> str:
    """Call a function of the library, named with its module, and answer with a JSON object.

    So are its keyword arguments given. The answer has a ``value``, in which arrays are nested
    lists, or an ``error``.

    Examples
    --------
    >>> answer("explorable.sentences.number", '{"value": -2}')
    '{"value": "−2"}'
    >>> answer("explorable.sentences.number", '{}')[:20]
    '{"error": "TypeError'
    """
    try:
        module, _, function = name.rpartition(".")
        if not _came_along(module.partition(".")[0]):
            raise ValueError(f"The page may call functions that came with it only, not {name}.")
        value = getattr(importlib.import_module(module), function)(**json.loads(arguments))
        return json.dumps({"value": value}, default=_plain, allow_nan=False, ensure_ascii=False)
    except Exception as error:  # whatever it is, the page must hear of it
        return json.dumps({"error": f"{type(error).__name__}: {error}"}, ensure_ascii=False)


def _came_along(package: str) -> bool:
    """Tell whether a package lies beside this one: the library of the book does."""
    found = importlib.util.find_spec(package) if package else None
    origin = found.origin if found else None
    return origin is not None and os.path.dirname(os.path.dirname(origin)) == HOME


def _plain(value: Any) -> Any:
    """Turn what JSON does not know, arrays and numbers of NumPy, into lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"The page can't be sent a {type(value).__name__}.")
