"""What all tests share: random numbers and one browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from book.chromium import chromium, find_chromium
from book.problem import BookError
from tests.chance import rng

__all__ = ["browser", "rng"]

# Tools of `make mutants`, which need more than the lock has, and no tests.
collect_ignore = ["mutants"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one Chromium: two would disturb each other's event loops.

    Without one the tests fail, they are not skipped.
    """
    try:
        find_chromium()
    except BookError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium() as started:
        yield started
