"""One browser for all tests: two would disturb each other's event loops."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from book.chromium import chromium, find_chromium
from book.problem import BookError


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium. Without one the tests fail, they are not skipped."""
    try:
        find_chromium()
    except BookError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium() as started:
        yield started
