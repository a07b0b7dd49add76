"""How fast every explorer is in its own chapter and one in JupyterLab, and the page as a whole.

A chapter is long; what a frame costs there is more than the explorer's own doing.
"""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.table import Table
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build
from tests.explorable.explore.lab import run_notebook, running_lab, write_notebook
from tests.pages.cards import CHAPTERS, KEYS, specification, widget
from tests.pages.phone import SLOWER

PAUSES = (60, 110)
"""Between keys, in milliseconds."""
PRESSES = 24
BAR = 0.016
WHOLE = 0.1
"""Seconds that a change of the whole page may take, with a processor four times slower."""

EMPTY = """<!doctype html><html lang="en"><head><title>Empty</title></head>
<body><label>learning rate <input type="range" max="7" value="4"></label></body></html>"""
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
IN_LAB = """from mathdl.gradient_descent.explorers import quadratic_explorer
quadratic_explorer()"""
WATCH = """
selector => { window.times = []; let pressed;
  addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (pressed !== undefined) window.times.push(performance.now() - pressed);
    pressed = undefined;
  }).observe(document.querySelector(selector), {subtree: true, attributes: true, childList: true});
}
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
        with tempfile.TemporaryDirectory() as folder:
            _measure_lab(table, browser, Path(folder))


def _measure_lab(table: Table, browser: Browser, folder: Path) -> None:
    """Press keys of an explorer that a kernel answers."""
    write_notebook(folder / "explorer.ipynb", [IN_LAB])
    with running_lab(folder) as address:
        page = run_notebook(browser, address, "explorer.ipynb")
        page.wait_for_selector(".explorer[data-alive]", timeout=120_000)
        page.wait_for_timeout(2000)
        page.evaluate(WATCH, ".explorer-panels")
        page.locator(".explorer input[type=range]").first.focus()
        press(page, KEYS["slider"], 60, (110, 130))
        times = page.evaluate("window.times")
        table.time("in JupyterLab: key to picture", percentile(times, 95), 0.04,
                   beside=_median(times))  # fmt: skip
        page.close()


def percentile(milliseconds: Sequence[float], share: float) -> float:
    """Return a percentile of measured times, in seconds."""
    return float(np.percentile(milliseconds, share)) / 1000


def press(page: Page, keys: Sequence[str], count: int, pauses: tuple[float, float]) -> None:
    """Press keys in turn, with pauses of a random length, in milliseconds.

    A fixed pause would beat with the frames of the display and meet them at a few moments only.
    """
    draw = random.Random(0).uniform
    for index in range(count):
        page.keyboard.press(keys[index % len(keys)])
        page.wait_for_timeout(draw(*pauses))


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
