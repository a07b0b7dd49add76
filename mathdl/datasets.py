"""The data that the book computes with: real digits, and two small sets in the plane."""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import math
from pathlib import Path
from typing import NamedTuple

import numpy as np

from explorable.checks import GENERATOR, Array, IntegerArray, checked, number, whole

__all__ = ["Digits", "Points", "load_digits", "two_moons", "two_spirals"]


class Digits(NamedTuple):
    """Handwritten digits, one image a row: 8 × 8 numbers, row by row, 0 for paper, 1 for ink.

    Attributes
    ----------
    x_train : ndarray, shape (3823, 64)
        Images by 30 writers.
    y_train : ndarray of int, shape (3823,)
        The digit that each of them shows.
    x_test : ndarray, shape (1797, 64)
        Images by 13 other writers.
    y_test : ndarray of int, shape (1797,)
        The digit that each of them shows.
    """

    x_train: Array
    y_train: IntegerArray
    x_test: Array
    y_test: IntegerArray


class Points(NamedTuple):
    """Points of the plane in two classes.

    Attributes
    ----------
    x : ndarray, shape (n_samples, 2)
        The points.
    y : ndarray of int, shape (n_samples,)
        The class of each, 0 or 1.
    """

    x: Array
    y: IntegerArray


def load_digits() -> Digits:
    """Load the UCI optical recognition of handwritten digits in its published partition.

    Returns
    -------
    Digits
        Images scaled to [0, 1] and labels, for training and for testing.

    References
    ----------
    alpaydin1998optical. Licence and description stand beside the data, in ``mathdl/data``.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.x_train.shape, digits.x_test.shape
    ((3823, 64), (1797, 64))
    """
    with np.load(Path(__file__).parent / "data" / "digits.npz") as stored:
        return Digits(
            x_train=stored["x_train"] / 16.0,
            y_train=stored["y_train"].astype(np.int64),
            x_test=stored["x_test"] / 16.0,
            y_test=stored["y_test"].astype(np.int64),
        )


@checked(n_samples=whole(2), noise=number("[0, inf)"), rng=GENERATOR)
def two_moons(n_samples: int, *, noise: float = 0.1, rng: np.random.Generator) -> Points:
    """Scatter points about two interlocking half circles.

    Parameters
    ----------
    n_samples
        How many points; half of them in each class.
    noise
        Standard deviation of the scatter.
    rng
        Where the scatter comes from.

    Returns
    -------
    Points
        Class 0 lies about (cos t, sin t), class 1 about (1 − cos t, ½ − sin t), 0 ≤ t ≤ π.

    Examples
    --------
    >>> two_moons(4, noise=0, rng=np.random.default_rng(0)).y
    array([0, 0, 1, 1])
    """
    labels, t = _halves(n_samples)
    angle = math.pi * t
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return Points(_scatter(np.where(labels[:, None] == 0, upper, lower), noise, rng), labels)


@checked(n_samples=whole(2), noise=number("[0, inf)"), rng=GENERATOR)
def two_spirals(n_samples: int, *, noise: float = 0.02, rng: np.random.Generator) -> Points:
    """Scatter points about two spirals that wind around one another one and a half times.

    Parameters
    ----------
    n_samples
        How many points; half of them in each class.
    noise
        Standard deviation of the scatter.
    rng
        Where the scatter comes from.

    Returns
    -------
    Points
        Class 0 lies about r (cos 3πr, sin 3πr), class 1 opposite, with r from 0.1 to 1.

    Examples
    --------
    >>> two_spirals(4, noise=0, rng=np.random.default_rng(0)).x[1].round(6)
    array([-1.,  0.])
    """
    labels, t = _halves(n_samples)
    radius = 0.1 + 0.9 * t
    angle = 3 * math.pi * radius + math.pi * labels
    spirals = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return Points(_scatter(spirals, noise, rng), labels)


def _halves(n_samples: int) -> tuple[IntegerArray, Array]:
    """Return the labels, and for each class even steps from 0 to 1."""
    sizes = (n_samples + 1) // 2, n_samples // 2
    steps = np.concatenate([np.linspace(0, 1, size) for size in sizes])
    return np.repeat([0, 1], sizes), steps


def _scatter(points: Array, noise: float, rng: np.random.Generator) -> Array:
    return points + noise * rng.standard_normal(points.shape)
