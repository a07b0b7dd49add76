"""What all tests share: random numbers and one browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.chance import rng

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser", "rng"]

# Tools of `make mutants`, which need more than the lock has, and no tests.
collect_ignore = ["mutants"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one Chromium: two would disturb each other's event loops.

    Without one the tests fail, they are not skipped.
    """
    from explorable.book.chromium import chromium, find_chromium  # which most tests do without
    from explorable.book.problem import BookError

    try:
        find_chromium()
    except BookError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium() as started:
        yield started


@pytest.fixture
def axes():
    """Return an Axes for the tests of figures."""
    from explorable.drawing.toolkit import panels  # which most tests do without

    return panels(1)[1]
