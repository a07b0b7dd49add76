"""A point of a plane."""

from pathlib import Path

import bs4
import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.toolkit import panels, style_plane
from explorable.explore import Explorer, choice, explore, point, say
from explorable.explore.page import control_spec, explorer_html
from tests.explorable.controls.kernel import page_of, shown, used, with_kernel
from tests.explorable.controls.listed import on_card
from tests.explorable.explore.examples import sample


@pytest.fixture
def axes():
    _, axes = panels(1)
    axes.set(xlim=(-1, 1), ylim=(0, 3))
    return axes


def test_a_point_lies_on_the_grid_of_its_axes(axes):
    control = point(axes, grid=(5, 4))
    assert control.count == 20
    np.testing.assert_allclose(control.xs, [-1, -0.5, 0, 0.5, 1])
    np.testing.assert_allclose(control.ys, [0, 1, 2, 3])
    assert control.value(0).tolist() == [-1, 0]
    assert control.value(4).tolist() == [1, 0]
    assert control.value(7).tolist() == [0, 1]
    assert control.text(3) == "(0.5, 0)"
    assert control.key(8) == "0.5,1"
    assert (control.kind, control.label) == ("point", "point")
    assert control.value(control.start).tolist() == [0, 2]  # the middle
    assert control.find((0.5, 1)) == 8
    with pytest.raises(ValueError, match=r"not on the grid; the nearest point is \(0\.5, 1\)"):
        control.find((0.6, 1.2))
    axes.set(xlim=(-0.3, 0.3))
    assert point(axes).count == 121
    assert point(axes, grid=(7, 2)).xs.tolist() == [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]
    axes.set(xscale="log", xlim=(1, 100), yscale="log", ylim=(0.1, 10))
    control = point(axes, grid=(3, 3))
    np.testing.assert_allclose(control.xs, [1, 10, 100])
    np.testing.assert_allclose(control.ys, [0.1, 1, 10])


def test_places_can_be_given_and_a_link_may_have_any_between_them(axes):
    within = point(axes, grid=(3, 2), bounds=[[0, 4], [5, 6]], label="start", start=(3.1, 5.2))
    assert (within.xs.tolist(), within.ys.tolist()) == ([0, 2, 4], [5, 6])
    assert within.value(within.start).tolist() == [4, 5]
    assert within.label == "start"
    listed = point(axes, xs=[1, 2, 4], ys=[3, 9], spec=".1f")
    assert listed.value(5).tolist() == [4, 9]
    assert listed.text(5) == "(4.0, 9.0)"
    control = plane().controls["place"]
    assert control.at("0.4,-0.25").tolist() == [0.4, -0.25]
    for place in ("0.4", "0.4,", "0.4,1,2", "a,b", "2.1,0", "0,-1.5", "nan,0"):
        with pytest.raises(ValueError, match=r"no index of|is not a value of"):
            control.at(place)


def test_a_point_says_how_to_move_it():
    """Who hears a page on a phone is not told of arrow keys."""
    assert on_card("where", sample().controls["where"]) == (
        '<div class="explorer-control explorer-point" data-key="where"><span>place</span>'
        '<span class="explorer-value">(0, 0)</span><small class="explorer-fine">'
        "drag the ring, or focus it and use the arrow keys</small>"
        '<small class="explorer-coarse">drag the ring, or tap beside it</small></div>'
    )


def test_handles_and_places_lie_where_matplotlib_puts_the_points():
    figure, axes = panels(2)
    for each in axes:
        style_plane(each, "x", "y", bounds=[[0, 4], [0, 2]])
    (line,) = axes[0].plot([0, 1])
    made = explore(
        figure, {"line": line}, "t", name="t",
        p=point(axes[1], grid=(3, 2), label="first <"), q=point(axes[1], grid=(2, 2)),
    )(lambda p, q: say("a"))  # fmt: skip
    states = [(state, False) for state in made.scene.look()]
    parsed = bs4.BeautifulSoup(explorer_html(made, states), "html.parser")
    empty, full = parsed.find_all(class_="explorer-panel")
    assert (empty["data-panel"], full["data-panel"]) == ("0", "1")
    assert empty.find(class_="explorer-handle") is None
    first, second = full.find_all(class_="explorer-handle")
    spec, other = (control_spec(made.card(), key) for key in "pq")
    assert (spec["panel"], spec["nth"], other["nth"]) == (1, 0, 1)
    cell = made.scene.cells[axes[1]]
    box = axes[1].get_window_extent()
    pixels = figure.dpi / PIXELS_PER_INCH
    left, width = spec["xs"][0] / 100 * cell.width, (spec["xs"][2] - spec["xs"][0]) / 100
    assert width * cell.width == pytest.approx(box.width / pixels, rel=0.01)
    assert (spec["ys"][0] - spec["ys"][1]) / 100 * cell.height == pytest.approx(
        box.height / pixels, rel=0.01
    )
    assert 0 < left < cell.width / 2
    assert spec["xs"][1] == pytest.approx((spec["xs"][0] + spec["xs"][2]) / 2, abs=2e-3)
    assert all(round(place, 3) == place for place in spec["xs"] + spec["ys"])
    row, column = divmod(made.controls["p"].start, 3)
    assert first["style"] == f"left:{spec['xs'][column]}%;top:{spec['ys'][row]}%"
    assert {key: first[key] for key in first.attrs if key not in ("style", "class")} == {
        "role": "slider", "tabindex": "-1", "aria-label": "first <", "aria-valuemin": "0",
        "aria-valuemax": "5", "aria-valuenow": "4", "aria-valuetext": "x = 2, y = 2",
        "aria-disabled": "true",
    }  # fmt: skip
    assert second["aria-label"] == "point"


# Between the listed places


def plane() -> Explorer:
    figure, (linear, log) = panels(2)
    style_plane(linear, "x", "y", bounds=[[-2, 2], [-1, 1]], equal=False)
    style_plane(log, "η", "β", bounds=[[0.001, 1], [0, 30]], equal=False)
    log.set(xscale="log", xlim=(0.001, 1))
    (dot,) = linear.plot([0], [0], "o")

    @explore(
        figure, {"dot": dot}, "Where?", name="plane",
        place=point(linear, xs=[-2, -1 / 3, 1, 2], ys=[-1, 0, 1], start=(1, 0), label="place"),
        pair=point(log, grid=(4, 4), label="pair"),
        scale=choice(["a", "b"], label="scale"),
        named=point(
            linear, grid=(3, 3), start=(-2, 1), label="named", by="scale",
            frames={"a": [[0, 1], [0, 1]], "b": [[10, 0.5], [-1, 2]]},
        ),
    )  # fmt: skip
    def update(place, pair, scale, named):  # type: ignore
        return say("{used}", used=" ".join(repr(float(v)) for v in (*place, *pair, *named)))

    return update


opened = page_of(plane)


def spot(page: Page, key: str, x: float, y: float) -> tuple[float, float]:
    """Return where a point lies on the screen: shares of the way along the axes."""
    spec = page.evaluate(
        "key => JSON.parse(document.querySelector('.explorer script').textContent)"
        ".controls.find((control) => control.key === key)",
        key,
    )
    box = page.locator(".explorer-panel").nth(spec["panel"]).bounding_box()
    places = [
        places[0] + share * (places[-1] - places[0])
        for places, share in ((spec["xs"], x), (spec["ys"], y))
    ]
    return (box["x"] + box["width"] * places[0] / 100, box["y"] + box["height"] * places[1] / 100)


@pytest.mark.browser
def test_the_pointer_picks_any_place_and_the_numbers_shown_are_used(live: Page):
    seen = set()
    live.mouse.move(*spot(live, "place", 0.75, 0.5))
    live.mouse.down()
    for share in np.linspace(-0.1, 1.1, 20):
        live.mouse.move(*spot(live, "place", share, 1 - share / 2))
        x, y = used(live)[:2]
        assert shown(live, "place") == pytest.approx([x, y], abs=0 if x != -1 / 3 else 0.0004)
        assert (round(x, 2), round(y, 3)) == (pytest.approx(x, abs=0.004), y)
        assert x == pytest.approx(min(2, max(-2, -2 + 4 * share)), abs=0.04)
        seen.add((x, y))
    live.mouse.up()
    live.mouse.move(*spot(live, "place", 0.5, 0.5))
    assert len(seen) > 15
    assert used(live)[:2] == [2, -0.1]


@pytest.mark.browser
def test_a_logarithmic_axis_is_picked_evenly(live: Page):
    for share in np.linspace(0.02, 0.98, 7):
        live.mouse.click(*spot(live, "pair", share, share))
        x, y = used(live)[2:4]
        assert np.log10(x) == pytest.approx(-3 + 3 * share, abs=0.03)
        assert y == pytest.approx(30 * share, abs=0.3)
        assert shown(live, "pair") == [x, y]
    handle = live.locator(".explorer-panel").nth(1).locator(".explorer-handle")
    box = handle.bounding_box()
    there = spot(live, "pair", 0.98, 0.98)
    assert (box["x"] + 22, box["y"] + 22) == pytest.approx(there, abs=1.5)


@pytest.mark.browser
def test_arrow_keys_walk_to_the_next_listed_place(live: Page):
    live.mouse.click(*spot(live, "place", 0.6, 0.3))
    x, y = used(live)[:2]
    assert (x, y) == pytest.approx((0.4, -0.4), abs=0.05)
    for key, place in [
        ("ArrowRight", (1, y)), ("ArrowLeft", (-1 / 3, y)), ("ArrowDown", (-1 / 3, -1)),
        ("ArrowUp", (-1 / 3, 0)), ("PageUp", (-1 / 3, 1)), ("End", (2, 1)), ("Home", (-2, 1)),
        ("ArrowLeft", (-2, 1)),
    ]:  # fmt: skip
        live.keyboard.press(key)
        assert tuple(used(live)[:2]) == place, key
    live.mouse.click(*spot(live, "named", 0.1, 0.8))
    x, y = used(live)[4:]
    assert shown(live, "named") == [x, y]
    live.get_by_label("scale").select_option("b")
    used(live)
    assert shown(live, "named") == pytest.approx([10 + 0.5 * x, -1 + 2 * y], rel=0.005)


@pytest.mark.browser
def test_a_tap_of_a_finger_picks_any_place(browser: Browser, tmp_path: Path):
    with with_kernel(browser, tmp_path, plane(), has_touch=True) as page:
        page.touchscreen.tap(*spot(page, "place", 0.6, 0.3))
        assert shown(page, "place") == used(page)[:2] != [1, 0]


@pytest.mark.browser
def test_links_to_any_place_are_read(live: Page):
    for written, place in (
        ("0.4,-0.25", [0.4, -0.25]), ("-0.333333,1", [-1 / 3, 1]),
        ("-0.333333,0.5", [-1 / 3, 0.5]), ("0.40001,1", [0.4, 1]), ("3,0", [1, 0]),
        ("0.4", [1, 0]), ("0.4,", [1, 0]), ("0.4,0,0", [1, 0]), ("a,b", [1, 0]), ("", [1, 0]),
    ):  # fmt: skip
        live.mouse.click(*spot(live, "place", 0.9, 0.9))
        link = f"explorer=plane&place={written}&scale=b"
        live.evaluate("link => { location.hash = link; }", link)
        live.wait_for_function("document.querySelector('#plane-scale').value === 'b'")
        assert used(live)[:2] == place, written
        live.get_by_role("button", name="Link to this state: copy").click()
        again = live.evaluate("new URLSearchParams(location.hash.slice(1)).get('place')")
        assert [float(each) for each in again.split(",")] == pytest.approx(place, rel=1e-5)
        live.get_by_label("scale").select_option("a")
