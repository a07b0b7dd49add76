"""Meters: what the page draws between two drawings is what Matplotlib draws there."""

import re

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from explorable.controls.paint import ARROWS, SLIDES, read, slid, written
from explorable.drawing.toolkit import label, panels, style_bare
from explorable.explore import explore, paint
from explorable.explore.artists import leaves
from explorable.explore.meters import Panel, Shown, Words, at, between, opacity, place

RNG = np.random.default_rng(0)
PICTURES = {"a": RNG.integers(0, 17, 64) / 16, "b": np.zeros(64)}


def show_mean(digit):
    mean = float(np.mean(digit))
    return {
        "square": [mean],
        "dot": [1 - mean],
        "answer": [["mean", {"mean": f"{mean:.2f}"}]],
        "sentence": ["said", {"mean": f"{mean:.2f}"}],
    }


@pytest.fixture
def explorer():
    figure, axes = panels(1, height=200)
    style_bare(axes)
    axes.set(xlim=(0, 400), ylim=(200, 0))
    square = axes.add_patch(Rectangle((200, 20), 30, 30, color="#0339c6", linewidth=0))
    (dot,) = axes.plot([250], [100], marker="o", linestyle="none")
    text = label(axes, 300, 150, "")
    panel = Panel(
        {
            "square": opacity([square], most=0.5),
            "dot": place([dot], 210, 390),
            "answer": Words([text]),
        },
        words={"mean": "mean {mean}", "said": "Its mean is {mean}."},
    )
    decorate = explore(
        figure,
        panel.artists,
        "Ink?",
        name="ink",
        digit=paint(axes, PICTURES, corner=(10, 20), size=160, label="digit"),
    )
    return decorate(Shown(panel, show_mean))


def test_the_sentence_and_the_artists_follow_the_function(explorer):
    mean = PICTURES["a"].mean()
    assert explorer.at(digit=PICTURES["a"]) == f"Its mean is {mean:.2f}."
    square, dot, text = (mover.artist for mover in explorer.scene.movers)
    assert square.get_alpha() == pytest.approx(0.5 * mean, abs=0.004)
    assert dot.get_xdata() == pytest.approx([390 - 180 * mean])
    assert text.get_text() == f"mean {mean:.2f}"


@pytest.mark.parametrize("number", [0.0, 0.1, 0.25, 0.6, 1.0])
def test_the_page_writes_what_would_be_drawn(explorer, number):
    spec = explorer.update.spec(explorer.scene)
    panel = explorer.update.panel
    for name in ("square", "dot"):
        ((index, parts),) = spec["meters"][name]
        assert parts
        panel.meters[name].show([number])
        state = explorer.scene.state(index, afresh=True)
        drawn = dict(zip(leaves(state.nodes), state.values, strict=True))
        for element, attribute, pieces in parts:
            ours, theirs = at(pieces, number), drawn[element, attribute]
            assert numbers_of(ours) == pytest.approx(numbers_of(theirs), abs=1.1, rel=1e-3)


def numbers_of(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_the_page_is_told_whom_to_call_and_which_words(explorer):
    spec = explorer.update.spec(explorer.scene)
    assert spec["call"] == f"{__name__}.show_mean"
    assert spec["words"] == {"mean": "mean {mean}", "said": "Its mean is {mean}."}
    assert spec["meters"]["answer"] == [[2, [[0, "#", None]]]]


def test_drawings_of_other_elements_have_nothing_between(explorer):
    states = explorer.scene.look()
    with pytest.raises(ValueError, match="the same elements at every number"):
        between(states[0], states[1])


# Painted pictures


def test_listed_are_all_pictures_and_their_slides(explorer):
    control = explorer.controls["digit"]
    assert control.count == 2 * (1 + len(SLIDES))
    assert len(set(control.written)) == 1 + len(SLIDES) + 1  # an empty sheet slides into itself
    for index in range(control.count):
        np.testing.assert_array_equal(control.value(index), read(control.key(index)))
    assert [control.text(index) for index in (0, 1, 2)] == ["a", "b", "a ←"]


def test_a_picture_is_written_and_read():
    picture = PICTURES["a"]
    assert len(written(picture)) == 64
    np.testing.assert_array_equal(read(written(picture)), picture)


@pytest.mark.parametrize("step", SLIDES, ids=ARROWS)
def test_a_slide_moves_every_cell_and_loses_what_leaves(step):
    across, down = step
    before = PICTURES["a"].reshape(8, 8)
    after = read(slid(written(before.ravel()), across, down)).reshape(8, 8)
    for row in range(8):
        for column in range(8):
            source = row - down, column - across
            inside = all(0 <= place < 8 for place in source)
            assert after[row, column] == (before[source] if inside else 0)


@pytest.mark.parametrize("letters", ["", "0" * 63, "0" * 63 + "h", "0" * 65, "é" * 64])
def test_what_is_no_picture_is_refused(letters):
    with pytest.raises(ValueError, match="64 letters from 0 to g"):
        read(letters)


@pytest.mark.parametrize("picture", [np.zeros(63), np.full(64, 1.5), np.full(64, np.nan)])
def test_what_holds_no_ink_is_refused(picture):
    with pytest.raises(ValueError, match="picture"):
        written(picture)


def test_a_picture_that_is_not_listed_has_no_index(explorer):
    with pytest.raises(ValueError, match="none of those that are listed"):
        explorer.at(digit=np.full(64, 0.5))
