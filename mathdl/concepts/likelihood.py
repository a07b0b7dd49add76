"""Losses as negative log-likelihoods, and what softmax does to small changes.

The first functions score a prediction by how improbable it makes what was observed. The last
ones, whose names begin with ``naive``, are formulas as a textbook prints them. They overflow, and
are kept to be shown beside the forms in `mathdl.concepts` that do not.
"""

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    finite_array,
    positive_number,
    probabilities,
    refuses_overflow,
    same_shape,
)
from mathdl.concepts import sigmoid, sigmoid_derivative, softmax

__all__ = [
    "gaussian_nll",
    "laplace_nll",
    "log_sum_exp",
    "naive_binary_cross_entropy",
    "naive_sigmoid",
    "naive_softmax",
    "naive_softplus",
    "softmax_jacobian",
    "squared_error_through_sigmoid",
    "squared_error_through_sigmoid_gradient",
]


@refuses_overflow
def gaussian_nll(prediction: npt.ArrayLike, target: npt.ArrayLike, scale: float = 1.0) -> float:
    """Return the mean negative log-likelihood of targets with Gaussian noise.

    Parameters
    ----------
    prediction : array_like
        The means that the model predicts.
    target : array_like
        What was observed, of the same shape.
    scale : float, default 1
        The standard deviation of the noise, greater than 0.

    Returns
    -------
    float
        ``mean((target - prediction)²) / (2 scale²) + ln(scale √(2π))``, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, an entry is not finite, or the scale is not greater than 0.

    References
    ----------
    goodfellow2016deep, eq. 5.65.

    Examples
    --------
    >>> round(gaussian_nll([0.0, 0.0], [0.0, 2.0]), 4)
    1.9189
    """
    mean, observed = finite_array(prediction, "prediction"), finite_array(target, "target")
    same_shape(mean, "prediction", observed, "target")
    s = positive_number(scale, "scale")
    normalised = (observed - mean) / s
    return float(np.mean(normalised**2) / 2 + np.log(s * np.sqrt(2 * np.pi)))


@refuses_overflow
def laplace_nll(prediction: npt.ArrayLike, target: npt.ArrayLike, scale: float = 1.0) -> float:
    """Return the mean negative log-likelihood of targets with Laplace noise.

    Parameters
    ----------
    prediction : array_like
        The centres that the model predicts.
    target : array_like
        What was observed, of the same shape.
    scale : float, default 1
        The mean absolute deviation of the noise, greater than 0.

    Returns
    -------
    float
        ``mean(|target - prediction|) / scale + ln(2 scale)``, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, an entry is not finite, or the scale is not greater than 0.

    Examples
    --------
    >>> round(laplace_nll([0.0, 0.0], [0.0, 2.0]), 4)
    1.6931
    """
    centre, observed = finite_array(prediction, "prediction"), finite_array(target, "target")
    same_shape(centre, "prediction", observed, "target")
    s = positive_number(scale, "scale")
    return float(np.mean(np.abs(observed - centre)) / s + np.log(2 * s))


@refuses_overflow
def log_sum_exp(logits: npt.ArrayLike) -> Array:
    """Return the logarithm of the sum of exponentials along the last axis.

    Parameters
    ----------
    logits : array_like, shape (..., n_classes)
        Any finite numbers.

    Returns
    -------
    ndarray, shape (...)
        ``m + ln Σ exp(logits - m)`` with m the largest logit, between m and m + ln n_classes.

    Raises
    ------
    ValueError
        If the logits are empty, a single number without an axis, or not finite.

    References
    ----------
    blanchard2021accurately, eq. 1.1.

    Examples
    --------
    >>> round(float(log_sum_exp([1000.0, 1000.0])), 4)
    1000.6931
    """
    z = _with_classes(logits)
    largest = z.max(axis=-1, keepdims=True)
    sums = np.exp(z - largest).sum(axis=-1)
    return np.asarray(largest[..., 0] + np.log(sums))


@refuses_overflow
def softmax_jacobian(logits: npt.ArrayLike) -> Array:
    """Return how each probability changes with each logit.

    Parameters
    ----------
    logits : array_like, shape (..., n_classes)
        Any finite numbers.

    Returns
    -------
    ndarray, shape (..., n_classes, n_classes)
        ``diag(p) - p pᵀ`` with p = softmax(logits); entry [i, k] is ∂p[i] / ∂logits[k].

    Raises
    ------
    ValueError
        If the logits are empty, a single number without an axis, or not finite.

    Notes
    -----
    Symmetric and positive semi-definite: ``vᵀ J v`` is the variance of v under p.

    References
    ----------
    bishop2006pattern, eq. 4.106.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(_with_classes(logits))
    identity = np.eye(p.shape[-1], dtype=p.dtype)
    return np.asarray(p[..., :, np.newaxis] * (identity - p[..., np.newaxis, :]))


@refuses_overflow
def squared_error_through_sigmoid(logits: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    """Return half the mean squared error of sigmoid(logits).

    Parameters
    ----------
    logits : array_like
        Preactivations of sigmoid outputs.
    labels : array_like
        Numbers from 0 to 1, of the same shape.

    Returns
    -------
    float
        ``mean((sigmoid(logits) - labels)²) / 2``.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a label is outside [0, 1].

    Examples
    --------
    >>> squared_error_through_sigmoid([0.0], [1])
    0.125
    """
    z = finite_array(logits, "logits")
    y = probabilities(labels, "labels", z.shape)
    return float(np.mean((sigmoid(z) - y) ** 2) / 2)


@refuses_overflow
def squared_error_through_sigmoid_gradient(logits: npt.ArrayLike, labels: npt.ArrayLike) -> Array:
    """Return the gradient of `squared_error_through_sigmoid` in its logits.

    Parameters
    ----------
    logits : array_like
        Preactivations of sigmoid outputs.
    labels : array_like
        Numbers from 0 to 1, of the same shape.

    Returns
    -------
    ndarray
        ``(sigmoid(logits) - labels) sigmoid'(logits) / size``, of the logits' shape.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a label is outside [0, 1].

    Examples
    --------
    >>> squared_error_through_sigmoid_gradient([0.0], [1])
    array([-0.125])
    """
    z = finite_array(logits, "logits")
    y = probabilities(labels, "labels", z.shape)
    return np.asarray((sigmoid(z) - y) * sigmoid_derivative(z) / z.size)


def naive_sigmoid(z: npt.ArrayLike) -> Array:
    """Return ``1 / (1 + exp(-z))`` as printed; the exponential overflows below z = -709.

    Parameters
    ----------
    z : array_like
        Any finite numbers.

    Returns
    -------
    ndarray
        What floating point makes of the formula.

    Raises
    ------
    ValueError
        If an entry is not finite.

    See Also
    --------
    mathdl.concepts.sigmoid : the form that does not overflow.

    Examples
    --------
    >>> naive_sigmoid(0.0)
    array(0.5)
    """
    return np.asarray(1 / (1 + np.exp(-finite_array(z, "z"))))


def naive_softplus(z: npt.ArrayLike) -> Array:
    """Return ``ln(1 + exp(z))`` as printed; it overflows above z = 709, is 0 below z = -37.

    Parameters
    ----------
    z : array_like
        Any finite numbers.

    Returns
    -------
    ndarray
        What floating point makes of the formula.

    Raises
    ------
    ValueError
        If an entry is not finite.

    See Also
    --------
    mathdl.concepts.softplus : the form that does neither.

    Examples
    --------
    >>> naive_softplus([0.0, -40.0])
    array([0.69314718, 0.        ])
    """
    return np.asarray(np.log(1 + np.exp(finite_array(z, "z"))))


def naive_softmax(logits: npt.ArrayLike) -> Array:
    """Return ``exp(z) / Σ exp(z)`` as printed; it overflows above z = 709.

    Parameters
    ----------
    logits : array_like, shape (..., n_classes)
        Any finite numbers.

    Returns
    -------
    ndarray
        What floating point makes of the formula.

    Raises
    ------
    ValueError
        If the logits are empty, a single number without an axis, or not finite.

    See Also
    --------
    mathdl.concepts.softmax : the form that does not overflow.

    Examples
    --------
    >>> naive_softmax([0.0, 0.0])
    array([0.5, 0.5])
    """
    odds = np.exp(_with_classes(logits))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def naive_binary_cross_entropy(logits: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    """Return the mean of ``-y ln p - (1 - y) ln(1 - p)`` with p = sigmoid(logits), as printed.

    Parameters
    ----------
    logits : array_like
        Preactivations of sigmoid outputs.
    labels : array_like
        Numbers from 0 to 1, of the same shape.

    Returns
    -------
    float
        What floating point makes of the formula: above logits of about 37, p rounds to 1 and the
        logarithm of 1 - p to minus infinity.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a label is outside [0, 1].

    See Also
    --------
    mathdl.concepts.binary_cross_entropy : the form that works on the logits.

    Examples
    --------
    >>> round(naive_binary_cross_entropy([0.0], [1]), 4)
    0.6931
    """
    z = finite_array(logits, "logits")
    y = probabilities(labels, "labels", z.shape)
    p = sigmoid(z)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _with_classes(logits: npt.ArrayLike) -> Array:
    z = finite_array(logits, "logits")
    if z.ndim == 0:
        raise ValueError("logits must have an axis of classes, but is a single number.")
    return z
