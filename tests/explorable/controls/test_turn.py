"""A view of three dimensions that the reader turns in the page, without any state for it."""

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.toolkit import panels, view_3d
from explorable.explore import turn
from explorable.explore.packed import unpacked_json
from tests.explorable.explore.browsing import open_page, ready, sentence, write_page
from tests.explorable.explore.examples import hill

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    opened = ready(open_page(browser, write_page(tmp_path_factory.mktemp("hill"), hill())))
    yield opened
    assert opened.troubles == []
    opened.context.close()


def data(page: Page, mover: int) -> list[float]:
    d = page.locator(f"[data-m='{mover}'] [data-xyz]").get_attribute("d") or ""
    numbers = np.array(re.findall(r"-?\d+", d), dtype=float).reshape(-1, 2)
    return (numbers.cumsum(axis=0) if "l" in d else numbers)[-1].tolist()


def test_the_slider_turns_everything(page: Page) -> None:
    seen = [data(page, 1)]
    mesh = page.locator("[data-panel='1'] path").nth(1)
    word = page.locator("[data-panel='1'] text").first
    before = mesh.get_attribute("d"), word.get_attribute("x")
    page.locator(".explorer-handle").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    assert sentence(page, "hill") == "It lies 1.25 high."
    seen.append(data(page, 1))
    slider = page.get_by_label("view from")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "45°"
    seen.append(data(page, 1))
    assert (mesh.get_attribute("d"), word.get_attribute("x")) != before
    assert len({tuple(point) for point in seen}) == 3
    explorer = hill()
    box = explorer.inputs["view"].space
    box.azimuth = 45
    explorer.at(place=(0.5, 1))
    expected = box.project([0.5, 1, 1.25])[0]
    axes = explorer.scene.panels[1]
    renderer = explorer.scene.renderer(1, "")
    placed = (axes.transData + renderer.to_units).transform(expected)
    assert math.dist(placed, seen[-1]) < 6  # units: 0.6 pixels


def test_the_point_moves_when_the_view_is_turned_already_by_dragging_too(page: Page) -> None:
    page.get_by_label("view from").fill("12")
    one = data(page, 0)
    page.locator(".explorer-handle").focus()
    page.keyboard.press("ArrowRight")
    assert data(page, 0) != one
    page.get_by_role("button", name="Reset").click()
    assert page.get_by_label("view from").input_value() == "2"
    box = page.locator("[data-panel='1']").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 130, box["y"] + 100, steps=3)
    page.mouse.up()
    assert page.get_by_label("view from").input_value() == "12"
    page.mouse.move(box["x"] + 10, box["y"] + 100)
    assert page.get_by_label("view from").input_value() == "12"


def test_a_turn_goes_round_in_steps_without_states() -> None:
    _, axes = panels(1)
    box = view_3d(axes, [[-1, 1], [-1, 1], [0, 1]], azimuth=-30)
    control = turn(box, step=15)
    assert control.count == 24
    assert control.value(control.start) == 330
    assert (control.kind, control.label) == ("turn", "view from")
    assert (control.text(1), control.key(1), control.find(45)) == ("15°", "15", 3)
    assert turn(box).count == 120
    assert turn(box, label="side").label == "side"
    for value in (10, 360, -15):
        with pytest.raises(ValueError, match=f"{value} is not a value of 'view from'"):
            control.find(value)
    explorer = hill()
    assert explorer.states().count == 25
    assert unpacked_json(explorer.states().packed())["counts"] == [25]
