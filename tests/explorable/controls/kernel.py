"""A card in a page, with a kernel that answers it: any value of a control can be shown."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.svg.tokens import palette_css
from explorable.explore import Explorer
from explorable.explore.bundle import script, style
from explorable.explore.live import LiveExplorer
from explorable.explore.page import explorer_html

SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Kernel</title>
<style>{css}</style><script>{script}</script><div id="output"></div></html>"""
RENDER = """
card => { let hear; window.asked = 0;
  const model = {
    get: () => card,
    on: (event, heard) => { hear = heard; },
    send: async (content) => { window.asked++; const changes = await window.kernel(content);
      if (changes) hear({ changes }); window.asked--; },
  };
  explorableLive.render({ model, el: document.querySelector('#output') }); }
"""


@contextmanager
def with_kernel(
    browser: Browser, folder: Path, explorer: Explorer, fragment: str = "", **options: Any
) -> Iterator[Page]:
    """Open a page with an explorer whose controls are fine, and with a link to its state."""
    explorer.computed = True
    view = LiveExplorer(explorer)
    answers: list[Any] = []
    view.send = lambda content: answers.append(content["changes"])
    templates = [(state, not state.shape) for state in explorer.scene.look()]

    def kernel(content: dict[str, Any]) -> Any:
        view._answer(view, content, [])
        return answers.pop() if answers else None

    path = folder / "kernel.html"
    path.write_text(SHELL.format(css=palette_css() + style(), script=script()))
    page = browser.new_context(offline=True, **options).new_page()
    page.expose_function("kernel", kernel)
    page.goto(path.as_uri() + fragment)
    page.evaluate(RENDER, explorer_html(explorer, templates, "none.js"))
    page.wait_for_selector("[data-ready]")
    yield page
    page.context.close()


def page_of(make: Callable[[], Explorer]) -> Any:
    """Return the fixture of a page with this explorer that a module's tests share."""

    @pytest.fixture(scope="module")
    def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
        with with_kernel(browser, tmp_path_factory.mktemp("kernel"), make()) as page:
            yield page

    return opened


def used(page: Page) -> list[float]:
    """Return the numbers in the sentence, which has every digit, once the kernel rests."""
    page.wait_for_function("window.asked === 0")
    said = page.locator(".explorer-say p").first.inner_text().replace("−", "-")
    return [float(word) for word in re.findall(r"-?\d[-+\d.e]*", said)]


def shown(page: Page, key: str) -> list[float]:
    text = page.locator(f"[data-key='{key}'] .explorer-value").inner_text().replace("−", "-")
    power = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")).replace(" × 10", "e")
    return [float(word) for word in re.findall(r"-?\d[-+\d.e]*", power)]
