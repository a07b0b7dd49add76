"""What is said of a painted digit: by each reader, and in how far they agree."""

from types import SimpleNamespace

import numpy as np
import pytest

from mathdl.background.experiments import painted as module
from mathdl.background.experiments.painted import FULL_VOTE, painted

DIGIT = np.full(64, 0.5)


def reading(*, enclosed=False, score=-0.25, probability=0.0005):
    return SimpleNamespace(
        enclosed=np.eye(8, dtype=bool) & enclosed,
        score=score,
        probability=probability,
        votes=np.array([-2 * FULL_VOTE, FULL_VOTE / 2, 0.0]),
        activations=np.array([1.0, 0.0, 3.0]),
    )


@pytest.fixture
def read(monkeypatch):
    """Return a function that paints, and has the three readers see what is asked for."""

    def see(digit=DIGIT, **seen):
        monkeypatch.setattr(module, "read_digit", lambda _: reading(**seen))
        return painted(digit)

    return see


def test_what_the_readers_see_is_shown_in_numbers_from_0_to_1(read):
    shown = read(enclosed=True, score=-0.25, probability=0.75)
    assert shown["enclosed"].tolist() == np.eye(8).ravel().tolist()
    assert shown["votes"].tolist() == [1.0, 0.5, 0.0]
    assert shown["places"] == [1.0, 0.125, 0.75]
    assert shown["answers"] == [
        ["hole", {}],
        ["score", {"score": "−0.25"}],
        ["probability", {"probability": "75\N{NO-BREAK SPACE}%"}],
    ]


@pytest.mark.parametrize(
    ("seen", "sentence", "alone"),
    [
        ({}, "none sees one", None),
        ({"enclosed": True, "score": 0.6, "probability": 0.7}, "all see one", None),
        ({"score": 0.6}, "one alone sees it", "the linear model"),
        ({"score": 0.5, "probability": 0.51}, "one alone sees it", "the network"),
        ({"enclosed": True, "score": 0.6, "probability": 0.5}, "one alone sees none",
         "the network"),
    ],
)  # fmt: skip
def test_the_sentence_says_who_sees_what(read, seen, sentence, alone):
    name, values = read(**seen)["sentence"]
    assert (name, values.get("reader"), values["open"]) == (sentence, alone, "2")
    assert read(np.zeros(64), **seen)["sentence"][0] == "empty"


@pytest.mark.parametrize(
    ("probability", "said", "sure"),
    [
        (0.0, "below 0.1", "over 99.9"),
        (0.0009, "below 0.1", "over 99.9"),
        (0.001, "0.1", "99.9"),
        (0.0099, "1.0", "99.0"),
        (0.02, "2", "98"),
        (0.5, "50", "50"),
        (0.98, "98", "98"),
        (0.999, "99.9", "99.9"),
        (0.9999, "over 99.9", "over 99.9"),
    ],
)
def test_no_certainty_is_promised(read, probability, said, sure):
    shown = read(probability=probability)
    assert shown["answers"][2][1]["probability"] == f"{said}\N{NO-BREAK SPACE}%"
    assert shown["sentence"][1]["sure"] == f"{sure}\N{NO-BREAK SPACE}%"
