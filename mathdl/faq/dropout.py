"""Inverted dropout: its mask, its backward pass, and the penalty that it is in a linear model."""

from typing import NamedTuple

import numpy as np

from explorable.checks import GENERATOR, Array, ArrayLike, array, checked, number
from mathdl.equations import equation, source


class Dropped(NamedTuple):
    """What dropout returns.

    Attributes
    ----------
    output : ndarray
        The numbers times the mask.
    mask : ndarray
        0 where a number was dropped, 1/q where it was kept; the backward pass needs it.
    """

    output: Array
    mask: Array


@equation("faq-dropout-mask")
@source("srivastava2014dropout, sec. 10, on dividing while training.")
@checked(x=array(), keep_rate=number("(0, 1]"), rng=GENERATOR)
def dropout(x: ArrayLike, keep_rate: float, *, rng: np.random.Generator) -> Dropped:
    """Drop each number with probability 1 − q and divide the others by q.

    Parameters
    ----------
    x
        Activations.
    keep_rate
        q, the probability to be kept.
    rng
        Draws who is dropped.

    Returns
    -------
    Dropped
        Output and mask, both in the shape of x.

    Notes
    -----
    An entry of the mask has the mean 1 and the variance (1 − q)/q.

    Examples
    --------
    >>> dropout([1.0, 1.0, 1.0, 1.0], 0.5, rng=np.random.default_rng(0)).output
    array([0., 2., 2., 2.])
    """
    mask = dropout_mask(x.shape, keep_rate, rng).astype(x.dtype)
    return Dropped(x * mask, mask)


def dropout_mask(shape: tuple[int, ...], keep_rate: float, rng: np.random.Generator) -> Array:
    """Draw a mask of 0 and 1/q, unchecked."""
    # random() lies in [0, 1), so that keep_rate 1 keeps everything.
    return (rng.random(shape) < keep_rate) / keep_rate


@equation("faq-dropout-backward")
@checked(
    upstream=array(),
    mask=array(same_as="upstream", booleans=True),
    refuses="the mask is not one of 0 and one number of at least 1",
)
def dropout_backward(upstream: ArrayLike, mask: ArrayLike) -> Array:
    """Return the gradient in the input of dropout, upstream ⊙ mask.

    Parameters
    ----------
    upstream
        Gradient with respect to the output.
    mask
        The mask of the forward pass, 0 or 1/q.

    Returns
    -------
    ndarray
        upstream ⊙ mask.

    Examples
    --------
    >>> dropout_backward([1.0, 3.0], [0.0, 2.0])
    array([0., 6.])
    """
    values = np.unique(mask[mask != 0])
    if len(values) > 1 or (len(values) == 1 and values[0] < 1):
        raise ValueError("mask must hold 0 and 1/q only, with one q in (0, 1].")
    return upstream * mask


@equation("faq-dropout-penalty")
@source("srivastava2014dropout, sec. 9.1; wager2013dropout, sec. 2.")
@checked(x=array("n_samples", "n_in"), weights=array("n_in"), keep_rate=number("(0, 1]"))
def dropout_penalty(x: ArrayLike, weights: ArrayLike, keep_rate: float) -> float:
    """Return what dropout of the inputs adds to a linear model's expected sum of squares.

    Parameters
    ----------
    x
        Samples, one a row.
    weights
        The model's weights.
    keep_rate
        q.

    Returns
    -------
    float
        (1 − q)/q · Σⱼ ‖Xⱼ‖² wⱼ², where Xⱼ is column j.

    Examples
    --------
    >>> dropout_penalty([[1.0, 2.0], [1.0, 0.0]], [3.0, 1.0], 0.5)
    22.0
    """
    return float((1 - keep_rate) / keep_rate * ((x**2).sum(axis=0) @ weights**2))
