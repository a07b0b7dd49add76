"""A reader of the built book: a browser page without a network, that remembers what went wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import Browser, BrowserContext, Page

from explorable.book.job import Build

MADE_ALIKE = "appendix/library/"
NEXT_FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 2000);  // a browser may never draw another, and no script of a page has an end
})"""
SAMPLE = f"{MADE_ALIKE}forward.html"  # functions, classes, methods and data


def page_names() -> list[str]:
    """List the pages of the book; of those made from the library's source, one."""
    return [name for name in _all() if not name.startswith(MADE_ALIKE) or name == SAMPLE]


def left_out() -> list[str]:
    """List the other pages that are made from the library's source."""
    return [name for name in _all() if name.startswith(MADE_ALIKE) and name != SAMPLE]


def _all() -> list[str]:
    job = Build()
    return [p.relative_to(job.source).with_suffix(".html").as_posix() for p in job.documents]


CHINESE = ("zh/index.html", "zh/chapters/outlook.html")  # two that show nearly all there is


def in_translation(names: Iterable[str]) -> list[ParameterSet]:
    """Name the Chinese pages as parameters of a test, of which most are left to `make proof`."""
    return only([f"zh/{name}" for name in names], *CHINESE)


def only(names: Iterable[str], *sample: str) -> list[ParameterSet]:
    """Name pages as parameters of a test; all but those of the sample are left to `make proof`."""
    return [pytest.param(n, marks=() if n in sample else pytest.mark.proof) for n in names]


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
    context = browser.new_context(**{"offline": True, **options})
    reader = Reader(context, context.new_page(), site)
    reader.page.on("console", lambda message: reader.messages.append(message.text))
    reader.page.on("pageerror", lambda error: reader.messages.append(str(error)))
    reader.page.on("request", lambda request: reader.requests.append(request.url))
    return reader
