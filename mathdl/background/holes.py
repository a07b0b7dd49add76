"""One small real question, whether a digit has a hole, put to every kind of method.

The rule written by hand, the linear fit, and how to score both.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    Array,
    ArrayLike,
    all_finite,
    array,
    as_array,
    check_shape,
    checked,
    instance,
    number,
)
from explorable.trace import repeat
from mathdl.datasets import Digits
from mathdl.equations import equation
from mathdl.forward import Layer

__all__ = [
    "HOLE_DIGITS",
    "NO_HOLE_DIGITS",
    "HoleProblem",
    "accuracy",
    "best_affine_fit",
    "enclosed_paper",
    "has_hole",
    "hole_problem",
]

HOLE_DIGITS = (0, 6, 8, 9)
"""Digits that are written with a hole."""

NO_HOLE_DIGITS = (1, 2, 3, 5, 7)
"""Digits that are written without one. The 4 is left out: some writers close it."""

BoolArray = npt.NDArray[np.bool_]
IMAGES = array("n_samples", 64, within="[0, 1]", booleans=True)


class HoleProblem(NamedTuple):
    """Images of digits, one per row of 64 numbers in [0, 1]; 1 for those with a hole, else 0."""

    x_train: Array
    y_train: Array
    x_test: Array
    y_test: Array


@checked(digits=instance(Digits))
def hole_problem(digits: Digits) -> HoleProblem:
    """Turn the ten-digit data into one question, whether a digit has a hole.

    Parameters
    ----------
    digits
        What `mathdl.datasets.load_digits` returns.

    Returns
    -------
    HoleProblem
        Images (n_samples, 64) and answers (n_samples, 1), 1 for 0, 6, 8, 9 and 0 for 1, 2, 3, 5,
        7; in the order of the data, without the 4s.

    Raises
    ------
    ValueError
        If the images are not 64 numbers from 0 to 1, the labels not one per row, or no digit is
        left.

    Examples
    --------
    >>> from mathdl.datasets import Digits
    >>> images = np.eye(3, 64)
    >>> digits = Digits(images, np.array([0, 4, 1]), images, np.array([8, 7, 4]))
    >>> problem = hole_problem(digits)
    >>> problem.y_train.ravel(), problem.y_test.ravel()
    (array([1., 0.]), array([1., 0.]))
    """
    halves = []
    for part, x, y in (
        ("train", digits.x_train, digits.y_train),
        ("test", digits.x_test, digits.y_test),
    ):
        images: Array = IMAGES.look(x, f"digits.x_{part}", {}, {})
        labels = as_array(y, f"digits.y_{part}")
        check_shape(labels, f"digits.y_{part}", (len(images),))
        kept = np.isin(labels, HOLE_DIGITS + NO_HOLE_DIGITS)
        if not kept.any():
            raise ValueError(
                f"digits.y_{part} must name at least one digit other than 4, but has none."
            )
        answers = np.isin(labels[kept], HOLE_DIGITS).astype(images.dtype)
        halves += [images[kept], answers[:, None]]
    return HoleProblem(*halves)


@checked(images=IMAGES, threshold=number("(0, 1]"))
def enclosed_paper(images: ArrayLike, threshold: float = 0.5) -> BoolArray:
    """Mark the paper that ink cuts off from the margin.

    Water runs in from the edge of the image over paper pixels, up, down, left and right, never
    over ink. Paper that stays dry is enclosed.

    Parameters
    ----------
    images
        Ink, rows of 8×8 images.
    threshold
        A pixel with at least this much ink is a wall.

    Returns
    -------
    ndarray of bool (n_samples, 8, 8)
        True where paper is enclosed.

    Examples
    --------
    >>> ring = np.zeros((8, 8))
    >>> ring[2:5, 2:5] = 1
    >>> ring[3, 3] = 0
    >>> np.argwhere(enclosed_paper(ring.reshape(1, 64))[0])
    array([[3, 3]])
    """
    paper = images.reshape(-1, 8, 8) < threshold
    dry: BoolArray = repeat(_without_shore, paper, np.inf, paper)
    return dry


def _without_shore(dry: BoolArray, paper: BoolArray) -> BoolArray:
    """Return the dry paper that has no water beside it; beyond the edge all is water."""
    held = np.pad(dry | ~paper, ((0, 0), (1, 1), (1, 1)))
    return dry & held[:, 2:, 1:-1] & held[:, :-2, 1:-1] & held[:, 1:-1, 2:] & held[:, 1:-1, :-2]


@checked(images=IMAGES, threshold=number("(0, 1]"))
def has_hole(images: ArrayLike, threshold: float = 0.5) -> BoolArray:
    """Answer by a rule written by hand: there is a hole if some paper is enclosed.

    Parameters
    ----------
    images
        Ink, rows of 8×8 images.
    threshold
        A pixel with at least this much ink is a wall.

    Returns
    -------
    ndarray of bool (n_samples, 1)
        The rule's answers.

    Examples
    --------
    >>> ring = np.zeros((8, 8))
    >>> ring[2:5, 2:5] = 1
    >>> broken = ring.copy()
    >>> ring[3, 3] = broken[3, 3] = broken[3, 2] = 0
    >>> has_hole([ring.ravel(), broken.ravel()])
    array([[ True],
           [False]])
    """
    enclosed = enclosed_paper.plain(images, threshold)
    return np.any(enclosed.reshape(-1, 64), axis=1, keepdims=True)


@equation("background-normal", "background-xor-best")
@checked(x=array("n_samples", "n_in"), target=array("n_samples", "n_out"))
def best_affine_fit(x: ArrayLike, target: ArrayLike) -> Layer:
    """Fit an affine map by least squares.

    Parameters
    ----------
    x
        Inputs, or features of them.
    target
        What the map shall give.

    Returns
    -------
    Layer
        Weights (n_out, n_in) and bias (n_out,) with the least mean squared error, without an
        activation; of several such, those of least norm for centred inputs.

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
    centre = x.mean(axis=0)
    if not all_finite((x - centre, target.mean(axis=0))):  # of which LAPACK would not return
        raise OverflowError  # which the door tells by the names of the arguments
    weights = np.linalg.lstsq(x - centre, target, rcond=None)[0].T
    bias = target.mean(axis=0) - weights @ centre
    if not all_finite((weights, bias)):
        raise OverflowError  # which the door tells by the names of the arguments
    return Layer(weights, bias)


@checked(
    scores=array("n_samples", 1, booleans=True),
    answers=array("n_samples", 1, same_as="scores", within="[0, 1]", booleans=True),
    threshold=number(),
    refuses="an answer is neither 0 nor 1",
)
def accuracy(scores: ArrayLike, answers: ArrayLike, threshold: float = 0.5) -> float:
    """Return the share of samples on the right side of a threshold.

    Parameters
    ----------
    scores
        A model's outputs, or booleans; above the threshold means yes.
    answers
        The truth, 1 for yes and 0 for no.
    threshold
        ½ for scores fitted to 0 and 1, 0 for logits.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> accuracy([[0.9], [0.2], [0.4]], [[1], [0], [1]])
    0.6666666666666666
    """
    if not np.isin(answers, (0, 1)).all():
        raise ValueError("answers must be 0 or 1, but some lie between.")
    return float(np.mean((scores > threshold) == (answers == 1)))
