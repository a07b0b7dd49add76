"""What all tests share: random numbers, one browser, the built book and who reads it from disk."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chance import rng

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages.readers import Reader

__all__ = ["browser", "rng"]

ROOT = Path(__file__).resolve().parent.parent

# Tools of `make mutants`, which need more than the lock has, and no tests.
collect_ignore = ["mutants"]

# Where tests build books and open pages. They come first, lest one of the two workers be left
# with minutes of them when the other is done.
LONG = {"pages", "book", "languages", "sphinx", "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes long come first, each file as a whole."""
    items.sort(key=lambda item: LONG.isdisjoint(item.path.parent.relative_to(ROOT).parts))


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


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built book; build it first if anything changed."""
    from explorable.book import ROOT  # which most tests do without
    from explorable.book.job import Build

    job = Build()
    command = [sys.executable, "-m", "explorable", "build"]
    for name in ("source", "work", "output"):
        command += [f"--{name}", str(getattr(job, name))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.fail(f"The book does not build.\n{result.stderr}", pytrace=False)
    return job.output


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """Return a reader at a desk: 1280 × 900, light."""
    from tests.pages.readers import make_reader  # which needs a browser

    made = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach what is started, also if a shell runs these tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
