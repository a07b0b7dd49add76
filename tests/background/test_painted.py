"""What is shown and said of a painted digit: by each reader, and in how far they agree."""

import numpy as np
import pytest

from mathdl.background.experiments import read_digit
from mathdl.background.experiments.readers import Reading
from mathdl.background.explorers import painted as module
from mathdl.background.explorers.painted import FULL_VOTE, painted_explorer
from mathdl.background.figures.painted import CENTRES, LEFT, RIGHT
from mathdl.datasets import load_digits
from tests.explorable.explore.states import moving, once

DIGIT = np.full(64, 0.5)


explorer = once(painted_explorer)


@pytest.fixture
def read(explorer, monkeypatch):
    """Return a function that paints, and has the three readers see what is asked for."""

    def see(digit=DIGIT, *, enclosed=False, score=-0.25, probability=0.0005):
        votes = np.zeros(32)
        votes[:2] = [-2 * FULL_VOTE, FULL_VOTE / 2]
        reading = Reading(
            np.eye(8, dtype=bool) & enclosed, score, probability, np.abs(votes), votes
        )
        monkeypatch.setattr(module, "read_digit", lambda _: reading)
        return str(explorer.update(digit))

    return see


def answers(explorer):
    return [text.get_text() for text in moving(explorer, "answers")]


def test_what_the_readers_see_is_shown(explorer, read):
    read(enclosed=True, score=-0.25, probability=0.75)
    shown = moving(explorer, "enclosed")[0].get_offsets()
    assert np.array_equal(np.isfinite(shown).all(axis=1), np.eye(8, dtype=bool).ravel())
    assert shown[::9].tolist() == CENTRES[::9].tolist()
    votes = [patch.get_alpha() for patch in moving(explorer, "votes")]
    assert votes == [1.0, 0.5, *[0.0] * 30]
    places = [line.get_xdata()[0] for line in moving(explorer, "places")]
    assert places == pytest.approx([LEFT + (RIGHT - LEFT) * at for at in (1.0, 0.125, 0.75)])
    assert answers(explorer) == ["hole", "−0.25", "75\N{NO-BREAK SPACE}%"]


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        ({}, "None of the three sees a hole"),
        ({"enclosed": True, "score": 0.6, "probability": 0.7}, "All three see a hole"),
        ({"score": 0.6}, "Only the linear model sees a hole."),
        ({"score": 0.5, "probability": 0.51}, "Only the network sees a hole."),
        ({"enclosed": True, "score": 0.6, "probability": 0.5}, "Only the network sees no hole."),
    ],
)
def test_the_sentence_says_who_sees_what(read, seen, sentence):
    said = read(**seen)
    assert said.startswith(sentence)
    assert said.endswith("; 2 of its 32 hidden units are open.")
    assert read(np.zeros(64), **seen).startswith("An empty sheet has no hole")


@pytest.mark.parametrize(
    ("probability", "said", "sure"),
    [
        (0.0009, "below 0.1", "over 99.9"),
        (0.001, "0.1", "99.9"),
        (0.02, "2", "98"),
        (0.5, "50", "50"),
        (0.98, "98", "98"),
        (0.999, "99.9", "99.9"),
        (0.9999, "over 99.9", "over 99.9"),
    ],
)
def test_no_certainty_is_promised(explorer, read, probability, said, sure):
    assert f"{sure}\N{NO-BREAK SPACE}%" in read(probability=probability)
    assert answers(explorer)[2] == f"{said}\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("index", range(0, 200, 40))
def test_a_digit_is_read_by_the_kernels(explorer, index):
    digit = load_digits().x_test[index]
    said, reading = str(explorer.update(digit)), read_digit(digit)
    holes = [reading.enclosed.any(), reading.score > 0.5, reading.probability > 0.5]
    firsts = ["None of the three", "Only", "Only", "All three"]
    assert said.startswith(firsts[sum(holes)])
    assert answers(explorer)[:2] == [
        "hole" if holes[0] else "no hole",
        f"{reading.score:.2f}".replace("-", "−"),
    ]
    assert f" {(reading.activations > 0).sum()} of its 32" in said
