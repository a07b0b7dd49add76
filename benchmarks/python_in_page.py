"""Python in a page, from disk: medians of fresh browsers' pages."""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from benchmarks.timing import Line
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build

FIRST_RESULT, RESTART = 3.0, 1.5  # seconds
TRIALS = 5
PAGE = "chapters/forward.html"
ENDLESS = "while True:\n    pass\n"
FINISHED = "(cell) => ['done', 'failed'].includes(cell.dataset.run)"


def lines() -> Iterator[Line]:
    """Yield times of the first result and of a restart, and memory."""
    job = Build()
    build(job)
    firsts, restarts, sizes = [], [], []
    with chromium() as browser:
        for _ in range(TRIALS):
            context = browser.new_context(offline=True)
            page = context.new_page()
            page.goto((job.output / PAGE).as_uri())
            cell = page.locator("[data-run]").nth(1)
            before = memory(browser)
            firsts.append(_run(page, cell))
            sizes.append(memory(browser) - before)
            restarts.append(_restart(page, cell))
            context.close()
    yield "from Run to the first result, s", statistics.median(firsts), FIRST_RESULT
    yield "from Stop to another result, s", statistics.median(restarts), RESTART
    yield "memory of Python and its parts, MB", statistics.median(sizes) / 1e6, None


def _run(page: Page, cell: Locator) -> float:
    """Press Run; return how long the result takes."""
    element = cell.element_handle()
    began = time.perf_counter()
    cell.get_by_role("button", name="Run").click()
    page.wait_for_function(FINISHED, arg=element, timeout=120_000)
    return time.perf_counter() - began


def _restart(page: Page, cell: Locator) -> float:
    """Stop an endless loop; return how long it takes until another cell has run."""
    other = page.locator("[data-run]").nth(2)
    _write(page, other, ENDLESS)
    other.get_by_role("button", name="Run").click()
    page.wait_for_timeout(300)
    began = time.perf_counter()
    other.get_by_role("button", name="Stop").click()
    _run(page, cell)
    return time.perf_counter() - began


def _write(page: Page, cell: Locator, code: str) -> None:
    edit = cell.get_by_role("button", name="Edit")
    if edit.is_visible():
        edit.click()
    cell.get_by_role("textbox").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def memory(browser: Browser) -> int:
    """Return the resident memory of the browser's pages, in bytes."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [each["id"] for each in processes if each["type"] == "renderer"]
    fields = (Path(f"/proc/{each}/statm").read_text().split() for each in pages)
    return sum(int(each[1]) for each in fields) * os.sysconf("SC_PAGE_SIZE")
