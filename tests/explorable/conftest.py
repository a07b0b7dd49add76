"""A page with two explorers on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explorable.explore import Explorer
from tests.explorable.explore.browsing import open_page, ready, write_page
from tests.explorable.explore.examples import sample

Make = Callable[..., Explorer]


@pytest.fixture
def make() -> Make:
    return sample


@pytest.fixture(scope="session")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(tmp_path_factory.mktemp("page"), sample(), sample("other"))


@pytest.fixture
def page(browser: Browser, page_path: Path) -> Iterator[Page]:
    opened = open_page(browser, page_path)
    yield ready(opened)
    assert opened.troubles == []
    opened.context.close()
