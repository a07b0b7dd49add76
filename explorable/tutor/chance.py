"""Comparing results that are drawn at random, by what can be measured of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from explorable.sentences import told, translated
from explorable.tutor.comparing import two_numbers


class Feature(NamedTuple):
    """Something measured of a random result.

    Attributes
    ----------
    name : str
        What it is, in words.
    value : float
        The measured number.
    slack : float
        By how much it may differ from that of a right result.
    """

    name: str
    value: float
    slack: float


Measure = Callable[[tuple[Any, ...], Any], list[Feature] | str]
"""``measure(arguments, got)``: the features of a result, or a sentence why it has none."""


def features_differ(measure: Measure) -> Callable[[tuple[Any, ...], Any, Any], str | None]:
    """Return a comparison of two results by their features.

    Parameters
    ----------
    measure : callable
        Measures a result.

    Returns
    -------
    callable
        ``compare(arguments, got, expected)``, as a task wants it.
    """

    def compare(arguments: tuple[Any, ...], got: Any, expected: Any) -> str | None:
        ours, right = measure(arguments, got), measure(arguments, expected)
        if isinstance(ours, str) or isinstance(right, str):
            return None if ours == right else f"{ours if isinstance(ours, str) else right}"
        for mine, other in zip(ours, right, strict=True):
            if not abs(mine.value - other.value) <= other.slack:
                came, wanted = two_numbers(mine.value, other.value)
                name = translated(mine.name)
                name = name[0].upper() + name[1:]
                if other.slack == 0:
                    return told(
                        "{name} is {came} and should be {wanted}.",
                        name=name,
                        came=came,
                        wanted=wanted,
                    )
                return told(
                    "{name} is {came} and should be about {wanted}.",
                    name=name,
                    came=came,
                    wanted=wanted,
                )
        return None

    return compare
