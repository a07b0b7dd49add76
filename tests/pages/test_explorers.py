"""Every explorer of the built book, driven from disk without a network, as a reader drives it."""

from urllib.parse import quote

import numpy as np
import pytest

from tests.explorable.explore.browser.pictures import (
    DENSITY,
    differences,
    drawn_by_browser,
    drawn_by_matplotlib,
    settle,
)
from tests.explorable.explore.catalogue import catalogue
from tests.pages.cards import CHAPTERS, holding, specification, use, wake, widget
from tests.pages.readers import make_reader, only

pytestmark = pytest.mark.browser

MEAN, WORST = 0.025, 0.3
"""Differences allowed: the page has its own fonts, and blends fields that Matplotlib does not."""


@pytest.fixture(scope="module")
def explorers(browser, site):
    yield from holding(browser, site, 1280, 900)


@pytest.mark.parametrize("name", only(CHAPTERS, "chapters/background.html", "chapters/faq.html"))
def test_every_control_moves_something_by_keyboard_and_nothing_jumps(explorers, name):
    """These two have every kind of control."""
    page = explorers(name)
    for card in page.locator(".explorer").all():
        spec = specification(card)
        height = card.bounding_box()["height"]
        for control in spec["controls"]:
            where = (spec["name"], control["key"])
            assert use(page, card, spec, control) > 1, f"{where}: keys change nothing"
            assert card.bounding_box()["height"] == pytest.approx(height, abs=1), where
        card.locator(".explorer-reset").click()


@pytest.mark.parametrize("name", only(CHAPTERS, "chapters/forward.html"))
def test_every_point_is_picked_by_the_pointer(explorers, name):
    page = explorers(name)
    for card in page.locator(".explorer").all():
        controls = specification(card)["controls"]
        starts = {control["key"]: control["start"] for control in controls}
        for control in controls:
            if control["kind"] != "point":
                continue
            texts = control["texts"][starts.get(control.get("by"), 0)]
            panel = card.locator(f".explorer-panel[data-panel='{control['panel']}']")
            panel.hover()
            box = panel.bounding_box()
            place = {
                "x": box["width"] * control["xs"][0] / 100,
                "y": box["height"] * control["ys"][-1] / 100,
            }
            if panel.locator(".explorer-handle").count() == 1:
                panel.click(position=place)
            else:  # a click would call the nearest
                widget(card, control).drag_to(panel, target_position=place)
            value = card.locator(f"[data-key='{control['key']}'] .explorer-value").inner_text()
            assert value == f"({texts[0][0]}, {texts[1][-1]})"


@pytest.mark.proof
@pytest.mark.parametrize("name", CHAPTERS)
def test_the_page_draws_what_matplotlib_draws(browser, site, name):
    """Two states of every explorer, drawn by lot, as pixels."""
    reader = make_reader(
        browser, site, viewport={"width": 1280, "height": 1300}, device_scale_factor=DENSITY
    )
    page = reader.open(name)
    wake(page)
    rng = np.random.default_rng(0)
    for card in page.locator(".explorer").all():
        explorer = catalogue()[specification(card)["name"]]
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
