"""Calls that come from the page's script, as text, and what is answered, as text."""

import importlib
import json
from typing import Any


def answer(name: str, arguments: str) -> str:
    """
    Call a function of the library and return what it returns as JSON.

    Parameters
    ----------
    name : str
        The function with its module, such as ``"mathdl.concepts.sigmoid"``.
    arguments : str
        Its keyword arguments: a JSON object.

    Returns
    -------
    str
        ``{"value": …}``, where arrays are nested lists, or ``{"error": "Type: message"}``.

    Examples
    --------
    >>> answer("mathdl.concepts.relu", '{"z": [-1, 2]}')
    '{"value": [0.0, 2.0]}'
    >>> answer("mathdl.concepts.relu", '{}')[:20]
    '{"error": "TypeError'
    """
    try:
        module, _, function = name.rpartition(".")
        if module.partition(".")[0] != "mathdl":
            raise ValueError(f"The page may call functions of mathdl only, not {name}.")
        value = getattr(importlib.import_module(module), function)(**json.loads(arguments))
        return json.dumps({"value": value}, default=_plain, allow_nan=False, ensure_ascii=False)
    except Exception as error:  # whatever it is, the page must hear of it
        return json.dumps({"error": f"{type(error).__name__}: {error}"}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Turn what JSON does not know, arrays and numbers of NumPy, into lists and numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"The page can't be sent a {type(value).__name__}.")
