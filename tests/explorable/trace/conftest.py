"""A page with the player."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.explorable.trace.playing import Player


@pytest.fixture(scope="session")
def player(browser: Browser) -> Iterator[Player]:
    page = browser.new_page()
    yield Player(page)
    page.close()
