"""The card of an explorer as HTML, part by part: the script finds everything by these names."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import bs4
import numpy as np
import pytest

import explorable.explore
from explorable.controls.definitions import Point
from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.toolkit import opacity_rgba, panels, style_bare, style_curve, style_plane
from explorable.explore import choice, explore, paint, point, predict, say, slider, steps
from explorable.explore.page import (
    buttons_html,
    control_html,
    control_spec,
    explorer_html,
    marks_html,
    prediction_html,
    python_words,
    wide_controls,
    words,
)
from tests.explorable.explore.examples import hill, sample

SPACE = "\N{NO-BREAK SPACE}"
CARD = SimpleNamespace(name="card")


@pytest.fixture(scope="module")
def explorer():
    return sample()


@pytest.fixture(scope="module")
def card(explorer):
    states = [(state, False) for state in explorer.scene.look()]
    written = explorer_html(explorer, states, "sample.0123456789.js", "The longest sentence < 1.")
    return bs4.BeautifulSoup(written, "html.parser")


def test_a_slider_is_a_labelled_range():
    control = slider([0.5, 1, 2], label="rate < η", unit="m", start=1, marks={"2/L": 1.5})
    assert control_html(CARD, "rate", control) == (
        '<div class="explorer-control explorer-slider" data-key="rate">'
        '<label for="card-rate">rate &lt; η</label>'
        f'<span class="explorer-value" aria-hidden="true">1{SPACE}m</span>'
        '<div class="explorer-track"><input type="range" id="card-rate" min="0" max="2" value="1" '
        f'aria-valuetext="1{SPACE}m" style="--at:0.5" autocomplete="off" disabled>'
        '<div class="explorer-marks"><span style="--at:0.7500">2/L</span></div></div></div>'
    )
    assert marks_html(slider([1, 2])) == ""
    assert marks_html(slider([1, 2], marks={"<": 1, "b": 2})) == (
        '<div class="explorer-marks"><span style="--at:0.0000">&lt;</span>'
        '<span style="--at:1.0000">b</span></div>'
    )


def test_a_choice_is_a_labelled_select():
    control = choice({"a": "one & only", "b": "other"}, label="rule", start="b")
    assert control_html(CARD, "rule", control) == (
        '<div class="explorer-control explorer-choice" data-key="rule">'
        '<label for="card-rule">rule</label>'
        '<select id="card-rule" autocomplete="off" disabled>'
        "<option>one &amp; only</option><option selected>other</option></select></div>"
    )


def test_steps_have_buttons_that_play_and_leap():
    assert control_html(CARD, "t", steps(2, start=1, label="layer"), wide=True) == (
        '<div class="explorer-control explorer-steps explorer-wide" data-key="t">'
        '<label for="card-t">layer</label>'
        '<span class="explorer-value" aria-hidden="true">1 / 2</span>'
        '<div class="explorer-track"><input type="range" id="card-t" min="0" max="2" value="1" '
        'aria-valuetext="1 / 2" style="--at:0.5" autocomplete="off" disabled></div>'
        '<div class="explorer-buttons">'
        '<button type="button" disabled data-leap="-1" aria-label="layer −1">−1</button>'
        '<button type="button" class="explorer-play" disabled data-play="Play" data-pause="Pause">'
        "Play</button>"
        '<button type="button" disabled data-leap="1" aria-label="layer +1">+1</button>'
        "</div></div>"
    )
    leaping = bs4.BeautifulSoup(buttons_html(steps(40, label="a<b")), "html.parser")
    assert [button.get("data-leap") for button in leaping.find_all("button")] == [
        "-10", "-1", None, "1", "10"
    ]  # fmt: skip
    leaps = leaping.find_all("button", {"data-leap": True})
    assert [button["aria-label"] for button in leaps] == [
        "a<b −10", "a<b −1", "a<b +1", "a<b +10"
    ]  # fmt: skip
    assert [button.text for button in leaping.find_all("button")] == [
        "−10", "−1", "Play", "+1", "+10"
    ]  # fmt: skip


def test_a_point_says_how_to_move_it(explorer):
    """Who hears a page on a phone is not told of arrow keys."""
    assert control_html(explorer, "where", explorer.controls["where"]) == (
        '<div class="explorer-control explorer-point" data-key="where"><span>place</span>'
        '<span class="explorer-value">(0, 0)</span><small class="explorer-fine">'
        "drag the ring, or focus it and use the arrow keys</small>"
        '<small class="explorer-coarse">drag the ring, or tap beside it</small></div>'
    )


@pytest.mark.parametrize(
    ("kinds", "wide"),
    [
        ("slider slider", ""),
        ("slider slider slider", "2"),
        ("slider point slider", "1"),
        ("steps slider", "0 1"),
        ("slider steps slider", "1"),
        ("steps", "0"),
        ("slider slider point slider", ""),
    ],
)
def test_two_columns_are_filled(kinds, wide):
    """Steps need a line of their own, and so does the odd one of the others, a point first."""
    _, axes = panels(1)
    make = {
        "slider": lambda: slider([1, 2]),
        "steps": lambda: steps(2),
        "point": lambda: point(axes),
    }
    controls = {str(k): make[kind]() for k, kind in enumerate(kinds.split())}
    assert wide_controls(controls) == set(wide.split())


def test_a_control_without_a_label_is_called_by_its_key():
    assert '<label for="card-rate">rate</label>' in control_html(CARD, "rate", slider([1, 2]))


def test_a_prediction_is_a_set_of_radio_buttons():
    made = predict("Is a < b?", ["yes", "no & never"], answer=1, why="Because & so.")
    assert prediction_html("card", None) == ""
    written = prediction_html("card", made)
    (fieldset,) = bs4.BeautifulSoup(written, "html.parser").contents
    assert fieldset["class"] == ["explorer-predict"]
    assert fieldset["data-answer"] == "1"
    assert fieldset.legend.text == "Predict first"
    assert fieldset.p.text == "Is a < b?"
    options = fieldset.find_all("label")
    assert [option.span.text for option in options] == ["yes", "no & never"]
    assert [option.has_attr("data-right") for option in options] == [False, True]
    for value, radio in enumerate(fieldset.find_all("input")):
        assert radio.attrs == {
            "type": "radio", "name": "card-prediction", "value": str(value),
            "autocomplete": "off", "disabled": "",
        }  # fmt: skip
    verdict = fieldset.find(class_="explorer-verdict")
    assert (verdict["tabindex"], verdict.b.text) == ("-1", "")
    assert verdict.has_attr("hidden")
    assert verdict.span.text == "Because & so."


def test_the_card_has_a_title_and_a_sentence_and_room_for_the_longest(card, explorer):
    figure = card.figure
    assert (figure["class"], figure["id"]) == (["explorer"], "explorer-sample")
    title = card.find(id=figure["aria-labelledby"])
    assert title.text == explorer.title
    assert title.parent.name == "header"
    said, ghost = card.find(class_="explorer-say").find_all("p")
    assert (said["id"], said.text) == ("sample-say", "A sin of 1 m at (0, 0).")
    assert not said.has_attr("aria-live")  # it is spoken in another place, when the hand rests
    assert (card.find(class_="explorer-spoken")["role"]) == "status"
    assert ghost["aria-hidden"] == "true"
    assert ghost["class"] == ["explorer-ghost"]
    assert ghost.text == "The longest sentence < 1."
    assert card.find(class_="explorer-reset").text == "Reset"
    parts = [part["class"][0] for part in figure.find_all(recursive=False) if part.get("class")]
    assert parts == [
        f"explorer-{part}"
        for part in [
            "head",
            "predict",
            "still",
            "panels",
            "dots",
            "trouble",
            "python",
            "controls",
            "say",
            "spoken",
        ]
    ]
    assert figure.find("output") is None  # a browser would announce it at each key
    keys = [part["data-key"] for part in card.find_all(class_="explorer-control")]
    assert keys == ["where", "size", "shape", "shift"]


def test_only_a_page_with_states_has_a_link(card, explorer):
    link = card.find(class_="explorer-link")
    assert (link.text, link["aria-label"]) == ("Link", "Link to this state: copy")
    assert link.has_attr("disabled")
    states = [(state, False) for state in explorer.scene.look()]
    alive = bs4.BeautifulSoup(explorer_html(explorer, states), "html.parser")
    assert alive.find(class_="explorer-link") is None
    assert json.loads(alive.script.string)["file"] == ""
    assert alive.find(class_="explorer-ghost").text == ""


def test_the_script_is_told_all_it_needs(card):
    assert card.script["type"] == "application/json"
    told = json.loads(card.script.string)
    where, size, shape, shift = told.pop("controls")
    words = told.pop("words")
    assert told == {"name": "sample", "file": "sample.0123456789.js"}
    assert (words["right"], words["wrong"]) == ("Right.", "Not so. The answer is: double.")
    for trouble in ("lost", "broken", "old", "saved"):
        assert words[trouble].endswith("so its controls are switched off.")
    assert words.keys() == {
        "right", "wrong", "copied", "address", "pictures", "again", "lost", "broken", "old",
        "saved",
    }  # fmt: skip
    assert size == {
        "key": "size", "kind": "slider", "start": 1, "keys": ["0.5", "1", "2"],
        "texts": [f"{shown}{SPACE}m" for shown in ("0.5", "1", "2")],
    }  # fmt: skip
    assert shape == {
        "key": "shape", "kind": "choice", "start": 0, "keys": ["sin", "cos"],
        "texts": ["sine", "cosine"],
    }  # fmt: skip
    assert shift == {
        "key": "shift", "kind": "steps", "start": 0, "keys": ["0", "1", "2", "3"],
        "texts": ["0 / 3", "1 / 3", "2 / 3", "3 / 3"], "pace": 30,
    }  # fmt: skip
    assert (where["key"], where["kind"], where["start"]) == ("where", "point", 7)
    assert (where["panel"], where["nth"], where["names"]) == (0, 0, ["x", "y"])
    assert where["texts"] == [[["−2", "−1", "0", "1", "2"], ["−1", "0", "1"]]]
    assert where["keys"] == [["-2", "-1", "0", "1", "2"], ["-1", "0", "1"]]
    assert "by" not in where


class Shifted(Point):
    """A point whose coordinates depend on a choice."""

    by = "scale"

    def texts(self, option="a"):
        return [f"{option}{k}" for k in range(3)], [f"{option}{k}" for k in range(2)]


def test_a_point_may_be_called_by_another_choice():
    figure, axes = panels(1)
    style_plane(axes, "u", "v", bounds=[[0, 2], [0, 1]])
    (line,) = axes.plot([0, 1])
    made = explore(
        figure, {"line": line}, "t", name="t", scale=choice(["a", "b"], start="b"),
        p=Shifted(axes, grid=(3, 2), start=(2, 1)),
    )(lambda scale, p: say("a"))  # fmt: skip
    spec = control_spec(made, "p", made.controls["p"])
    assert spec["by"] == "scale"
    assert spec["texts"] == [
        (["a0", "a1", "a2"], ["a0", "a1"]), (["b0", "b1", "b2"], ["b0", "b1"])
    ]  # fmt: skip
    states = [(state, False) for state in made.scene.look()]
    card = bs4.BeautifulSoup(explorer_html(made, states), "html.parser")
    assert card.find(class_="explorer-handle")["aria-valuetext"] == "u = b2, v = b1"
    assert card.find(class_="explorer-value").text == "(b2, b1)"


def test_every_panel_is_a_picture_with_a_name_and_the_sentence():
    figure, axes = panels(4, columns=2)
    style_plane(axes[0], "θ₁", "θ₂", bounds=[[0, 4], [0, 2]])
    style_curve(axes[1], "step", "loss")
    axes[2].set_title("digits", loc="left")
    (line,) = axes[3].plot([0, 1])
    made = explore(figure, {"line": line}, "t", name="t", a=slider([1, 2]))(lambda a: say("a"))
    states = [(state, False) for state in made.scene.look()]
    parsed = bs4.BeautifulSoup(explorer_html(made, states), "html.parser")
    pictures = parsed.select(".explorer-panel > svg")
    assert [picture["role"] for picture in pictures] == ["img"] * 4
    assert [picture["aria-label"] for picture in pictures] == [
        "Plane of θ₁ and θ₂", "loss against step", "digits", "Picture 4 of 4"
    ]  # fmt: skip
    assert {picture["aria-describedby"] for picture in pictures} == {"t-say"}
    assert parsed.find(id="t-say").text == "a"
    dots = parsed.select(".explorer-dots button")
    assert [dot["aria-label"] for dot in dots] == [f"Picture {k} of 4" for k in (1, 2, 3, 4)]


def test_no_word_of_an_author_ends_the_script():
    figure, axes = panels(1)
    (line,) = axes.plot([0, 1])
    made = explore(
        figure, {"line": line}, "A <b> title", name="x", a=choice(["</script>", "é"], label="a")
    )(lambda a: say("{a} < 1", a=a))
    written = explorer_html(made, [(state, False) for state in made.scene.look()])
    assert "\\u003c/script>" in written
    assert '"é"' in written
    assert "A &lt;b&gt; title" in written
    assert '<p id="x-say">&lt;/script&gt; &lt; 1</p>' in written
    assert "explorer-dots" not in written  # of one panel
    parsed = bs4.BeautifulSoup(written, "html.parser")
    assert json.loads(parsed.script.string)["controls"][0]["keys"][0] == "</script>"


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
    spec, other = (control_spec(made, key, made.controls[key]) for key in "pq")
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


def test_a_view_that_turns_is_projected_by_the_page():
    made = hill()
    spec = control_spec(made, "view", made.inputs["view"])
    assert (spec["panel"], spec["step"], spec["start"], spec["tilt"]) == (1, 15, 2, 0.5)
    assert len(spec["texts"]) == len(spec["keys"]) == 24
    view = made.inputs["view"].space.view(made.scene.renderer(1, ""))
    assert {key: spec[key] for key in view} == view


def test_what_is_hidden_at_first_is_drawn_hidden(explorer):
    states = [(state, index == 1) for index, state in enumerate(explorer.scene.look())]
    parsed = bs4.BeautifulSoup(explorer_html(explorer, states), "html.parser")
    groups = {group["data-m"]: group for group in parsed.find_all("g", {"data-m": True})}
    assert sorted(groups) == ["0", "1", "2", "3"]
    assert {name: group.get("display") for name, group in groups.items()} == {
        "0": None, "1": "none", "2": None, "3": None
    }  # fmt: skip
    homes = {name: group.find_parent("div")["data-panel"] for name, group in groups.items()}
    assert homes == {"0": "1", "1": "0", "2": "0", "3": "1"}


BAR = np.zeros((8, 8))
BAR[2:6, 3] = 0.5
DOT = np.zeros((8, 8))
DOT[0, 0] = 1


@pytest.fixture
def painted():
    figure, axes = panels(1, width=400, height=200)
    style_bare(axes)
    axes.set(xlim=(0, 400), ylim=(200, 0))
    (line,) = axes.plot([0, 1])
    digit = paint(axes, {"bar": BAR.ravel(), "a < b": DOT.ravel()}, corner=(100, 20), size=80)
    return explore(figure, {"line": line}, "t", name="t", digit=digit)(lambda digit: say("a"))


def test_a_picture_to_paint_is_a_grid_over_the_place_that_is_drawn(painted):
    states = [(state, False) for state in painted.scene.look()]
    card = bs4.BeautifulSoup(explorer_html(painted, states), "html.parser")
    canvas = card.select_one(".explorer-panel > .explorer-canvas")
    assert (canvas["role"], canvas["aria-label"]) == ("grid", "picture")
    assert canvas["aria-disabled"] == "true"
    rows = canvas.find_all(attrs={"role": "row"})
    cells = [row.find_all(attrs={"role": "gridcell"}) for row in rows]
    assert [[cell["style"] for cell in row] for row in cells] == [
        [f"--v:{ink:g}" for ink in row] for row in BAR
    ]
    assert [cell["tabindex"] for row in cells for cell in row] == ["0", *["-1"] * 63]
    axes = painted.controls["digit"].axes
    drawn = painted.controls["digit"].draw()
    assert drawn.get_extent() == [100, 180, 100, 20]
    np.testing.assert_array_equal(drawn.get_array(), opacity_rgba(BAR))
    assert (axes.get_xlim(), axes.get_ylim(), axes.get_aspect()) == ((0, 400), (200, 0), "auto")
    box, (left, bottom, right, top) = axes.get_figure().bbox, axes.get_window_extent().extents
    share = dict(re.findall(r"(\w+):([\d.]+)%", canvas["style"]))
    expected = {
        "left": (left + (right - left) * 100 / 400) / box.width,
        "top": (box.height - top + (top - bottom) * 20 / 200) / box.height,
        "width": (right - left) * 80 / 400 / box.width,
        "height": (top - bottom) * 80 / 200 / box.height,
    }
    assert {side: float(value) for side, value in share.items()} == pytest.approx(
        {side: 100 * value for side, value in expected.items()}, abs=2e-3
    )


def test_a_picture_to_paint_has_buttons_with_words(painted):
    control = painted.controls["digit"]
    part = bs4.BeautifulSoup(control_html(painted, "digit", control), "html.parser")
    assert part.span.text == "digit"
    assert part.small.text.startswith("Paint with a finger, a pen or the mouse; ")
    listed, changes = part.select(".explorer-buttons[role=group]")
    assert [group["aria-label"] for group in (listed, changes)] == [
        "pictures to begin with", "change the picture"
    ]  # fmt: skip
    buttons = part.find_all("button")
    assert all(button["type"] == "button" and button.has_attr("disabled") for button in buttons)
    assert [(b["data-picture"], b["aria-pressed"], b.text) for b in listed.find_all("button")] == [
        ("0", "true", "bar"), ("1", "false", "a < b")
    ]  # fmt: skip
    slides = changes.find_all("button", {"data-slide": True})
    assert [(b["data-slide"], b.text, b["aria-label"]) for b in slides] == [
        ("-1,0", "←", "slide left"), ("1,0", "→", "slide right"),
        ("0,-1", "↑", "slide up"), ("0,1", "↓", "slide down"),
    ]  # fmt: skip
    clear, erase = changes.find_all("button")[4:]
    assert (clear.text, erase.text, erase["aria-pressed"]) == ("Clear", "Erase", "false")
    assert clear.has_attr("data-clear")
    assert erase.has_attr("data-erase")
    spec = control_spec(painted, "digit", control)
    assert (spec["panel"], spec["kind"], len(spec["keys"])) == (0, "paint", 2 + 2 * 8)
    assert spec["cell"] == "row {row}, column {column}: {ink} % ink"


def test_the_page_has_every_word_that_its_script_asks_for():
    scripts = Path(explorable.explore.__file__).parent / "browser"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(scripts.glob("*.js")))
    prediction = predict("Is it?", ["yes", "no"], answer=0, why="So.")
    here = words(prediction, alive=False) | python_words({})
    alive = words(prediction, alive=True)
    assert {*re.findall(r"\bwords\.(\w+)", code)} - {"js"} <= {*here}  # a file is called so too
    assert [key for key in here | alive if not re.search(rf"\b{key}\b", code)] == []
    assert all(re.fullmatch(r"[A-Z].*", said, re.DOTALL) for said in (here | alive).values())
    assert words(None, alive=True).keys() == {"pictures", "silent"}
