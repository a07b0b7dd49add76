"""XOR, bent by two hidden units that the reader turns."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.sentences import Sentence
from mathdl.background import XOR_X, XOR_Y, directed_units
from mathdl.background.figures.xor import draw_xor, xor_layers
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer, forward

DIRECTIONS = np.arange(0, 360, 22.5)
"""Directions of a hidden unit in degrees."""


def xor_error(hidden: Layer) -> float:
    """Return the mean squared error of the best read-out of a hidden layer on XOR."""
    return np.mean((forward.plain(xor_layers(hidden), XOR_X).output - XOR_Y) ** 2)


def xor_explorer() -> Explorer:
    """Let the reader turn two hidden units and watch the inputs move."""
    figure, (left, right) = panels(2, height=330)
    picture = draw_xor(left, right, directed_units([45, 45]))

    flat = xor_error(directed_units([45, 45], activation="identity"))

    @explore(
        figure,
        picture.artists,
        "What does a hidden layer do to XOR?",
        computed=True,
        prediction=predict(
            "Both units point along 45° and XOR is solved. Keep both lines where they are, but "
            "take the ReLU away. How small can the best read-out’s mean squared error be?",
            [
                "0, as before",
                "⅛, half the loss of answering ½ everywhere",
                "¼, the loss of answering ½ everywhere",
            ],
            answer=round(flat / 0.125),
            why=say(
                "It is {flat:.2g}. Without the ReLU the sheet is moved but not bent, and an "
                "affine map of an affine map is affine.",
                flat=flat,
            ),
            show=[{"activation": "relu"}, {"activation": "identity"}],
        ),
        first=slider(DIRECTIONS, label="direction of unit 1", unit="°", start=45, spec=".4g"),
        second=slider(DIRECTIONS, label="direction of unit 2", unit="°", start=45, spec=".4g"),
        activation=choice(
            {n: ACTIVATIONS[n].label for n in ("relu", "identity")}, label="activation"
        ),
    )
    def update(first: float, second: float, activation: str) -> Sentence:
        hidden = directed_units([first, second], activation=activation)
        layers = picture.move(hidden)
        right_side = (2 * XOR_Y - 1) * (forward.plain(layers, XOR_X).output - 0.5) > 1e-9
        pressed = abs(np.sin(np.deg2rad(first - second))) < 1e-9
        return _say_xor(activation, xor_error(hidden), right_side.sum(), pressed)

    return update


def _say_xor(activation: str, error: float, right_side: int, pressed: bool) -> Sentence:
    if activation == "identity" and pressed:
        return say(
            "Without the ReLU the sheet is pressed onto a line that does not bend: the best "
            "read-out answers ½ everywhere, mean squared error ¼."
        )
    if activation == "identity":
        return say(
            "Without the ReLU the sheet is turned and stretched but stays flat: the best read-out "
            "answers ½ everywhere, mean squared error ¼."
        )
    if error < 1e-9:
        return say(
            "Solved: the bend brings the discs to one side of the rings, one straight cut "
            "separates them, and the mean squared error is 0."
        )
    if error > 0.25 - 1e-9:
        return say(
            "The bend runs parallel to a side of the square and separates nothing: the best "
            "read-out answers ½ at all four points, mean squared error ¼."
        )
    if right_side == len(XOR_X):
        return say(
            "Separated, but not exactly: one straight cut puts all four points on the right side "
            "of ½, and the mean squared error is {error:.3g}.",
            error=error,
        )
    return say(
        "The best read-out has mean squared error {error:.3g} and puts {right_side} of 4 points "
        "on the right side of ½.",
        error=error,
        right_side=right_side,
    )
