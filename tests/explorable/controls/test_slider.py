"""A number from a list."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page

from explorable.controls.control import Card
from explorable.drawing.toolkit import panels, style_plane
from explorable.explore import Explorer, explore, say, slider
from tests.explorable.controls.kernel import page_of, shown, used
from tests.explorable.controls.listed import keys, on_card, texts, values

SPACE = "\N{NO-BREAK SPACE}"


def test_a_slider_hands_out_its_numbers():
    control = slider([0.125, 1, 1e-7 + 2], label="rate", unit="m", start=1, marks={"edge": 1.5})
    assert values(control) == [0.125, 1.0, 2.0000001]
    assert all(type(value) is float for value in values(control))
    assert texts(control) == [f"0.125{SPACE}m", f"1{SPACE}m", f"2{SPACE}m"]
    assert keys(control) == ["0.125", "1", "2"]
    assert (control.kind, control.label, control.count, control.start) == ("slider", "rate", 3, 1)
    assert control.marks == {"edge": 1.5}
    assert slider([3, 4]).start == 0
    assert slider([3, 4]).marks == {}
    control = slider([1, 10, 100])
    assert [control.place(x) for x in (0, 1, 10, 55, 100, 1000)] == [0, 0, 0.5, 0.75, 1, 1]
    assert slider([5]).place(5) == 0
    assert '<label for="card-rate">rate</label>' in on_card("rate", slider([1, 2]))


def test_units_stand_apart_but_for_degrees_and_percent_and_numbers_are_written_as_told():
    for unit, written in {"": "2", "°": "2°", "%": "2%", "s": f"2{SPACE}s"}.items():
        assert slider([2.0], unit=unit).text(0) == written
    assert slider([0.5], spec=".2f").text(0) == "0.50"


def test_a_slider_finds_what_is_nearly_its_value_and_shows_twelve_where_it_is_missed():
    control = slider([0.1, 0.2, 0.3], label="rate")
    assert [control.find(x) for x in (0.1, 0.1 + 0.2)] == [0, 2]
    with pytest.raises(ValueError, match=r"^0\.21 is not a value of 'rate': 0\.1, 0\.2, 0\.3$"):
        control.find(0.21)
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11$"):
        slider(range(12), label="n").find(40)
    with pytest.raises(ValueError, match=r"'n': 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …$"):
        slider(range(13), label="n").find(40)


def test_a_slider_refuses_what_is_no_list_of_ascending_numbers():
    for numbers in ([[1, 2]], [1, np.nan], [1, np.inf], 3.0):
        with pytest.raises(ValueError, match="the slider 'rate' needs a list of finite numbers"):
            slider(numbers, label="rate")
    for numbers in ([1, 1], [2, 1], [1, 3, 2]):
        told = f"slider 'rate' must ascend, each larger than the one before, but are {numbers}"
        with pytest.raises(ValueError, match=re.escape(told)):
            slider(numbers, label="rate")


# Between the listed values


def test_what_lies_between_is_told_to_a_script_and_read_from_a_link_only_where_it_counts():
    control = slider([0.5, 1.5], marks={"edge": 1.2}, spec=".2f")
    plain, fine = (
        control.spec(Card("card", {"a": control}, {}, fine=fine)) for fine in (False, True)
    )
    assert plain.keys() == {"texts", "keys"}
    assert {key: fine[key] for key in fine.keys() - plain.keys()} == {
        "fine": True, "values": [0.5, 1.5], "marks": [1.2], "spec": ".2f"
    }  # fmt: skip
    whole = slider([1, 2])
    assert "fine" not in whole.spec(Card("card", {"a": whole}, {}, fine=True))
    control = slider([0.5, 1.5])
    assert [control.at(place) for place in (0, "0.83", "1.5e0")] == [0.5, 0.83, 1.5]
    for place in ("0.4", "1.6", "nan", "inf", "", "a"):
        with pytest.raises(ValueError, match=r"no index of|is not a value of"):
            control.at(place)
    with pytest.raises(ValueError, match=r"'1\.5' is not a value of ''"):
        slider([1, 2]).at("1.5")


RATES = np.geomspace(0.001, 10, 9)


def rates() -> Explorer:
    figure, axes = panels(1)
    style_plane(axes, "x", "y", bounds=[[-1, 1], [-1, 1]])
    (dot,) = axes.plot([0], [0], "o")

    @explore(
        figure, {"dot": dot}, "How fast?", name="rates",
        rate=slider(RATES, label="rate", unit="m", start=0.1, marks={"edge": 2.0}),
        tidy=slider([-1.0, 0.0, 1.5], label="tidy", start=0, spec=".1f"),
        n=slider([1, 2, 5], label="number"),
        free=slider([0.1254, 0.5, 2.12345], label="free", spec="g"),
    )  # fmt: skip
    def update(rate: float, tidy: float, n: int, free: float):  # type: ignore
        return say("{used}", used=f"{rate!r} {tidy!r} {n!r} {free!r}")

    return update


opened = page_of(rates)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("key", "values", "many"),
    [("rate", RATES, 18), ("tidy", [-1, 0, 1.5], 12), ("free", [0.1254, 0.5, 2.12345], 18)],
)
def test_along_the_whole_track_the_number_shown_is_the_number_used(live: Page, key, values, many):
    place = {"rate": 0, "tidy": 1, "free": 3}[key]
    seen = []
    for along in np.linspace(0, len(values) - 1, 21):
        live.locator(f"#rates-{key}").fill(str(along))
        (told,), number = shown(live, key), used(live)[place]
        if number in values:
            assert told == pytest.approx(number, rel=0.005)
        else:
            assert told == number == float(f"{number:.3g}")
        seen.append(number)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (values[0], values[-1])
    assert len(set(seen)) > many


@pytest.mark.browser
def test_keys_go_to_the_next_listed_value(live: Page):
    field = live.locator("#rates-rate")
    field.fill("4.5")
    assert used(live)[0] == 0.208
    field.focus()
    for key, index in [
        ("ArrowLeft", 4), ("ArrowRight", 5), ("ArrowUp", 6), ("ArrowDown", 5), ("PageDown", 4),
        ("PageUp", 5), ("Shift+ArrowRight", 6), ("End", 8), ("ArrowRight", 8), ("Home", 0),
    ]:  # fmt: skip
        live.keyboard.press(key)
        assert used(live)[0] == RATES[index], key
    live.locator("#rates-n").focus()
    live.keyboard.press("ArrowRight")
    assert used(live)[2] == 2
    assert live.locator("#rates-n").get_attribute("step") is None


@pytest.mark.browser
def test_the_pointer_chooses_and_is_drawn_to_marks(live: Page):
    box = live.locator("#rates-rate").bounding_box()
    left, width, y = box["x"] + 9, box["width"] - 18, box["y"] + box["height"] / 2
    live.mouse.click(left + 0.3 * width, y)
    assert used(live)[0] not in RATES
    mark = slider(RATES).place(2.0)
    for beside in (-4, 0, 4):
        live.mouse.click(left + mark * width + beside, y)
        assert used(live)[0] == 2
    live.mouse.click(left + mark * width + 12, y)
    assert used(live)[0] > 2
    value = live.locator("[data-key='rate'] .explorer-value").inner_text()
    assert value.endswith(f"{SPACE}m")
    assert live.locator("#rates-rate").get_attribute("aria-valuetext") == value


@pytest.mark.browser
def test_links_of_any_value_are_read(live: Page):
    for written, rate in (
        ("1.83", 1.83), ("0.1", 0.1), ("0.01", RATES[2]), ("1.8349", 1.83), ("11", 0.1),
        ("0", 0.1), ("", 0.1), ("NaN", 0.1), ("Infinity", 0.1), ("rubbish", 0.1),
    ):  # fmt: skip
        live.locator("#rates-rate").fill("5")
        live.evaluate("link => { location.hash = link; }", f"explorer=rates&rate={written}&n=5")
        live.wait_for_function("document.querySelector('#rates-n').value === '2'")
        assert used(live)[:3] == [rate, 0, 5], written
        live.locator("#rates-n").fill("0")
