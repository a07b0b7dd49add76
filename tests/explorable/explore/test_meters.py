"""Meters: what the page draws between two drawings is what Matplotlib draws there."""

import re

import numpy as np
import pytest
from matplotlib.patches import Rectangle

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
