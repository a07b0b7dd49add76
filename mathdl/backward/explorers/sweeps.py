"""The explorer of the two modes: one sweep an input, or one sweep an output."""

import itertools

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.sweeps import MOST, draw_sweeps

HIDDEN = (4, 4, 4)
"""Units of the layers between inputs and outputs."""

BYTES = 8
"""Bytes of a number in double precision."""


def sweeps_explorer() -> Explorer:
    """Sweep one network forward, input by input, and backward, output by output."""
    figure, axes = panels(1, height=236, width=350)
    drawn = draw_sweeps(axes)

    @explore(
        figure,
        drawn.artists,
        "From which end?",
        computed=True,
        prediction=_predict_sweeps(),
        made=steps(MOST, label="step", pace=250),
        n_in=slider(range(1, MOST + 1), label="inputs", start=MOST),
        n_out=slider(range(1, MOST + 1), label="outputs", start=1),
    )
    def update(made: int, n_in: int, n_out: int) -> Sentence:
        sizes = (n_in, *HIDDEN, n_out)
        needed = {"forward": n_in, "reverse": n_out}
        done = {mode: np.minimum(made, most) for mode, most in needed.items()}
        written = {
            mode: say("{done} of {most} sweeps", done=done[mode], most=most)
            for mode, most in needed.items()
        }
        drawn.move(sizes, made, written)
        each = arrows(sizes)
        values = {
            "each": each,
            "n": n_in * n_out,
            "forward": done["forward"] * n_out,
            "reverse": done["reverse"] * n_in,
            "forward_cost": done["forward"] * each,
            "reverse_cost": done["reverse"] * each,
            "forward_bytes": BYTES * numbers_held(sizes, "forward"),
            "reverse_bytes": BYTES * numbers_held(sizes, "reverse"),
        }
        if made == 0:
            return say(
                "Wanted: the derivative of each output with respect to each input, {n} in all. A "
                "sweep uses each of the {each} arrows once, for one multiply-add.",
                **values,
            )
        if made < np.maximum(n_in, n_out):
            return say(
                "Forward mode has {forward} of {n} derivatives after {forward_cost} "
                "multiply-adds, reverse mode has {reverse} after {reverse_cost}.",
                **values,
            )
        return say(
            "Both are done, {n} in all: {forward_cost} multiply-adds in forward mode, which holds "
            "{forward_bytes} bytes at a time; {reverse_cost} in reverse mode, which holds "
            "{reverse_bytes}.",
            **values,
        )

    return update


def arrows(sizes: tuple[int, ...]) -> int:
    """Return how many arrows lead from layer to layer."""
    return sum(a * b for a, b in itertools.pairwise(sizes))


def numbers_held(sizes: tuple[int, ...], mode: str) -> int:
    """Return how many numbers a mode must hold at once.

    Forward mode needs a layer's values with their derivatives, and makes the next layer's from
    them; reverse mode keeps the values of all layers until its sweep comes back.
    """
    if mode == "forward":
        return np.stack([2 * (a + b) for a, b in itertools.pairwise(sizes)]).max()
    return sum(sizes)


def _predict_sweeps() -> Prediction:
    n_in, n_out = 6, 2
    ratio = n_in / n_out  # both sweep over the same arrows
    return predict(
        say(
            "{n_in} inputs, {n_out} outputs. How much work is forward mode, compared with reverse "
            "mode?",
            n_in=n_in,
            n_out=n_out,
        ),
        ["a third", "the same, since both use the same arrows", "three times as much"],
        answer=0 if ratio < 1 else 1 if ratio == 1 else 2,
        why=say(
            "A sweep costs the same in both directions, {each} multiply-adds here. Forward mode "
            "sweeps once for each input, {n_in} times; reverse mode once for each output, {n_out} "
            "times.",
            each=arrows((n_in, *HIDDEN, n_out)),
            n_in=n_in,
            n_out=n_out,
        ),
        show=[{"n_in": n_in, "n_out": n_out, "made": made} for made in (n_out, n_in)],
    )
