"""How fast every explorer is in its own chapter, and the page when it changes as a whole.

A chapter is long; what a frame costs there is more than the explorer's own doing.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.explorers import EMPTY, percentile, press
from benchmarks.table import Table
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build
from tests.pages.cards import CHAPTERS, KEYS, specification, widget
from tests.pages.phone import SLOWER

PAUSES = (60, 110)
"""Between keys, in milliseconds."""
PRESSES = 24
BAR = 0.016
WHOLE = 0.1
"""Seconds that a change of the whole page may take, with a processor four times slower."""

PAINTED = """
() => { window.painted = [];
  addEventListener('keydown', (event) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
    channel.port2.postMessage(0);
  }), true); }
"""
HELD = "article [style*=content-visibility]"
INTO_VIEW = "selector => document.querySelector(selector).scrollIntoView({ block: 'center' })"
WHOLE_PAGE = """
selector => new Promise((resolve) => {
  const part = document.querySelector(selector);
  const began = performance.now();
  if ("open" in part) part.open = !part.open;
  else part.click();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - began);
    channel.port2.postMessage(0);
  });
})
"""


def measure_chapters(table: Table, only: str = "") -> None:
    """Print two lines an explorer, and three a chapter, of those with a word in their name."""
    job = Build()
    build(job)
    table.title("Explorers in their chapters: key to painted frame, 95th percentile")
    with chromium() as browser:
        bare = _open(browser, _written(job.work / "empty.html"))
        for name in CHAPTERS:
            if only not in name:
                continue
            page = _open(browser, job.output / name)
            processor = page.context.new_cdp_session(page)
            _wake(page)
            beside: list[float] = []
            for card in page.locator(".explorer").all():
                page.bring_to_front()
                card.evaluate("card => card.scrollIntoView({ block: 'center' })")
                spec = specification(card)
                for what, rate, bar in (
                    (spec["name"], 1, BAR),
                    (f"  processor slowed {SLOWER}×", SLOWER, None),
                ):
                    processor.send("Emulation.setCPUThrottlingRate", {"rate": rate})
                    if times := _changed(page, card, spec):
                        table.time(what, percentile(times, 95), bar, beside=_median(times))
                processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
                bare.bring_to_front()
                bare.locator("input").focus()
                beside += _pressed(bare, KEYS["slider"])
            table.time("  an empty slider", percentile(beside, 95), beside=_median(beside))
            page.bring_to_front()
            processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            _measure_whole(table, page, name)
            page.context.close()


def _changed(page: Page, card: Locator, spec: dict[str, Any]) -> list[float]:
    """Press the keys of all controls of a card that have keys of their own."""
    times: list[float] = []
    for control in spec["controls"]:
        if control["kind"] in KEYS:
            field = widget(card, control)
            field.evaluate("field => field.focus({ preventScroll: true })")
            times += _pressed(page, KEYS[control["kind"]])
    return times


def _median(times: list[float]) -> tuple[str, float]:
    return "median", percentile(times, 50)


def _written(path: Path) -> Path:
    path.write_text(EMPTY)
    return path


def _open(browser: Browser, path: Path) -> Page:
    page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(path.as_uri())
    page.evaluate(PAINTED)
    return page


def _wake(page: Page) -> None:
    """Let every explorer load its states, with all of the chapter's text around it."""
    for card in page.locator(".explorer").all():
        card.scroll_into_view_if_needed()
    expect(page.locator(".explorer:not([data-ready])")).to_have_count(0)


def _pressed(page: Page, keys: tuple[str, str]) -> list[float]:
    press(page, [keys[0], keys[1], keys[1], keys[0]], PRESSES, PAUSES)
    times: list[float] = page.evaluate("window.painted.splice(0)")
    return times


def _measure_whole(table: Table, page: Page, name: str) -> None:
    """Switch the theme and open a fold, with a slow processor."""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    page.wait_for_timeout(500)
    for what, selector in (("theme switched", "button.theme"), ("fold opened", "details.fold")):
        if what == "fold opened":
            page.evaluate(INTO_VIEW, selector)
            page.wait_for_timeout(500)
        times = []
        for _ in range(6):
            times.append(page.evaluate(WHOLE_PAGE, selector))
            while page.locator(HELD).count():  # what is out of sight follows later
                page.wait_for_timeout(100)
        table.time(f"  {name}: {what}, processor slowed 4×", percentile(times, 50), WHOLE)
