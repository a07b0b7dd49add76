"""Every explorer of the built book, driven from disk without a network, as a reader drives it."""

import re
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from book.build import Build
from tests.book.readers import make_reader
from tests.explorer.catalogue import catalogue
from tests.explorer.pictures import (
    DENSITY,
    differences,
    drawn_by_browser,
    drawn_by_matplotlib,
    settle,
)

pytestmark = pytest.mark.browser

BOOK = Build()
CHAPTERS = [
    path.relative_to(BOOK.source).with_suffix(".html").as_posix()
    for path in BOOK.documents
    if path.suffix == ".ipynb"
]

MEAN, WORST = 0.025, 0.3
"""Differences allowed: the page has its own fonts, and blends fields that Matplotlib does not."""

LOOK = """
card => [...card.querySelectorAll('[data-m], .explorer-handle, [data-xyz]')]
  .map((part) => part.outerHTML).join('') + card.querySelector('.explorer-say p').textContent
"""
KEYS = {
    "slider": ("ArrowRight", "ArrowLeft"),
    "steps": ("ArrowRight", "ArrowLeft"),
    "choice": ("ArrowDown", "ArrowUp"),
    "point": ("ArrowUp", "ArrowDown"),
    "turn": ("ArrowRight", "ArrowLeft"),
}
"""Keys that move a control, and move it back where it stands at its end."""


@pytest.fixture(scope="module")
def explorers(browser, site):
    """Return a function that opens a page with all its states loaded."""
    readers = {}

    def load(name):
        if name not in readers:
            reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
            page = reader.open(name)
            for card in page.locator(".explorer").all():
                card.scroll_into_view_if_needed()
            expect(page.locator(".explorer:not([data-ready])")).to_have_count(0)
            readers[name] = reader
        return readers[name]

    yield load
    for reader in readers.values():
        reader.context.close()


def widget(card, control):
    if control["kind"] == "point":
        return card.locator(f"[data-panel='{control['panel']}'] .explorer-handle").nth(
            control["nth"]
        )
    return card.locator(f"[data-key='{control['key']}']").locator("input, select")


def specification(card):
    return card.evaluate("card => JSON.parse(card.querySelector('script').textContent)")


def press(page, card, control):
    """Press a key three times on a control and return how many pictures were seen."""
    key, back = KEYS[control["kind"]]
    if widget(card, control).evaluate("field => field.value === field.max"):
        key = back
    seen = {card.evaluate(LOOK)}
    widget(card, control).focus()
    for _ in range(3):
        page.keyboard.press(key)
        seen.add(card.evaluate(LOOK))
    return len(seen)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_control_moves_something_by_keyboard_and_nothing_jumps(explorers, name):
    reader = explorers(name)
    page = reader.page
    for card in page.locator(".explorer").all():
        spec = specification(card)
        height = card.bounding_box()["height"]
        for control in spec["controls"]:
            where = (spec["name"], control["key"])
            card.locator(".explorer-reset").click()
            seen = press(page, card, control)
            others = [c for c in spec["controls"] if c is not control]
            for other in others:  # at the first state it may have nothing to say
                if seen == 1 and other["kind"] in ("slider", "steps"):
                    card.locator(".explorer-reset").click()
                    widget(card, other).fill(str(len(other["texts"]) - 1))
                    seen = press(page, card, control)
            assert seen > 1, f"{where}: pressing keys changes nothing"
            assert card.bounding_box()["height"] == pytest.approx(height, abs=1), where
        card.locator(".explorer-reset").click()
    assert reader.messages == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_point_is_picked_by_the_pointer(explorers, name):
    page = explorers(name).page
    for card in page.locator(".explorer").all():
        for control in specification(card)["controls"]:
            if control["kind"] != "point":
                continue
            panel = card.locator(f".explorer-panel[data-panel='{control['panel']}']")
            panel.scroll_into_view_if_needed()
            box = panel.bounding_box()
            page.mouse.click(
                box["x"] + box["width"] * control["xs"][0] / 100,
                box["y"] + box["height"] * control["ys"][-1] / 100,
            )
            output = card.locator(f"[data-key='{control['key']}'] output").inner_text()
            assert output == control["texts"][len(control["texts"]) - len(control["xs"])]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_prediction_is_judged(explorers, name):
    page = explorers(name).page
    for card in page.locator(".explorer:has(.explorer-predict)").all():
        field = card.locator(".explorer-predict")
        answer = int(field.get_attribute("data-answer"))
        for index, radio in enumerate(field.get_by_role("radio").all()):
            card.locator(".explorer-reset").click()
            radio.check()
            verdict = field.locator(".explorer-verdict").inner_text()
            assert verdict.startswith("Right." if index == answer else "Not so."), verdict
            assert len(verdict) > 20, f"{verdict!r} gives no reason"
        card.locator(".explorer-reset").click()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_link_opens_the_state(explorers, browser, site, name):
    page = explorers(name).page
    for card in page.locator(".explorer").all()[:1]:
        spec = specification(card)
        link = f"#explorer={spec['name']}"
        for control in spec["controls"]:
            link += f"&{control['key']}={control['keys'][-1]}"
        reader = make_reader(browser, site, viewport={"width": 1280, "height": 900})
        reader.page.goto((site / name).as_uri() + link.replace(" ", "%20"))
        opened = reader.page.locator(f"#explorer-{spec['name']}")
        opened.and_(reader.page.locator("[data-ready]")).wait_for()
        for control in spec["controls"]:
            output = opened.locator(f"[data-key='{control['key']}'] output")
            if output.count():
                assert output.inner_text() == control["texts"][-1]
        reader.context.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_first_state_needs_no_script(browser, site, name):
    reader = make_reader(browser, site, java_script_enabled=False)
    page = reader.page
    page.goto((site / name).as_uri())
    for card in page.locator(".explorer").all():
        assert card.locator(".explorer-panel > svg").first.is_visible()
        assert re.search(r"\w", card.locator(".explorer-say p").first.inner_text())
    reader.context.close()


def test_no_two_explorers_share_a_name():
    """Else they would share their states and their links."""
    assert catalogue()


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_page_draws_what_matplotlib_draws(browser, site, name):
    """Two states of every explorer, drawn by lot, as pixels (see `tests.explorer.pictures`)."""
    reader = make_reader(
        browser, site, viewport={"width": 1280, "height": 1300}, device_scale_factor=DENSITY
    )
    page = reader.open(name)
    rng = np.random.default_rng(0)
    for card in page.locator(".explorer").all():
        explorer = catalogue()[specification(card)["name"]]
        card.scroll_into_view_if_needed()
        page.locator(f"#explorer-{explorer.name}[data-ready]").wait_for()
        settle(page, explorer)
        for _ in range(2):
            indices = tuple(int(rng.integers(c.count)) for c in explorer.controls.values())
            explorer.at_indices(indices)
            link = f"explorer={explorer.name}"
            for (key, control), index in zip(explorer.controls.items(), indices, strict=True):
                link += f"&{key}={quote(control.key(index))}"
            page.evaluate("link => { location.hash = link; }", link)
            page.wait_for_timeout(50)
            for panel in range(len(explorer.scene.panels)):
                one = drawn_by_browser(page, explorer, panel)
                mean, worst = differences(one, drawn_by_matplotlib(explorer, panel))
                where = f"{explorer.name}, {explorer.where(indices)}, panel {panel}"
                assert mean < MEAN, f"{where}: {mean:.4f}"
                assert worst < WORST, f"{where}: {worst:.3f}"
    reader.context.close()
