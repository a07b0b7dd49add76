"""One small real question, whether a digit has a hole, put to every kind of method.

The rule written by hand, the features thought of by hand, the linear fit, the nearest neighbour,
and how to score them all.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    an_instance,
    as_array,
    check_shape,
    finite_array,
    finite_number,
    number_between,
    probabilities,
    refuses_overflow,
    same_shape,
    whole_number,
)
from mathdl.datasets import Digits
from mathdl.forward import Layer

HOLE_DIGITS = (0, 6, 8, 9)
"""Digits that are written with a hole."""

NO_HOLE_DIGITS = (1, 2, 3, 5, 7)
"""Digits that are written without one. The 4 is left out: some writers close it."""

BoolArray = npt.NDArray[np.bool_]


class HoleProblem(NamedTuple):
    """Images of digits, one a row of 64 numbers in [0, 1]; 1 for those with a hole, else 0."""

    x_train: Array
    y_train: Array
    x_test: Array
    y_test: Array


def hole_problem(digits: Digits) -> HoleProblem:
    """Turn the ten-digit data into one question, whether a digit has a hole.

    Parameters
    ----------
    digits : Digits
        What `mathdl.datasets.load_digits` returns.

    Returns
    -------
    HoleProblem
        Images (n_samples, 64) and answers (n_samples, 1), 1 for 0, 6, 8, 9 and 0 for 1, 2, 3, 5,
        7; in the order of the data, without the 4s.

    Raises
    ------
    ValueError
        If the images are not 64 numbers from 0 to 1, the labels not one a row, or no digit is
        left.
    """
    an_instance(digits, "digits", Digits)
    halves = []
    for part, x, y in (
        ("train", digits.x_train, digits.y_train),
        ("test", digits.x_test, digits.y_test),
    ):
        images, labels = _images(x, f"digits.x_{part}"), as_array(y, f"digits.y_{part}")
        check_shape(labels, f"digits.y_{part}", (len(images),))
        kept = np.isin(labels, HOLE_DIGITS + NO_HOLE_DIGITS)
        if not kept.any():
            raise ValueError(
                f"digits.y_{part} must name at least one digit other than 4, but has none."
            )
        answers = np.isin(labels[kept], HOLE_DIGITS).astype(images.dtype)
        halves += [images[kept], answers[:, None]]
    return HoleProblem(*halves)


def enclosed_paper(images: npt.ArrayLike, threshold: float = 0.5) -> BoolArray:
    """Mark the paper that ink cuts off from the margin.

    Water runs in from the edge of the image over paper pixels, up, down, left and right, never
    over ink. Paper that stays dry is enclosed.

    Parameters
    ----------
    images : array_like (n_samples, 64)
        Ink from 0 to 1, rows of 8×8 images.
    threshold : float, default 0.5
        A pixel with at least this much ink is a wall; in (0, 1].

    Returns
    -------
    ndarray of bool (n_samples, 8, 8)
        True where paper is enclosed.

    Raises
    ------
    ValueError
        If the images are not 64 numbers from 0 to 1, or the threshold is not in (0, 1].

    Examples
    --------
    >>> ring = np.zeros((8, 8))
    >>> ring[2:5, 2:5] = 1
    >>> ring[3, 3] = 0
    >>> np.argwhere(enclosed_paper(ring.reshape(1, 64))[0])
    array([[3, 3]])
    """
    ink = _images(images, "images").reshape(-1, 8, 8)
    wall = number_between(threshold, "threshold", 0, 1, closed="right")
    paper = np.pad(ink < wall, ((0, 0), (1, 1), (1, 1)), constant_values=True)
    wet = np.zeros_like(paper)
    wet[:, 0] = wet[:, -1] = wet[:, :, 0] = wet[:, :, -1] = True
    while True:
        spread = wet.copy()
        spread[:, 1:] |= wet[:, :-1]
        spread[:, :-1] |= wet[:, 1:]
        spread[:, :, 1:] |= wet[:, :, :-1]
        spread[:, :, :-1] |= wet[:, :, 1:]
        spread &= paper
        if np.array_equal(spread, wet):
            return (paper & ~wet)[:, 1:-1, 1:-1]
        wet = spread


def has_hole(images: npt.ArrayLike, threshold: float = 0.5) -> BoolArray:
    """Answer by a rule written by hand: there is a hole if some paper is enclosed.

    Parameters
    ----------
    images : array_like (n_samples, 64)
        Ink from 0 to 1, rows of 8×8 images.
    threshold : float, default 0.5
        A pixel with at least this much ink is a wall; in (0, 1].

    Returns
    -------
    ndarray of bool (n_samples, 1)
        The rule's answers.

    Raises
    ------
    ValueError
        As `enclosed_paper` does.
    """
    enclosed = enclosed_paper(images, threshold)
    return np.asarray(enclosed.reshape(len(enclosed), 64).any(axis=1, keepdims=True))


def hand_features(images: npt.ArrayLike) -> Array:
    """Describe an image by 32 numbers that a person thought of.

    Parameters
    ----------
    images : array_like (n_samples, 64)
        Ink from 0 to 1, rows of 8×8 images.

    Returns
    -------
    ndarray (n_samples, 32)
        Ink of each row, ink of each column, strokes that each row crosses, strokes that each
        column crosses: eight numbers each. A stroke is a run of pixels with more than half ink.

    Raises
    ------
    ValueError
        If the images are not 64 numbers from 0 to 1.

    Examples
    --------
    >>> bar = np.zeros((8, 8))
    >>> bar[:, 2] = bar[:, 5] = 1
    >>> hand_features(bar.reshape(1, 64))[0, 16:24]
    array([2., 2., 2., 2., 2., 2., 2., 2.])
    """
    ink = _images(images, "images").reshape(-1, 8, 8)
    stroke = np.pad(ink > 0.5, ((0, 0), (1, 0), (1, 0)))
    begins_in_row = stroke[:, 1:, 1:] & ~stroke[:, 1:, :-1]
    begins_in_column = stroke[:, 1:, 1:] & ~stroke[:, :-1, 1:]
    features = np.hstack(
        [ink.sum(axis=2), ink.sum(axis=1), begins_in_row.sum(axis=2), begins_in_column.sum(axis=1)]
    )
    return features.astype(ink.dtype)


def best_affine_fit(x: npt.ArrayLike, target: npt.ArrayLike) -> Layer:
    """Fit an affine map by least squares.

    Parameters
    ----------
    x : array_like (n_samples, n_in)
        Inputs, or features of them.
    target : array_like (n_samples, n_out)
        What the map shall give.

    Returns
    -------
    Layer
        Weights (n_out, n_in) and bias (n_out,) with the least mean squared error, without an
        activation; of several such, those of least norm for centred inputs.

    Raises
    ------
    ValueError
        If the arrays are not two-dimensional and finite, or their rows differ in number.

    Notes
    -----
    With ``x̃ = x - mean(x)``, the weights solve ``x̃ᵀx̃ wᵀ = x̃ᵀ target``, and
    ``b = mean(target) - w mean(x)``.

    Examples
    --------
    >>> fit = best_affine_fit([[0], [1], [2]], [[0], [1], [5]])
    >>> fit.weights, fit.bias  # y = 2.5 x − 0.5
    (array([[2.5]]), array([-0.5]))
    """
    return Layer(*_weights_and_bias(x, target))


@refuses_overflow
def _weights_and_bias(x: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    """Return the affine map with the smallest squared error."""
    inputs = finite_array(x, "x", ("n_samples", "n_in"))
    wanted = finite_array(target, "target", (len(inputs), "n_out"))
    centre = inputs.mean(axis=0)
    weights = np.linalg.lstsq(inputs - centre, wanted, rcond=None)[0].T
    return weights, wanted.mean(axis=0) - weights @ centre


def accuracy(scores: npt.ArrayLike, answers: npt.ArrayLike, threshold: float = 0.5) -> float:
    """Return the share of samples on the right side of a threshold.

    Parameters
    ----------
    scores : array_like (n_samples, 1)
        A model's outputs; above the threshold means yes. Booleans will do.
    answers : array_like (n_samples, 1)
        The truth, 1 for yes and 0 for no.
    threshold : float, default 0.5
        ½ for scores fitted to 0 and 1, 0 for logits.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the shapes differ, an answer is neither 0 nor 1, or a score is not finite.

    Examples
    --------
    >>> accuracy([[0.9], [0.2], [0.4]], [[1], [0], [1]])
    0.6666666666666666
    """
    raw = as_array(scores, "scores")
    numbers = raw.astype(np.float64) if raw.dtype.kind == "b" else raw
    given = finite_array(numbers, "scores", ("n_samples", 1))
    truth = probabilities(answers, "answers", ("n_samples", 1))
    same_shape(given, "scores", truth, "answers")
    if not np.isin(truth, (0, 1)).all():
        raise ValueError("answers must be 0 or 1, but some lie between.")
    return float(np.mean((given > finite_number(threshold, "threshold")) == (truth == 1)))


def standard_error(share: float, n_samples: int) -> float:
    """Return the standard deviation of a share that was counted on independent samples.

    Parameters
    ----------
    share : float
        The measured share, between 0 and 1.
    n_samples : int
        How many samples it was counted on.

    Returns
    -------
    float
        √(p(1−p)/n).

    Raises
    ------
    ValueError
        If the share is outside [0, 1] or the number is not a positive integer.

    Examples
    --------
    >>> round(standard_error(0.9, 900), 6)
    0.01
    """
    p = number_between(share, "share", 0, 1)
    n = whole_number(n_samples, "n_samples", at_most=10**15)
    return math.sqrt(p * (1 - p) / n)


def nearest_neighbour(x_train: npt.ArrayLike, y_train: npt.ArrayLike, x: npt.ArrayLike) -> Array:
    """Answer each sample with the answer of the nearest training sample.

    Parameters
    ----------
    x_train : array_like (n_train, n_in)
        The samples that are kept.
    y_train : array_like (n_train, n_out)
        Their answers.
    x : array_like (n_samples, n_in)
        The samples to answer.

    Returns
    -------
    ndarray (n_samples, n_out)
        Copied answers; of several nearest samples the first counts.

    Raises
    ------
    ValueError
        If the arrays are not two-dimensional and finite, or do not fit one another.

    Examples
    --------
    >>> nearest_neighbour([[0.0], [1.0]], [[5], [7]], [[0.8]])
    array([[7.]])
    """
    kept = finite_array(x_train, "x_train", ("n_train", "n_in"))
    answers = finite_array(y_train, "y_train", (len(kept), "n_out"))
    nearest: npt.NDArray[np.intp] = _squared_distances(x, kept).argmin(axis=1)
    return answers[nearest]


@refuses_overflow
def _squared_distances(x: npt.ArrayLike, x_train: Array) -> Array:
    """Return the squared distance of each point from each training point, less its own square."""
    asked = finite_array(x, "x", ("n_samples", x_train.shape[1]))
    centre = np.rint(x_train.mean(axis=0))  # far from the origin, squares would lose the distance
    kept = x_train - centre
    return np.asarray((kept**2).sum(axis=1) - 2 * (asked - centre) @ kept.T)


def _images(value: npt.ArrayLike, name: str) -> Array:
    return probabilities(value, name, ("n_samples", 64))
