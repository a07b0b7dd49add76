"""What the view in a notebook asks its kernel, whose part a test plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.svg.tokens import palette_css
from explorable.explore.bundle import script, style
from explorable.explore.live import LiveExplorer
from tests.explorable.controls.kernel import SHELL
from tests.explorable.explore.browsing import sentence
from tests.explorable.explore.examples import sample

pytestmark = pytest.mark.browser

RENDER = """
card => { window.sent = [];
  const model = {
    get: () => card,
    on: (event, heard) => { window.answer = (changes) => heard({ changes }); },
    send: (content) => window.sent.push(content),
  };
  window.leave = explorableLive.render({ model, el: document.querySelector('#output') }); }
"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "kernel.html"
    path.write_text(SHELL.format(css=palette_css() + style(), script=script()))
    opened = browser.new_context(offline=True).new_page()
    opened.clock.install()
    opened.goto(path.as_uri())
    opened.evaluate(RENDER, LiveExplorer(sample()).card)
    opened.wait_for_selector("#explorer-sample[data-ready]")
    yield opened
    opened.context.close()


def sent(page: Page) -> list[dict[str, list[int]]]:
    found: list[dict[str, list[int]]] = page.evaluate("window.sent")
    return found


def test_only_the_newest_wish_is_sent_while_the_kernel_is_busy(page: Page) -> None:
    page.get_by_role("slider", name="amplitude").focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert sent(page) == [{"indices": [7, 0, 0, 0]}]
    page.evaluate("window.answer([[-1, 0, '#', 'The first answer.']])")
    assert sentence(page) == "The first answer."
    assert sent(page)[1:] == [{"indices": [7, 2, 0, 0]}]
    page.evaluate("window.answer([[-1, 0, '#', 'The last answer.']])")
    assert len(sent(page)) == 2


def test_a_kernel_that_is_silent_is_told_of_until_it_speaks(page: Page) -> None:
    trouble = page.locator(".explorer-trouble")
    page.get_by_role("slider", name="amplitude").focus()
    page.keyboard.press("ArrowRight")
    page.clock.run_for(4_000)
    assert trouble.inner_text() == ""
    page.clock.run_for(2_000)
    assert trouble.inner_text() == (
        "The kernel does not answer; it may be busy or stopped. Until it does, the picture does "
        "not follow the controls."
    )
    page.evaluate("window.answer([[-1, 0, '#', 'Here I am.']])")
    assert trouble.inner_text() == ""
    assert sentence(page) == "Here I am."
    page.clock.run_for(6_000)
    assert trouble.inner_text() == ""


def test_what_decides_is_asked_of_the_kernel(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("half").check()
    page.get_by_role("button", name="Show it").click()
    asked = "window.sent.map(({ indices }) => indices).filter(Boolean)"
    assert page.evaluate(asked) == [[7, 0, 0, 0]]
    page.evaluate("window.answer([])")
    page.clock.run_for(1300)
    assert page.evaluate(asked) == [[7, 0, 0, 0], [11, 2, 1, 3]]
