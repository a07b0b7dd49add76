"""What all tests share: random numbers, one browser, and patience with a busy machine."""

from collections.abc import Iterator

import hypothesis
import numpy as np
import pytest
from playwright.sync_api import Browser

from book.chromium import chromium, find_chromium
from book.problem import BookError

# Tools of `make mutants`, which need more than the lock has, and no tests.
collect_ignore = ["mutants"]

# A property is not wrong because the machine was busy while an example ran. The examples are the
# same at every run; `pytest --hypothesis-profile=explore` draws new ones.
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a source of random numbers, the same for each test."""
    return np.random.default_rng(0)


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
