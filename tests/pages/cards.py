"""The explorers of a page of the built book, under a test's hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from explorable.book.job import Build
from tests.pages.readers import Reader, make_reader

BOOK = Build()
CHAPTERS = [
    path.relative_to(BOOK.source).with_suffix(".html").as_posix()
    for path in BOOK.documents
    if path.suffix == ".ipynb"
]

KEYS = {
    "slider": ("ArrowRight", "ArrowLeft"),
    "steps": ("ArrowRight", "ArrowLeft"),
    "choice": ("ArrowDown", "ArrowUp"),
    "point": ("ArrowUp", "ArrowDown"),
    "turn": ("ArrowRight", "ArrowLeft"),
}
"""Keys that move a control, and those for one that stands at its end."""

LOOK = """
card => { const seen = [...card.querySelectorAll('[data-m], .explorer-handle, [data-xyz]')]
    .map((part) => part.outerHTML).join('') + card.querySelector('.explorer-say p').textContent;
  card.seen = (card.seen ?? new Set()).add(seen);
  return card.seen.size; }
"""
"""Look at the picture and its sentence; return how many were seen since the last `FORGET`."""
FORGET = "card => card.seen = undefined"


ALONE = """
() => { for (const fold of document.querySelectorAll('article details')) fold.open = true;
  for (const part of document.querySelectorAll('article section > *'))
  if (!part.matches('section, h1, h2') && !part.querySelector('.explorer')) part.remove(); }
"""


def wake(page: Page) -> None:
    """Let every explorer load its states, on a page without its text, which is slow to lay out."""
    page.evaluate(ALONE)
    for card in page.locator(".explorer").all():
        card.scroll_into_view_if_needed()
    expect(page.locator(".explorer:not([data-ready])")).to_have_count(0)


def holding(
    browser: Browser, site: Path, width: int, height: int, **options: object
) -> Iterator[Callable[[str], Page]]:
    """Yield a function that opens a page, once, on a screen of this size, its states loaded."""
    readers: dict[str, Reader] = {}

    def load(name: str) -> Page:
        if name not in readers:
            screen = {"width": width, "height": height}
            readers[name] = make_reader(browser, site, viewport=screen, **options)
            wake(readers[name].open(name))
        return readers[name].page

    yield load
    for reader in readers.values():
        assert reader.messages == []
        reader.context.close()


def specification(card: Locator) -> dict[str, Any]:
    """Return what a card tells its script."""
    told: dict[str, Any] = card.evaluate(
        "card => JSON.parse(card.querySelector('script').textContent)"
    )
    return told


def widget(card: Locator, control: dict[str, Any]) -> Locator:
    """Return what a reader takes in hand to move a control."""
    if control["kind"] == "paint":
        return card.locator(".explorer-canvas")
    if control["kind"] == "point":
        return card.locator(f"[data-panel='{control['panel']}'] .explorer-handle").nth(
            control["nth"]
        )
    return card.locator(f"[data-key='{control['key']}']").locator("input, select")


def press(page: Page, card: Locator, control: dict[str, Any]) -> int:
    """Press a key three times on a control and return how many pictures were seen.

    Painting needs Python; where there is none, three listed pictures are taken.
    """
    card.evaluate(FORGET)
    seen: int = card.evaluate(LOOK)
    if control["kind"] == "paint":
        for number in (1, 2, 3):
            card.locator(f"[data-picture='{number}']").evaluate("button => button.click()")
            seen = card.evaluate(LOOK)
        return seen
    widget(card, control).evaluate("field => field.focus({ preventScroll: true })")
    for key in KEYS[control["kind"]]:
        for _ in range(3 if seen == 1 else 0):
            page.keyboard.press(key)
            seen = card.evaluate(LOOK)
    return seen


def use(page: Page, card: Locator, spec: dict[str, Any], control: dict[str, Any]) -> int:
    """Do the same from the first state, or from one where the control has something to say."""
    card.locator(".explorer-reset").evaluate("button => button.click()")
    seen = press(page, card, control)
    for other in spec["controls"]:
        if seen > 1 or other is control or other["kind"] not in ("slider", "steps"):
            continue
        card.locator(".explorer-reset").evaluate("button => button.click()")
        widget(card, other).fill(str(len(other["texts"]) - 1))
        seen = press(page, card, control)
    return seen
