"""Who reads the pages: at a desk, or with a thumb; one reader for all tests of a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.readers import Reader, make_reader


@pytest.fixture(scope="module")
def desk(browser: Browser, site) -> Iterator[Reader]:  # type: ignore[no-untyped-def]
    """Return a reader with a mouse and a keyboard."""
    made = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield made
    assert made.messages == []
    made.context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, site) -> Iterator[Reader]:  # type: ignore[no-untyped-def]
    """Return a reader who taps."""
    made = make_reader(
        browser, site, viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True
    )
    yield made
    assert made.messages == []
    made.context.close()
