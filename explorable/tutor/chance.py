"""Judging results that are drawn at random, by what can be counted in many of them.

A right function is called wrong in at most one press of a million: each feature is far off with a
probability of at most `RATE`, by Chernoff's bound, and a press looks at fewer than 1,000 of them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from explorable.sentences import told, translated
from explorable.tutor.comparing import Numbers, capital, two_numbers
from explorable.tutor.running import Outcome

RATE = 1e-9


class Feature(NamedTuple):
    """Something measured of random results, and whether it is `far` from right beyond chance."""

    name: str  # in the reader's words
    value: float
    wanted: float  # what the value is for right results
    far: bool
    error: float = 0.0  # the standard error of the value


Measure = Callable[[tuple[Any, ...], list[Any]], list[Feature] | str]
"""``measure(arguments, results)``: the features of some results, or why they have none."""


def certain(name: str, value: float, wanted: float) -> Feature:
    """Return a feature that chance does not change."""
    return Feature(translated(name), float(value), float(wanted), value != wanted)


def close(name: str, value: float, wanted: float, within: float) -> Feature:
    """Return a feature, named in the reader's words, that only rounding changes."""
    return Feature(name, value, wanted, not abs(value - wanted) <= within, within)


def counted(name: str, events: Numbers, chance: Any, **values: Any) -> Feature:
    """Return how often an event came in independent trials (n_trials,), beside its chance in each.

    Of several events (n_trials, n_events) the one whose share is the least likely counts; it fills
    the template of what is counted from the values, sequences with an entry for each event.
    """
    shares = np.atleast_1d(events.mean(axis=0))
    chances = np.broadcast_to(chance, shares.shape)
    # Chernoff: a share s of n trials is at least that far off with probability exp(−n KL(s, p)).
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [
            np.where(s > 0, s * np.log(s / p), 0)
            for s, p in ((shares, chances), (1 - shares, 1 - chances))
        ]
    logs = len(events) * (terms[0] + terms[1])
    worst = int(np.argmax(logs))
    value = float(shares[worst])
    chosen = {key: each[worst] for key, each in values.items()}
    error = np.sqrt(max(value * (1 - value), 1 / len(events)) / len(events))
    far = bool(logs[worst] > np.log(2 * len(shares) / RATE))
    return Feature(told(name, **chosen), value, float(chances[worst]), far, float(error))


def unlike(bits: Numbers, lag: int) -> Numbers:
    """Say of disjoint pairs of entries, `lag` apart, whether the two differ."""
    n = len(bits) // (2 * lag)
    pairs = bits[: 2 * lag * n].reshape(n, 2, lag)
    return np.asarray(pairs[:, 0] != pairs[:, 1]).ravel()


def never_varies(outcome: Outcome) -> bool:
    """Say whether all calls gave the same, each with a generator of its own."""
    results = outcome.value if isinstance(outcome.value, list) else []
    return len(results) > 1 and all(are_equal(results[0], each) for each in results[1:])


def are_equal(one: Any, other: Any) -> bool:
    """Say whether two results are the same, number by number."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(are_equal, one, other))
    return repr(one) == repr(other) if isinstance(one, dict) else np.array_equal(one, other)


def features_differ(measure: Measure, arguments: tuple[Any, ...], got: Any) -> str | None:
    """Say by which feature results can't be right ones, or return None."""
    features = measure(arguments, got)
    if isinstance(features, str):
        return features
    for name, value, wanted, far, error in features:
        if far:
            came, right = two_numbers(value, wanted)
            values = {"name": capital(name), "came": came, "wanted": right}
            if error == 0:
                return told("{name} is {came} and should be {wanted}.", **values)
            return told("{name} is {came} and should be about {wanted}.", **values)
    return None


def are_alike(measure: Measure, arguments: tuple[Any, ...], one: Any, other: Any) -> bool:
    """Say whether results could be those of the same function."""
    ours, theirs = measure(arguments, one), measure(arguments, other)
    if isinstance(ours, str) or isinstance(theirs, str) or len(ours) != len(theirs):
        return ours == theirs
    return all(
        abs(mine.value - its.value) <= 6 * np.hypot(mine.error, its.error) + 1e-9
        for mine, its in zip(ours, theirs, strict=True)
    )
