"""A network that learns to read digits, watched step by step and seen in three slices."""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, ArrayLike, IntegerArray, checked
from mathdl.datasets import load_digits
from mathdl.forward import NETWORK, Layer, forward, in_parameters, initialize
from mathdl.gradient_descent import (
    Window,
    filter_normalized_directions,
    layers_from,
    loss_surface,
    plane_coordinates,
    principal_axes,
)
from mathdl.gradient_descent.experiments.digits import DIGITS_SIZES, train_digits

__all__ = [
    "Reading",
    "Slice",
    "digits_to_show",
    "loss_at",
    "loss_barrier",
    "reading",
    "slice_units",
    "slices",
]

N_EPOCHS = 12
N_MOMENTS = 40
"""At about how many moments the training is looked at, more often at first."""

N_LOSS = 400
"""On how many training digits, the first ones, the loss is measured."""

N_GRID = 33
"""Points of a slice along either axis."""

N_SHOWN, N_NEVER = 54, 9
"""How many test digits are shown, and how many of them are still misread at the end."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A training of the digits network, and a second one from other initial weights.

    Attributes
    ----------
    layers : list of Layer
        The network at the start.
    steps : ndarray of int, shape (n_moments,)
        After how many steps it was looked at; the first is 0.
    path : ndarray, shape (n_moments, n_parameters)
        The parameters then.
    other : ndarray, shape (n_moments, n_parameters)
        Those of the second training.
    losses : ndarray, shape (n_moments,)
        The loss on the first `N_LOSS` training digits.
    train_shares, test_shares : ndarray, shape (n_moments,)
        Which share of all training digits and of all test digits is read correctly.
    answers : ndarray of int, shape (n_moments, n_test)
        What it says of each test digit.
    """

    layers: list[Layer]
    steps: IntegerArray
    path: Array
    other: Array
    losses: Array
    train_shares: Array
    test_shares: Array
    answers: IntegerArray


class Slice(NamedTuple):
    """The loss over a plane of parameters.

    Attributes
    ----------
    center : ndarray, shape (n_parameters,)
        The parameters with coordinates (0, 0).
    directions : ndarray, shape (2, n_parameters)
        A step of 1 along either axis.
    window : Window
        The part that was measured.
    surface : ndarray, shape (N_GRID, N_GRID)
        The loss, row by row from below.
    path, other : ndarray, shape (n_moments, 2)
        The points of the plane nearest to the two trainings.
    """

    center: Array
    directions: Array
    window: Window
    surface: Array
    path: Array
    other: Array


def _training(seed: int) -> tuple[IntegerArray, Array]:
    rng = np.random.default_rng(seed)
    history = train_digits(rng, n_epochs=N_EPOCHS, snapshot_every=5)
    last = len(history.snapshots) - 1
    moments = np.unique(np.rint(last * np.linspace(0, 1, N_MOMENTS + 1) ** 2).astype(int))
    path = history.snapshots[moments]
    path.setflags(write=False)  # whoever asks for the reading shares it
    return history.snapshot_steps[moments], path


@functools.cache
def reading() -> Reading:
    """Train the network of `train_digits` twice, a little shorter.

    Returns
    -------
    Reading
        Computed once.

    Examples
    --------
    >>> story = reading()
    >>> bool(story.test_shares[0] < 0.2), bool(story.test_shares[-1] > 0.95)
    (True, True)
    """
    digits = load_digits()
    (steps, path), (_, other) = (_training(seed) for seed in (0, 1))
    layers = layers_from(initialize(DIGITS_SIZES, rng=np.random.default_rng(0)), path[0])
    networks = [layers_from(layers, parameters) for parameters in path]
    answers = np.array([_answers(network, digits.x_test) for network in networks])
    learnt = np.array([_answers(network, digits.x_train) for network in networks])
    measured = (
        np.array([loss_at(layers, parameters) for parameters in path]),
        (learnt == digits.y_train).mean(axis=1),
        (answers == digits.y_test).mean(axis=1),
        answers,
    )
    for array in (steps, *measured):
        array.setflags(write=False)
    return Reading(layers, steps, path, other, *measured)


def _answers(layers: list[Layer], x: Array) -> IntegerArray:
    said: IntegerArray = forward(layers, x).output.argmax(axis=1)
    return said


@checked(layers=NETWORK, parameters=in_parameters(), refuses="it is no network for the digits")
def loss_at(layers: list[Layer], parameters: ArrayLike) -> float:
    """Return the loss on the first `N_LOSS` training digits.

    Parameters
    ----------
    layers
        A network for the digits: its shapes.
    parameters
        Its parameters.

    Returns
    -------
    float

    Examples
    --------
    A network that answers nothing is as surprised by every digit.

    >>> story = reading()
    >>> round(loss_at(story.layers, 0 * story.path[0]), 4)  # ln 10
    2.3026
    """
    ends = layers[0].weights.shape[1], len(layers[-1].bias)
    if ends != (DIGITS_SIZES[0], DIGITS_SIZES[-1]):
        raise ValueError(f"layers must have 64 inputs and 10 outputs, but have {ends}.")
    nowhere = np.zeros((2, parameters.size))
    return float(_loss(layers_from(layers, parameters), nowhere, [0.0], [0.0])[0, 0])


def _loss(layers: list[Layer], directions: Array, first: object, second: object) -> Array:
    digits = load_digits()
    x, y = digits.x_train[:N_LOSS], digits.y_train[:N_LOSS]
    return loss_surface(layers, x, y, directions, np.asarray(first), np.asarray(second), n_jobs=1)


@functools.cache
def slices() -> dict[str, Slice]:
    """Measure the loss over three planes through the end of the first training.

    Returns
    -------
    dict
        ``"own"``: along the two principal axes of the training's path. ``"random"``: along two
        random directions, filter-normalised. ``"two"``: through its start, its end, and the end
        of the second training. Computed once.

    Examples
    --------
    >>> sorted(slices())
    ['own', 'random', 'two']
    """
    story = reading()
    end = layers_from(story.layers, story.path[-1])
    own = principal_axes(story.path).directions
    random = filter_normalized_directions(end, rng=np.random.default_rng(3))
    across, up = story.other[-1] - story.path[-1], story.path[0] - story.path[-1]
    across = across / np.linalg.norm(across)
    up = up - (up @ across) * across
    triangle = np.stack([across, up / np.linalg.norm(up)])
    return {
        "own": _slice(story, own, Window((6.0, 0.0), 8.0)),
        "random": _slice(story, random, Window((0.0, 0.0), 1.0)),
        "two": _slice(story, triangle, Window((18.0, 2.0), 24.0)),
    }


def _slice(story: Reading, directions: Array, window: Window) -> Slice:
    """Measure one plane through the end of the first training."""
    end = story.path[-1]
    path = plane_coordinates(story.path, end, directions)
    other = plane_coordinates(story.other, end, directions)
    units = slice_units()
    (x, y), reach = window.center, window.reach
    surface = _loss(
        layers_from(story.layers, end), directions, x + reach * units, y + reach * units
    )
    for array in (directions, surface, path, other):
        array.setflags(write=False)
    return Slice(end, directions, window, surface, path, other)


def slice_units() -> Array:
    """Return where the points of a slice lie along either axis, in half sides of its window.

    Examples
    --------
    >>> units = slice_units()
    >>> float(units[0]), float(units[-1])
    (-1.1, 1.1)
    """
    return np.linspace(-1.1, 1.1, N_GRID)


def loss_barrier() -> float:
    """Return the highest loss on the straight way from the end of one training to the other's."""
    story = reading()
    here = layers_from(story.layers, story.path[-1])
    along = np.stack([story.other[-1] - story.path[-1], np.zeros(story.path.shape[1])])
    return float(_loss(here, along, np.linspace(0, 1, 41), [0.0]).max())


def digits_to_show() -> IntegerArray:
    """Choose test digits in the order in which the network learns them for good.

    Returns
    -------
    ndarray of int, shape (54,)
        Their numbers: first those learnt early, evenly over the moments of `reading`, at last
        nine of those never learnt.
    """
    wrong = reading().answers != load_digits().y_test
    learnt = np.where(wrong.any(axis=0), len(wrong) - wrong[::-1].argmax(axis=0), 0)
    never = np.flatnonzero(wrong[-1])[:N_NEVER]
    known = np.flatnonzero(~wrong[-1])
    known = known[np.argsort(learnt[known], kind="stable")]
    chosen: list[int] = []
    for time in np.linspace(1, learnt[known].max(), N_SHOWN - len(never)):
        left = known[~np.isin(known, chosen)]
        chosen.append(int(left[np.abs(learnt[left] - time).argmin()]))
    chosen.sort(key=lambda index: int(learnt[index]))
    return np.array([*chosen, *never.tolist()])
