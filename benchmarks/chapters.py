"""Explorers in their chapters, from key to painted frame; the page as a whole.

A chapter is long; what a frame costs there is more than the explorer's own doing.
"""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect

from benchmarks.timing import Line
from explorable.book.build import build
from explorable.book.chromium import chromium
from explorable.book.job import Build
from tests.pages.cards import CHAPTERS, KEYS, specification, widget
from tests.pages.phone import SLOWER

PAUSES = (60, 110)
"""Between keys, in milliseconds."""
PRESSES = 24
MEDIAN, BAR = 9.0, 16.0
"""Milliseconds from key to painted frame, and their 95th percentile."""
WHOLE = 100.0
"""Milliseconds that a change of the whole page may take, with a processor four times slower."""
BARE = '<!doctype html><html lang="en"><body><input type="range" max="7" value="4"></body></html>'

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


def lines() -> Iterator[Line]:
    """Yield two lines an explorer, with its processor slowed two more, and two a chapter."""
    job = Build()
    build(job)
    with chromium() as browser:
        for name in CHAPTERS:
            page, bare = (
                browser.new_page(offline=True, viewport={"width": 1280, "height": 900})
                for _ in range(2)
            )
            page.goto((job.output / name).as_uri())
            bare.set_content(BARE)
            for each in (bare, page):
                each.evaluate(PAINTED)
                each.bring_to_front()
            processor = page.context.new_cdp_session(page)
            _wake(page)
            for card in page.locator(".explorer").all():
                card.evaluate("card => card.scrollIntoView({ block: 'center' })")
                spec = specification(card)
                for how, rate in (("", 1), (f"slowed {SLOWER}×, ", SLOWER)):
                    processor.send("Emulation.setCPUThrottlingRate", {"rate": rate})
                    yield from _percentiles(
                        f"{spec['name']}: {how}", _changed(page, card, spec), bars=rate == 1
                    )
                processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            bare.bring_to_front()
            bare.locator("input").focus()
            yield from _percentiles("a bare slider: ", _pressed(bare, KEYS["slider"]))
            page.bring_to_front()
            processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            yield from _whole(page, name)
            page.context.close()
            bare.context.close()


def _percentiles(name: str, times: list[float], *, bars: bool = False) -> Iterator[Line]:
    if times:
        yield f"{name}median, ms", np.median(times), MEDIAN if bars else None
        yield "  95th percentile, ms", np.percentile(times, 95), BAR if bars else None


def _changed(page: Page, card: Locator, spec: dict[str, Any]) -> list[float]:
    """Press the keys of all controls that have some; return milliseconds to the painted frame."""
    times: list[float] = []
    for control in spec["controls"]:
        if control["kind"] in KEYS:
            field = widget(card, control)
            field.evaluate("field => field.focus({ preventScroll: true })")
            times += _pressed(page, KEYS[control["kind"]])
    return times


def _pressed(page: Page, keys: tuple[str, str]) -> list[float]:
    """Press keys there and back.

    A fixed pause would beat with the frames of the display and meet them at a few moments only.
    """
    draw, (there, back) = random.Random(0).uniform, keys
    for key in (there, back, back, there) * (PRESSES // 4):
        page.keyboard.press(key)
        page.wait_for_timeout(draw(*PAUSES))
    times: list[float] = page.evaluate("window.painted.splice(0)")
    return times


def _wake(page: Page) -> None:
    """Let every explorer load its states, those in folds too, with all of the text around it."""
    page.locator("details:has(.explorer)").evaluate_all(
        "all => all.forEach((f) => (f.open = true))"
    )
    for card in page.locator(".explorer").all():
        card.scroll_into_view_if_needed()
    expect(page.locator(".explorer:not([data-ready])")).to_have_count(0)


def _whole(page: Page, name: str) -> Iterator[Line]:
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
        yield f"  {name}: {what}, slowed {SLOWER}×, ms", np.median(times), WHOLE
