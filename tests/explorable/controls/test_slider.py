"""A number from a list."""

import numpy as np
import pytest
from playwright.sync_api import Page

from explorable.explore import slider
from tests.explorable.controls.listed import keys, on_card, texts, values
from tests.explorable.explore.browsing import sentence, wave

SPACE = "\N{NO-BREAK SPACE}"


def test_a_slider_hands_out_its_numbers():
    control = slider([0.125, 1, 1e-7 + 2], label="rate", unit="m", start=1, marks={"edge": 1.5})
    assert values(control) == [0.125, 1.0, 2.0000001]
    assert all(type(value) is float for value in values(control))
    assert texts(control) == [
        "0.125\N{NO-BREAK SPACE}m",
        "1\N{NO-BREAK SPACE}m",
        "2\N{NO-BREAK SPACE}m",
    ]
    assert keys(control) == ["0.125", "1", "2"]
    assert (control.kind, control.label, control.count, control.start) == ("slider", "rate", 3, 1)
    assert control.marks == {"edge": 1.5}
    assert slider([3, 4]).start == 0
    assert slider([3, 4]).marks == {}


@pytest.mark.parametrize(
    ("unit", "written"), [("", "2"), ("°", "2°"), ("%", "2%"), ("s", "2\N{NO-BREAK SPACE}s")]
)
def test_units_stand_apart_but_for_degrees_and_percent(unit, written):
    assert slider([2.0], unit=unit).text(0) == written


def test_a_slider_writes_as_it_is_told():
    assert slider([0.5], spec=".2f").text(0) == "0.50"


def test_places_along_the_track_are_even_steps():
    control = slider([1, 10, 100])
    assert [control.place(x) for x in (0, 1, 10, 55, 100, 1000)] == [0, 0, 0.5, 0.75, 1, 1]
    assert slider([5]).place(5) == 0


def test_a_slider_finds_what_is_nearly_its_value():
    control = slider([0.1, 0.2, 0.3], label="rate")
    assert [control.find(x) for x in (0.1, 0.1 + 0.2)] == [0, 2]
    with pytest.raises(ValueError, match=r"^0\.21 is not a value of 'rate': 0\.1, 0\.2, 0\.3$"):
        control.find(0.21)


def test_a_miss_shows_twelve_values_at_most():
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11$"):
        slider(range(12), label="n").find(40)
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …$"):
        slider(range(13), label="n").find(40)


@pytest.mark.parametrize("numbers", [[[1, 2]], [1, np.nan], [1, np.inf], 3.0])
def test_a_slider_refuses_what_is_no_list_of_numbers(numbers):
    with pytest.raises(ValueError, match="the slider 'rate' needs a list of finite numbers"):
        slider(numbers, label="rate")


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [1, 3, 2]])
def test_a_slider_refuses_values_that_do_not_ascend(numbers):
    with pytest.raises(ValueError, match="values of the slider 'rate' must ascend, each larger"):
        slider(numbers, label="rate")


def test_a_slider_is_a_labelled_range():
    control = slider([0.5, 1, 2], label="rate < η", unit="m", start=1, marks={"2/L": 1.5})
    assert on_card("rate", control) == (
        '<div class="explorer-control explorer-slider" data-key="rate">'
        '<label for="card-rate">rate &lt; η</label>'
        f'<span class="explorer-value" aria-hidden="true">1{SPACE}m</span>'
        '<div class="explorer-track"><input type="range" id="card-rate" min="0" max="2" value="1" '
        f'aria-valuetext="1{SPACE}m" style="--at:0.5" autocomplete="off" disabled>'
        '<div class="explorer-marks"><span style="--at:0.7500">2/L</span></div></div></div>'
    )
    assert slider([1, 2]).on_track() == ""
    assert slider([1, 2], marks={"<": 1, "b": 2}).on_track() == (
        '<div class="explorer-marks"><span style="--at:0.0000">&lt;</span>'
        '<span style="--at:1.0000">b</span></div>'
    )


def test_a_control_without_a_label_is_called_by_its_key():
    assert '<label for="card-rate">rate</label>' in on_card("rate", slider([1, 2]))


@pytest.mark.browser
def test_the_slider_by_keyboard(page: Page) -> None:
    slider = page.get_by_role("slider", name="amplitude").first
    before = wave(page)
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert sentence(page) == "A sin of 2 m at (0, 0)."
    assert wave(page) != before
    assert slider.get_attribute("aria-valuetext") == "2\u00a0m"
    value = page.locator("#explorer-sample [data-key='size'] .explorer-value")
    assert value.inner_text() == "2\u00a0m"
