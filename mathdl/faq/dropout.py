"""Inverted dropout: its mask, its backward pass, and the penalty that it is in a linear model."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    finite_array,
    number_between,
    random_generator,
    refuses_overflow,
    same_shape,
)


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


@refuses_overflow
def dropout(x: npt.ArrayLike, keep_rate: float, *, rng: np.random.Generator) -> Dropped:
    """Drop each number with probability 1 − q and divide the others by q.

    Parameters
    ----------
    x : array_like
        Activations.
    keep_rate : float
        q in (0, 1], the probability to be kept.
    rng : numpy.random.Generator
        Draws who is dropped.

    Returns
    -------
    Dropped
        Output and mask, both in the shape of x.

    Raises
    ------
    ValueError
        If x is empty or not finite, q is out of range, or rng is not a generator.

    Notes
    -----
    An entry of the mask has the mean 1 and the variance (1 − q)/q.

    References
    ----------
    srivastava2014dropout, sec. 10, on dividing while training.

    Examples
    --------
    >>> dropout([1.0, 1.0, 1.0, 1.0], 0.5, rng=np.random.default_rng(0)).output
    array([0., 2., 2., 2.])
    """
    values = finite_array(x, "x")
    keep = number_between(keep_rate, "keep_rate", 0, 1, closed="right")
    mask = dropout_mask(values.shape, keep, random_generator(rng)).astype(values.dtype)
    return Dropped(values * mask, mask)


def dropout_mask(shape: tuple[int, ...], keep_rate: float, rng: np.random.Generator) -> Array:
    """Draw a mask of 0 and 1/q, unchecked."""
    # random() lies in [0, 1), so that keep_rate 1 keeps everything.
    mask: Array = (rng.random(shape) < keep_rate) / keep_rate
    return mask


@refuses_overflow
def dropout_backward(upstream: npt.ArrayLike, mask: npt.ArrayLike) -> Array:
    """Return the gradient in the input of dropout.

    Parameters
    ----------
    upstream : array_like
        Gradient in the output.
    mask : array_like
        The mask of the forward pass, 0 or 1/q.

    Returns
    -------
    ndarray
        upstream ⊙ mask.

    Raises
    ------
    ValueError
        If the shapes differ, something is empty or not finite, or the mask is not one of 0 and
        one number of at least 1.

    Examples
    --------
    >>> dropout_backward([1.0, 3.0], [0.0, 2.0])
    array([0., 6.])
    """
    gradient, kept = finite_array(upstream, "upstream"), finite_array(mask, "mask")
    same_shape(gradient, "upstream", kept, "mask")
    values = np.unique(kept[kept != 0])
    if len(values) > 1 or (len(values) == 1 and values[0] < 1):
        raise ValueError("mask must hold 0 and 1/q only, with one q in (0, 1].")
    return gradient * kept


@refuses_overflow
def dropout_penalty(x: npt.ArrayLike, weights: npt.ArrayLike, keep_rate: float) -> float:
    """Return what dropout of the inputs adds to a linear model's expected sum of squares.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    weights : array_like, shape (n_in,)
        The model's weights.
    keep_rate : float
        q in (0, 1].

    Returns
    -------
    float
        (1 − q)/q · Σⱼ ‖Xⱼ‖² wⱼ², where Xⱼ is column j.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or q is out of range.

    References
    ----------
    srivastava2014dropout, sec. 9.1; wager2013dropout, sec. 2.

    Examples
    --------
    >>> dropout_penalty([[1.0, 2.0], [1.0, 0.0]], [3.0, 1.0], 0.5)
    22.0
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    w = finite_array(weights, "weights", (rows.shape[1],))
    keep = number_between(keep_rate, "keep_rate", 0, 1, closed="right")
    return float((1 - keep) / keep * ((rows**2).sum(axis=0) @ w**2))
