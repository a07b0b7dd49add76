"""The contract: a right result, or a refusal in words; nothing changed, shared, or warned of.

`result_of` makes a call. It returns the result, or a `Refusal`, or raises an `AssertionError`
that says how the contract was broken.
"""

import dataclasses
import linecache
import re
import traceback
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import explorable
import mathdl
from explorable.explore import ExplorerError
from mathdl.backward import Node
from tests.invalid_inputs.calls import Call

HOUSES = [Path(package.__file__).parent for package in (mathdl, explorable)]

NOT_WORDS = re.compile(
    r"broadcast together|operands|cannot reshape|inhomogeneous|ufunc|could not convert|not aligned"
    r"|core dimension|Singular matrix|did not converge|invalid literal|0x[0-9a-f]{6}"
)
"""What only NumPy and Python say, and addresses in memory."""

SHOUTED = re.compile(r"\bNone\b|[A-Z]{2}")
"""What names no argument of ours."""


class Refusal(NamedTuple):
    """A refusal in words."""

    message: str


def result_of(call: Call, arguments: Mapping[str, Any]) -> Any:
    """Make a call and hold it to the contract."""
    before = {name: frozen(value) for name, value in arguments.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = call.use(call.made_with(arguments))
            numbers = list(leaves(result))
        except Exception as error:
            require_words(error, call)
            result, numbers = Refusal(str(error)), []
    for name, value in arguments.items():
        assert frozen(value) == before[name], f"{name} was changed"
    for number in numbers:
        assert call.diverges or finite(number), f"not finite: {number!r}"
        assert is_own(number, arguments), f"a piece of an argument: {number!r}"
    return result


def require_words(error: Exception, call: Call) -> None:
    """Refuse an error that is not a refusal: another type, not raised by us, or not in words."""
    if broken := breach(error, call):
        said = "".join(traceback.format_exception(error))
        raise AssertionError(f"{broken}:\n{said}")


def breach(error: Exception, call: Call) -> str:
    """Say why an error is not a refusal, or nothing."""
    message = str(error)
    if raised_in(error)[0].startswith("<doctest"):
        return ""  # by an example's own function, which some values do not suit
    about = subject(message)
    named = [name for name in call.arguments if re.search(rf"\b{name}\b", about)]
    about_layers = "layers" in call.arguments and re.search(r"\b[Ll]ayer", about)
    told = call.words is not None and re.search(call.words, message)
    reasons = {
        "another error": type(error) is ValueError or isinstance(error, ExplorerError),
        "not raised by us": raised_on_purpose(error),
        "what only NumPy says": not NOT_WORDS.search(message),
        "too long": len(message) < 500,
        "its subject is no argument": named or about_layers or told,
        "no name of ours": " must " not in message or not SHOUTED.search(about),
    }
    return ", ".join(reason for reason, is_kept in reasons.items() if not is_kept)


def subject(message: str) -> str:
    """Return what a refusal is about: "x" in "x must hold real numbers, but holds text."."""
    return message.partition(" must ")[0]


def raised_on_purpose(error: Exception) -> bool:
    """Say whether an error comes from a `raise` in the library itself."""
    file, line = raised_in(error)
    ours = any(map(Path(file).is_relative_to, HOUSES))
    return ours and linecache.getline(file, line).lstrip().startswith("raise ")


def raised_in(error: Exception) -> tuple[str, int]:
    """Return the file and the line in which an error arose."""
    frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
    return frame.f_code.co_filename, line


def leaves(result: Any) -> Iterator[Any]:
    """Yield every number and array in a result."""
    if isinstance(result, (str, bytes)):
        return
    if isinstance(result, (np.ndarray, np.generic, float, int, complex)):
        yield result
    elif isinstance(result, Mapping):
        for value in result.values():
            yield from leaves(value)
    elif isinstance(result, (list, tuple)):
        for value in result:
            yield from leaves(value)
    elif dataclasses.is_dataclass(result) and not isinstance(result, type):
        for field in dataclasses.fields(result):
            yield from leaves(getattr(result, field.name))
    elif isinstance(result, Node):
        yield from (result.value, result.adjoint)


def finite(number: Any) -> bool:
    """Say whether a number or array of a result holds finite numbers only."""
    if isinstance(number, int):
        return True
    array = np.asarray(number)
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def is_own(number: Any, arguments: Any) -> bool:
    """Say whether writing to an array of a result leaves the arguments as they are."""
    if not isinstance(number, np.ndarray) or not number.flags.writeable:
        return True
    return not any(
        isinstance(given, np.ndarray) and np.shares_memory(number, given)
        for given in leaves(arguments)
    )


def frozen(value: Any) -> Any:
    """Return something that tells whether a value has changed."""
    if isinstance(value, np.ma.MaskedArray):
        return frozen(value.data), frozen(np.ma.getmaskarray(value))
    if isinstance(value, np.ndarray):
        content = list(map(id, value.flat)) if value.dtype.hasobject else value.tobytes()
        return value.dtype, value.shape, content
    if isinstance(value, (list, tuple)):
        return [frozen(each) for each in value]
    if isinstance(value, Mapping):
        return {key: frozen(each) for key, each in value.items()}
    return id(value)


def same(first: Any, second: Any, tolerance: float) -> bool:
    """Say whether two results hold the same numbers up to round-off."""
    one, two = list(leaves(first)), list(leaves(second))
    return len(one) == len(two) and all(
        near(a, b, tolerance) for a, b in zip(one, two, strict=True)
    )


def near(one: Any, two: Any, tolerance: float) -> bool:
    """Say whether two arrays or numbers agree, measured by their largest number."""
    a, b = np.asarray(one), np.asarray(two)
    if a.shape != b.shape or a.dtype.kind not in "fc" or b.dtype.kind not in "fc":
        return a.shape == b.shape and bool((a == b).all())
    known = np.isfinite(b)
    if not np.array_equal(a[~known], b[~known], equal_nan=True):
        return False
    size = float(np.abs(b[known]).max(initial=0))
    return bool((np.abs(a[known] - b[known]) <= tolerance * size).all())
