"""Texts whose fields are traced: a token stands for each in Python's strings."""

from __future__ import annotations

import string
from typing import Any

from explorable.trace.graph import STATE
from explorable.trace.traced import Length, Traced, record, traced


def filled(template: str, values: dict[str, Any]) -> str:
    """Return the token of a template with its fields, to be filled and translated in the page."""
    run = STATE.runs[-1]
    names = sorted({name for _, name, _, _ in string.Formatter().parse(template) if name})
    args, whole = [], ""
    for name in names:
        value = values[name]
        value = value.traced() if isinstance(value, Length) else value
        number = isinstance(value, (Traced, int, float)) or hasattr(value, "dtype")
        args.append(run.lift(value) if number else STATE.text(run, str(value), word=True))
        kind = getattr(getattr(value, "dtype", None), "kind", "")
        whole += "d" if number and (isinstance(value, int) or kind in ("i", "u")) else " "
    word = STATE.words.setdefault(template, len(STATE.words))
    more = (word, tuple(names), whole) if names else (word,)
    return STATE.token(run.graph.add("text", tuple(args), more))


def number_text(value: Any, spec: str) -> str:
    """Return the token of a number as the book writes it."""
    value = traced(value)
    more = (spec, value.dtype.kind in "iu", True)
    return STATE.token(record("number", (value,), None, more).number)


def is_traced(value: Any) -> bool:
    """Return whether a value is a traced number or length."""
    return STATE.on and isinstance(value, (Traced, Length))
