"""The way around a barrier: a curve, trained, from one trained network to another."""

import functools
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, IntegerArray
from mathdl.backward import loss_and_gradients
from mathdl.datasets import load_digits
from mathdl.equations import source
from mathdl.forward import forward, parameter_vector
from mathdl.gradient_descent import Window, adam, layers_from, loss_surface, plane_coordinates
from mathdl.gradient_descent.experiments.reading_digits import (
    N_LOSS,
    Reading,
    reading,
    slice_units,
)

__all__ = ["BentWay", "bent_way"]

BENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How far the middle is moved from half way, as shares of where training puts it."""

SHARES: Array = np.linspace(0, 1, 21)
"""Where networks on a way are looked at."""

N_GRID = 25
"""Points of the plane along either axis."""


class BentWay(NamedTuple):
    """Ways from the end of the first training of `reading` to the end of its second.

    Attributes
    ----------
    window : Window
        The part of the plane through both ends and the trained middle that was measured.
    surface : ndarray, shape (N_GRID, N_GRID)
        The loss there on the first `N_LOSS` training digits, row by row from below; its edges are
        those of `slice_units`.
    ways : ndarray, shape (n_bends, n_shares, 2)
        The points of each way, in the plane's coordinates.
    losses : ndarray, shape (n_bends, n_shares)
        The loss there, measured as that of the surface.
    misread : ndarray of int, shape (n_bends, n_shares)
        How many test digits each network misreads.
    """

    window: Window
    surface: Array
    ways: Array
    losses: Array
    misread: IntegerArray


@source("garipov2018loss, section 3, for curves trained like this.")
@functools.cache
def bent_way() -> BentWay:
    """Train the middle of a curve between two trained networks, and measure ways between.

    The curve is (1 − t)² A + 2t (1 − t) M + t² B. Adam trains M for 300 steps at random t, on 64
    digits a step. With M half way between A and B the curve is the straight line.

    Returns
    -------
    BentWay
        Computed once.

    Examples
    --------
    >>> found = bent_way()
    >>> bool(found.losses[0].max() > 5 * found.losses[-1].max())
    True
    """
    story, digits = reading(), load_digits()
    here, there = story.path[-1], story.other[-1]
    half, middle = (here + there) / 2, _trained_middle(story)
    along = (there - here) / np.linalg.norm(there - here)
    across = (middle - half) - ((middle - half) @ along) * along
    directions = np.stack([along, across / np.linalg.norm(across)])
    t = SHARES[:, None]
    every = np.array(
        [
            (1 - t) ** 2 * here + 2 * t * (1 - t) * (half + bend * (middle - half)) + t**2 * there
            for bend in BENDS
        ]
    )
    ways = plane_coordinates(every.reshape(-1, here.size), here, directions)
    low, high = ways.min(axis=0), ways.max(axis=0)
    (x, y), reach = ((low + high) / 2).round().tolist(), float(np.ceil(0.6 * (high - low).max()))
    edge = float(slice_units()[-1])
    units = np.linspace(-edge, edge, N_GRID)
    few = digits.x_train[:N_LOSS], digits.y_train[:N_LOSS]
    surface = loss_surface(
        layers_from(story.layers, here), *few, directions, x + reach * units, y + reach * units,
        n_jobs=1,
    )  # fmt: skip
    losses, misread = np.zeros(every.shape[:2]), np.zeros(every.shape[:2], dtype=np.int64)
    for place in np.ndindex(losses.shape):
        network = layers_from(story.layers, every[place])
        losses[place] = loss_and_gradients(network, *few, "cross_entropy")[0]
        answers = forward(network, digits.x_test).output.argmax(axis=1)
        misread[place] = (answers != digits.y_test).sum()
    return BentWay(Window((x, y), reach), surface, ways.reshape(*losses.shape, 2), losses, misread)


def _trained_middle(story: Reading) -> Array:
    digits, rng = load_digits(), np.random.default_rng(0)
    here, there = story.path[-1], story.other[-1]
    middle, rule = (here + there) / 2, adam(0.003)
    state = rule.init(middle)
    for _ in range(300):
        t = rng.uniform()
        batch = rng.choice(len(digits.x_train), 64, replace=False)
        point = (1 - t) ** 2 * here + 2 * t * (1 - t) * middle + t**2 * there
        _, slopes = loss_and_gradients(
            layers_from(story.layers, point), digits.x_train[batch], digits.y_train[batch],
            "cross_entropy",
        )  # fmt: skip
        middle, state = rule.step(middle, 2 * t * (1 - t) * parameter_vector(slopes), state)
    return middle
