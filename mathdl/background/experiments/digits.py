"""Networks that say whether a digit has a hole, over several draws of their first weights."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorable.checks import Array
from mathdl.background import accuracy, best_affine_fit
from mathdl.background.experiments.readers import hole_digits, train_hole_network
from mathdl.forward import Layer, forward, initialize

N_DRAWS = 5
"""How many draws the chapter looks at, seeds 0 to 4."""

RANDOM_WIDTHS = (2, 4, 8, 16, 32, 64, 128, 256, 512)
LEARNED_WIDTHS = (2, 8, 32)
DEEP_WIDTHS = ((32, 32),)


class Shares(NamedTuple):
    """Shares of test digits answered correctly, one per draw.

    Attributes
    ----------
    as_they_are, slid : ndarray (n_draws,)
        For the test digits, and for the same digits slid one pixel to the left.
    """

    as_they_are: Array
    slid: Array


def _slid_left(images: Array) -> Array:
    """Slide 8×8 images (n, 64) one pixel to the left; what enters is paper."""
    return np.pad(images.reshape(-1, 8, 8), ((0, 0), (0, 0), (0, 1)))[:, :, 1:].reshape(-1, 64)


def _with_random_units(width: int, seed: int) -> list[Layer]:
    """Draw a hidden layer at random and fit the read-out alone, by least squares."""
    problem = hole_digits()
    hidden = initialize([64, width], output="relu", rng=np.random.default_rng(seed))
    return [*hidden, best_affine_fit(forward(hidden, problem.x_train).output, problem.y_train)]


def _score(widths: Sequence[int], seed: int, learned: bool) -> tuple[float, float]:
    network = train_hole_network(widths, seed) if learned else _with_random_units(widths[0], seed)
    cut = 0.0 if learned else 0.5
    _, _, x, y = hole_digits()
    as_it_is, slid = (accuracy(forward(network, a).output, y, cut) for a in (x, _slid_left(x)))
    return as_it_is, slid


@functools.cache
def digit_study() -> dict[tuple[str, tuple[int, ...]], Shares]:
    """Score networks of random and of learned hidden units, over several draws; once.

    Returns
    -------
    dict
        By ``("random" or "learned", widths of the hidden layers)``.
    """
    kinds = [
        *(("random", (width,)) for width in RANDOM_WIDTHS),
        *(("learned", (width,)) for width in LEARNED_WIDTHS),
        *(("learned", widths) for widths in DEEP_WIDTHS),
    ]
    scores = [
        _score(widths, seed, kind == "learned")
        for kind, widths in kinds
        for seed in range(N_DRAWS)
    ]
    by_kind = np.array(scores).reshape(len(kinds), N_DRAWS, 2)
    return {kind: Shares(*shares.T) for kind, shares in zip(kinds, by_kind, strict=True)}
