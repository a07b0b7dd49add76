"""A digit that the reader paints or slides, read by the rule, the linear model and the network."""

import numpy as np

from explorable.checks import Array
from explorable.controls.paint import read, slid, written
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, paint, predict, say
from explorable.explore.meters import Panel, Shown, Words, opacity, place
from explorable.explore.prediction import Prediction
from mathdl.background.experiments import hole_readers, read_digit
from mathdl.background.experiments.painted import painted
from mathdl.background.figures.painted import (
    CORNER,
    HEIGHT,
    LEFT,
    RIGHT,
    SIZE,
    WIDTH,
    draw_readers,
)
from mathdl.datasets import load_digits


def first_digits() -> dict[str, Array]:
    """Return the first of each of the ten digits in the test set, by name."""
    digits = load_digits()
    first = {digit: int(np.argmax(digits.y_test == digit)) for digit in range(10)}
    return {str(digit): digits.x_test[index] for digit, index in first.items()}


def painted_explorer() -> Explorer:
    """Let the reader paint a digit and see what three readers make of it."""
    figure, axes = panels(1, width=WIDTH, height=HEIGHT)
    drawn = draw_readers(axes, hole_readers().network[1].weights[0])
    panel = Panel(
        {
            "enclosed": opacity(drawn.enclosed, most=0.5),
            "places": place(drawn.places, LEFT, RIGHT),
            "answers": Words(drawn.answers),
            "votes": opacity(drawn.votes),
        },
        words={
            "first": "Python is here, and fits all three to their training digits.",
            "failed": "Python does not start in this browser. The written digits, and each of "
            "them slid by one cell, are read without it.",
            "hole": "hole",
            "no hole": "no hole",
            "score": "{score}",
            "probability": "{probability}",
            "the rule": "the rule",
            "the linear model": "the linear model",
            "the network": "the network",
            "empty": "An empty sheet has no hole to see. Paint a digit, or take a written one.",
            "all see one": "All three see a hole, the network with {sure}; {open} of its 32 "
            "hidden units are open.",
            "none sees one": "None of the three sees a hole, the network is {sure} sure; {open} "
            "of its 32 hidden units are open.",
            "one alone sees it": "Only {reader} sees a hole. The network is {sure} sure of its "
            "answer; {open} of its 32 hidden units are open.",
            "one alone sees none": "Only {reader} sees no hole. The network is {sure} sure of its "
            "answer; {open} of its 32 hidden units are open.",
        },
    )
    digits = first_digits()
    decorate = explore(
        figure,
        panel.artists,
        "Does your digit have a hole?",
        name="painted",
        prediction=_predict_slide(digits["0"]),
        digit=paint(axes, digits, corner=CORNER, size=SIZE, label="digit"),
    )
    return decorate(Shown(panel, painted))


def _predict_slide(zero: Array) -> Prediction:
    """Ask who still sees the hole of a zero that is slid to the left."""
    reading = read_digit(read(slid(written(zero), -1, 0)))
    rule, linear, network = (
        bool(reading.enclosed.any()),
        reading.score > 0.5,
        reading.probability > 0.5,
    )
    return predict(
        "All three see the hole of this zero. Slide it one cell to the left: who still sees it?",
        ["all three", "only the network", "only the rule"],
        answer={(True, True, True): 0, (False, False, True): 1, (True, False, False): 2}[
            rule, linear, network
        ],
        why=say(
            "Water does not care where a ring stands. The other two weigh each pixel in its "
            "place, and no training digit had been slid."
        ),
    )
