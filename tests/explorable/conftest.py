"""Pages with explorers, or the player. Imports wait: the page's Python has no browser to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from explorable.explore import Explorer
    from tests.explorable.trace.playing import Player


@pytest.fixture(scope="session")
def player(browser: Browser) -> Iterator[Player]:
    from tests.explorable.trace.playing import Player

    page = browser.new_page()
    yield Player(page)
    page.close()


@pytest.fixture
def make() -> Callable[..., Explorer]:
    from tests.explorable.explore.examples import sample

    return sample


@pytest.fixture(scope="session")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.explorable.explore.browsing import write_page
    from tests.explorable.explore.examples import sample

    return write_page(tmp_path_factory.mktemp("page"), sample(), sample("other"))


@pytest.fixture
def page(browser: Browser, page_path: Path) -> Iterator[Page]:
    from tests.explorable.explore.browsing import open_page, ready

    opened = open_page(browser, page_path)
    yield ready(opened)
    assert opened.troubles == []
    opened.context.close()


@pytest.fixture
def live(opened: Page) -> Page:
    opened.get_by_role("button", name="Reset").click()
    return opened
