"""What a page or a notebook shows of a digit that the reader has painted."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mathdl.background.experiments.readers import Reading, read_digit

_PERCENT = "\N{NO-BREAK SPACE}%"

FULL_VOTE = 4.0
"""The vote of a hidden unit that is drawn in full colour, in logits."""


def painted(digit: npt.ArrayLike) -> dict[str, Any]:
    """Let the three readers look at a painted digit, and say what to show of it.

    Parameters
    ----------
    digit : array_like (64,)
        Ink from 0 to 1, row by row.

    Returns
    -------
    dict
        ``enclosed`` (64) and ``votes`` (32), numbers from 0 to 1; ``places`` (3), where each
        reader stands between "no hole" at 0 and "hole" at 1, ½ being undecided; ``answers`` (3)
        and ``sentence``, names of templates with the values that fill them.

    Raises
    ------
    ValueError
        If the digit is not 64 numbers from 0 to 1.
    """
    reading = read_digit(digit)
    holes = {
        "the rule": bool(reading.enclosed.any()),
        "the linear model": reading.score > 0.5,
        "the network": reading.probability > 0.5,
    }
    score = f"{reading.score:.2f}".replace("-", "−")
    return {
        "enclosed": reading.enclosed.ravel().astype(float),
        "votes": np.minimum(abs(reading.votes) / FULL_VOTE, 1.0),
        "places": [float(holes["the rule"]), reading.score / 2 + 0.25, reading.probability],
        "answers": [
            ["hole" if holes["the rule"] else "no hole", {}],
            ["score", {"score": score}],
            ["probability", {"probability": _percent(reading.probability)}],
        ],
        "sentence": _sentence(digit, holes, reading),
    }


def _sentence(digit: npt.ArrayLike, holes: dict[str, bool], reading: Reading) -> list[Any]:
    """Say in how far the three agree."""
    sure = max(reading.probability, 1 - reading.probability)
    values = {"sure": _percent(sure), "open": str(np.count_nonzero(reading.activations))}
    seen = sum(holes.values())
    if not np.any(digit):
        return ["empty", values]
    if seen in (0, 3):
        return ["all see one" if seen else "none sees one", values]
    (alone,) = (reader for reader, hole in holes.items() if hole == (seen == 1))
    return [
        "one alone sees it" if seen == 1 else "one alone sees none",
        values | {"reader": alone},
    ]


def _percent(probability: float) -> str:
    """Write a probability in per cent, without promising certainty."""
    if probability > 0.999:
        return f"over 99.9{_PERCENT}"
    if probability < 0.001:
        return f"below 0.1{_PERCENT}"
    digits = 1 if abs(probability - 0.5) > 0.49 else 0
    return f"{100 * probability:.{digits}f}{_PERCENT}"
