"""What the tests of good and of bad days share: every call, few digits, and who is to blame."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mathdl.datasets import Digits, load_digits
from mathdl.experiments.faq import recipes
from mathdl.experiments.gradient_descent import digits, reading_digits, trials
from mathdl.experiments.outlook import labels
from tests.bad_days import catalogue

every_call = pytest.mark.parametrize("call", catalogue.calls(), ids=lambda call: call.name)


@contextmanager
def few_digits() -> Iterator[None]:
    """Let trainings on the digits be over in a moment."""
    few = Digits(*(array[:40] for array in load_digits()))
    with pytest.MonkeyPatch.context() as patch:
        for module in (digits, recipes, labels, reading_digits, trials):
            patch.setattr(module, "load_digits", lambda: few)
        for name in ("reading", "slices"):
            afresh = functools.cache(getattr(reading_digits, name).__wrapped__)
            patch.setattr(reading_digits, name, afresh)
        yield


@contextmanager
def blaming(**arguments: object) -> Iterator[None]:
    """Say in a failure which argument was what."""
    try:
        yield
    except AssertionError as error:
        for name, what in arguments.items():
            error.add_note(f"{name} was: {what!r:.300}")
        raise
