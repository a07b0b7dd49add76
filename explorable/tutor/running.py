"""Calling a reader's function so that nothing it does can harm the judge."""

import contextlib
import inspect
import io
import linecache
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from explorable.originals import originals
from explorable.tutor.comparing import as_numbers


class Raised(NamedTuple):
    """An exception, as far as it can be told."""

    kind: str  # the name of its class
    text: str
    line: str = ""  # of the reader's function from which it came, if it is known


class Outcome(NamedTuple):
    """What came of a call."""

    arguments: tuple[Any, ...]  # as the call left them
    value: Any = None
    raised: Raised | None = None
    changed: int | None = None  # the position of an argument that was changed


class _Silence(io.TextIOBase):
    """Where a function may print while it is judged."""

    def write(self, text: str) -> int:
        return len(text)


def run(function: Callable[..., Any], arguments: Sequence[Any]) -> Outcome:
    """Call a function with copies of some arguments, and catch whatever happens.

    With a `Seed` among them it is called several times, and a list is returned. What was printed
    is lost.
    """
    given = tuple(map(fresh, arguments))
    calls = getattr(arguments[-1], "calls", 0)
    value, raised = None, None
    with (
        originals(),
        contextlib.redirect_stdout(_Silence()),
        contextlib.redirect_stderr(_Silence()),
        np.errstate(all="ignore"),  # as in the page, where right numbers are all that counts
        warnings.catch_warnings(action="ignore"),
    ):
        try:
            value = function(*given)
            if calls and value is not None and value is not ...:
                value = [value]
                for call in range(1, calls):
                    given = (*map(fresh, arguments[:-1]), arguments[-1].fresh(call))
                    value.append(function(*given))
        except BaseException as error:  # SystemExit too: a verdict has to come of it
            raised = Raised(kind_of(error), _text(error), _line(error, function))
    if inspect.iscoroutine(value):
        value.close()
    pairs = zip(given, arguments, strict=True)
    changed = [place for place, (now, before) in enumerate(pairs) if not _same(now, before)]
    return Outcome(given, value, raised, changed[0] if changed else None)


def overflowed(outcome: Outcome) -> bool:
    """Say whether a result holds what is not finite, or was too large for one."""
    if outcome.raised is not None:
        return outcome.raised.kind in ("OverflowError", "FloatingPointError")
    parts = outcome.value if isinstance(outcome.value, tuple) else (outcome.value,)
    arrays = [part for part in map(as_numbers, parts) if part is not None]
    return any(not np.isfinite(array.astype(float)).all() for array in arrays)


def is_blank(function: Callable[..., Any]) -> bool:
    """Say whether a function has no body yet: only ``...``, ``pass`` or a docstring."""
    code = function.__code__ if inspect.isfunction(function) else None
    bodies = [blank.__code__.co_code for blank in (_dots, _described)]
    return code is not None and not code.co_names and code.co_code in bodies


def _dots() -> None: ...


def _described() -> None:
    """Do nothing."""


def fresh(value: Any) -> Any:
    """Copy an argument, so that a call can harm nothing but the copy."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [fresh(part) for part in value]
    return value.fresh() if hasattr(value, "fresh") else value


def _same(now: Any, before: Any) -> bool:
    """Say whether an argument is what it was, up to the rounding of a step there and back."""
    if isinstance(before, np.ndarray):
        return now.shape == before.shape and np.allclose(now, before, rtol=1e-12, atol=1e-15)
    if isinstance(before, list):
        return len(now) == len(before) and all(map(_same, now, before))
    return not isinstance(before, (int, float)) or np.array_equal(now, before)


def kind_of(error: BaseException) -> str:
    """Return the name of an exception's class, whatever a class of its own says of that."""
    name: str = vars(type)["__name__"].__get__(type(error))
    return name


def _text(error: object) -> str:
    """Return what an exception says, in at most 200 characters of one line."""
    try:
        text = " ".join(str(error).split())
    except BaseException:  # even that may fail
        return ""
    return text if len(text) <= 200 else f"{text[:199]}…"


def _line(error: BaseException, function: Callable[..., Any]) -> str:
    """Return the line of the function itself that was being run."""
    code = function.__code__ if inspect.isfunction(function) else None
    found = ""
    trace = error.__traceback__
    while trace is not None and code is not None:
        if trace.tb_frame.f_code is code:
            found = linecache.getline(code.co_filename, trace.tb_lineno).strip()
        trace = trace.tb_next
    return found
