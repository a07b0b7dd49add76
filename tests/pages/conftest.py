"""Who reads the pages: at a desk, or with a thumb; one reader for all tests of a file."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

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


@pytest.fixture(scope="module")
def plain(browser: Browser, site) -> Iterator[Callable[[str], Page]]:  # type: ignore[no-untyped-def]
    """Return a function that opens a page for a reader who has switched JavaScript off."""
    made = make_reader(browser, site, java_script_enabled=False)

    def opened(name: str) -> Page:
        made.page.goto((site / name).as_uri())
        return made.page

    yield opened
    made.context.close()
