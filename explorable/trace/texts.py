"""Texts whose fields are traced: a token stands for each in Python's strings."""

from __future__ import annotations

import string
from typing import Any

from explorable.trace.graph import STATE
from explorable.trace.traced import Length, Traced, require_spec


def filled(template: str, values: dict[str, Any]) -> str:
    """Return the token of a template with its fields, to be filled and translated in the page."""
    run = STATE.runs[-1]
    fields = [(name, spec) for _, name, spec, _ in string.Formatter().parse(template) if name]
    names = sorted({name for name, spec in fields if require_spec(spec or "") == spec})
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


def is_traced(value: Any) -> bool:
    """Return whether a value is a traced number or length."""
    return STATE.on and isinstance(value, (Traced, Length))
