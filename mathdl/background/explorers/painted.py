"""A digit that the reader paints or slides, read by the rule, the linear model and the network."""

from typing import Any

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, paint, predict, say
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from explorable.trace import program
from mathdl.background.experiments import hole_readers, read_digit
from mathdl.background.experiments.readers import Reading
from mathdl.background.figures.painted import (
    CENTRES,
    CORNER,
    HEIGHT,
    LEFT,
    RIGHT,
    SIZE,
    WIDTH,
    draw_readers,
)
from mathdl.datasets import load_digits

FULL_VOTE = 4.0
"""The vote of a hidden unit that is drawn in full colour, in logits."""


def first_digits() -> dict[str, Array]:
    """Return the first of each of the ten digits in the test set, by name."""
    digits = load_digits()
    first = {digit: int(np.argmax(digits.y_test == digit)) for digit in range(10)}
    return {str(digit): digits.x_test[index] for digit, index in first.items()}


def painted_explorer() -> Explorer:
    """Let the reader paint a digit and see what three readers make of it."""
    figure, axes = panels(1, width=WIDTH, height=HEIGHT)
    picture = draw_readers(axes, hole_readers().network[1].weights[0])
    digits = first_digits()

    @explore(
        figure,
        picture.artists,
        "Does your digit have a hole?",
        prediction=_predict_slide(digits["0"]),
        computed=True,
        digit=paint(axes, digits, corner=CORNER, size=SIZE, label="digit"),
    )
    def update(digit: Array) -> Sentence:
        reading = read_digit(digit)
        picture.enclosed.set_offsets(np.where(reading.enclosed.reshape(64, 1), CENTRES, np.nan))
        for patch, vote in zip(picture.votes, reading.votes, strict=True):
            patch.set_alpha(np.minimum(abs(vote) / FULL_VOTE, 1.0))
        rule = reading.enclosed.any()
        answers: list[Any] = [
            np.where(rule, 1.0, 0.0),
            reading.score / 2 + 0.25,
            reading.probability,
        ]
        for line, place in zip(picture.places, answers, strict=True):
            line.set_xdata([LEFT + (RIGHT - LEFT) * np.clip(place, 0.0, 1.0)])
        picture.answers[0].set_text(_answer(rule))
        picture.answers[1].set_text(
            str(say("{score:.2f}", score=reading.score * (abs(reading.score) >= 0.005) + 0.0))
        )
        picture.answers[2].set_text(_percent(reading.probability))
        return _agreement(digit, reading)

    return update


@program
def _answer(hole: np.bool) -> str:
    return str(say("hole") if hole else say("no hole"))


@program
def _percent(probability: float) -> str:
    """Write a probability in per cent, without promising certainty."""
    if probability > 0.999:
        return str(say("over 99.9\N{NO-BREAK SPACE}%"))
    if probability < 0.001:
        return str(say("below 0.1\N{NO-BREAK SPACE}%"))
    if abs(probability - 0.5) > 0.49:
        return str(say("{percent:.1f}\N{NO-BREAK SPACE}%", percent=100 * probability))
    return str(say("{percent:.0f}\N{NO-BREAK SPACE}%", percent=100 * probability))


def _agreement(digit: Array, reading: Reading) -> Sentence:
    """Say in how far the three agree."""
    probability = reading.probability
    told = {
        "sure": _percent(np.maximum(probability, 1 - probability)),
        "open": (reading.activations > 0).sum(),
    }
    if (digit == 0).all():
        return say("An empty sheet has no hole to see. Paint a digit, or take a written one.")
    holes = {
        "the rule": bool(reading.enclosed.any()),
        "the linear model": bool(reading.score > 0.5),
        "the network": bool(probability > 0.5),
    }
    seen = sum(holes.values())
    if seen == 3:
        return say(
            "All three see a hole, the network with {sure}; {open} of its 32 hidden units are "
            "open.",
            **told,
        )
    if seen == 0:
        return say(
            "None of the three sees a hole. The network is {sure} sure; {open} of its 32 hidden "
            "units are open.",
            **told,
        )
    (alone,) = (reader for reader, hole in holes.items() if hole == (seen == 1))
    if seen == 1:
        return say(
            "Only {reader} sees a hole. The network is {sure} sure of its answer; {open} of its "
            "32 hidden units are open.",
            reader=alone,
            **told,
        )
    return say(
        "Only {reader} sees no hole. The network is {sure} sure of its answer; {open} of its 32 "
        "hidden units are open.",
        reader=alone,
        **told,
    )


def _predict_slide(zero: Array) -> Prediction:
    """Ask who still sees the hole of a zero that is slid to the left."""
    slid = np.pad(zero.reshape(8, 8)[:, 1:], ((0, 0), (0, 1)))
    reading = read_digit(slid.ravel())
    seen = (
        bool(reading.enclosed.any()),
        bool(reading.score > 0.5),
        bool(reading.probability > 0.5),
    )
    return predict(
        "All three see the hole of this zero. Slide it one cell to the left: who still sees it?",
        ["all three", "only the network", "only the rule"],
        answer={(True, True, True): 0, (False, False, True): 1, (True, False, False): 2}[seen],
        why=say(
            "Water does not care where a ring stands. The other two weigh each pixel in its "
            "place, and no training digit had been slid."
        ),
        show=[{"digit": zero}, {"digit": slid.ravel()}],
    )
