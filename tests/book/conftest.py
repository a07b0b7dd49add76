"""The built book, and a browser that reads it from disk without a network."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from book import ROOT
from book.build import Build
from book.chromium import chromium, find_chromium
from book.problem import BookError


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built book; build it first if anything changed."""
    job = Build()
    command = [sys.executable, "-m", "book", "build"]
    for name in ("source", "work", "output"):
        command += [f"--{name}", str(getattr(job, name))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.fail(f"The book does not build.\n{result.stderr}", pytrace=False)
    return job.output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium. Without one the tests fail, they are not skipped."""
    try:
        find_chromium()
    except BookError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium() as started:
        yield started


@dataclass
class Reader:
    """One reader: a page without a network, and what went wrong or was asked for in it."""

    context: BrowserContext
    page: Page
    site: Path
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, name: str) -> Page:
        """Open a page of the book from disk."""
        self.page.goto((self.site / name).as_uri(), wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page


def make_reader(browser: Browser, site: Path, **options: object) -> Reader:
    """Return a reader in a fresh browser context; the options are Playwright's."""
    context = browser.new_context(offline=True, **options)
    reader = Reader(context, context.new_page(), site)
    reader.page.on("console", lambda message: reader.messages.append(message.text))
    reader.page.on("pageerror", lambda error: reader.messages.append(str(error)))
    reader.page.on("request", lambda request: reader.requests.append(request.url))
    return reader


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """Return a reader at a desk: 1280 × 900, light."""
    made = make_reader(browser, site, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()
