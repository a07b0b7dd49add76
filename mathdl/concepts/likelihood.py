"""Losses as negative log-likelihoods, and what softmax does to small changes.

The first functions score a prediction by how improbable it makes what was observed.
"""

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number, require_room
from mathdl.concepts import sigmoid, sigmoid_derivative, softmax
from mathdl.equations import equation, source

__all__ = [
    "gaussian_nll",
    "laplace_nll",
    "log_sum_exp",
    "softmax_jacobian",
    "squared_error_through_sigmoid",
    "squared_error_through_sigmoid_gradient",
]


@equation("concepts-nll", "concepts-gaussian-nll")
@source("goodfellow2016deep, eq. 5.65.")
@checked(prediction=array(), target=array(same_as="prediction"), scale=number("(0, inf)"))
def gaussian_nll(prediction: ArrayLike, target: ArrayLike, scale: float = 1.0) -> float:
    """Return the mean negative log-likelihood of targets with Gaussian noise.

    Parameters
    ----------
    prediction
        The means that the model predicts.
    target
        What was observed.
    scale
        The standard deviation of the noise.

    Returns
    -------
    float
        ``mean((target - prediction)²) / (2 scale²) + ln(scale √(2π))``, in nats.

    Examples
    --------
    >>> round(gaussian_nll([0.0, 0.0], [0.0, 2.0]), 4)
    1.9189
    """
    normalised = (target - prediction) / scale
    return (np.mean(normalised**2) / 2 + np.log(scale * np.sqrt(2 * np.pi))).item()


@equation("concepts-nll")
@checked(prediction=array(), target=array(same_as="prediction"), scale=number("(0, inf)"))
def laplace_nll(prediction: ArrayLike, target: ArrayLike, scale: float = 1.0) -> float:
    """Return the mean negative log-likelihood of targets with Laplace noise.

    Parameters
    ----------
    prediction
        The centres that the model predicts.
    target
        What was observed.
    scale
        The mean absolute deviation of the noise.

    Returns
    -------
    float
        ``mean(|target - prediction|) / scale + ln(2 scale)``, in nats.

    Examples
    --------
    >>> round(laplace_nll([0.0, 0.0], [0.0, 2.0]), 4)
    1.6931
    """
    return (np.mean(np.abs(target - prediction)) / scale + np.log(2 * scale)).item()


@equation("concepts-cross-entropy", "concepts-log-sum-exp")
@source("blanchard2021accurately, eq. 1.1.")
@checked(logits=array(..., "n_classes"))
def log_sum_exp(logits: ArrayLike) -> Array:
    """Return the logarithm of the sum of exponentials along the last axis.

    Parameters
    ----------
    logits
        Any finite numbers.

    Returns
    -------
    ndarray, shape (...)
        ``m + ln Σ exp(logits - m)`` with m the largest logit, between m and m + ln n_classes.

    Examples
    --------
    >>> round(float(log_sum_exp([1000.0, 1000.0])), 4)
    1000.6931
    """
    largest = logits.max(axis=-1, keepdims=True)
    sums = np.exp(logits - largest).sum(axis=-1)
    return np.asarray(largest[..., 0] + np.log(sums))


@equation("concepts-softmax-jacobian")
@source("bishop2006pattern, eq. 4.106.")
@checked(logits=array(..., "n_classes"))
def softmax_jacobian(logits: ArrayLike) -> Array:
    """Return how each probability changes with each logit.

    Parameters
    ----------
    logits
        Any finite numbers.

    Returns
    -------
    ndarray, shape (..., n_classes, n_classes)
        ``diag(p) - p pᵀ`` with p = softmax(logits); entry [i, k] is ∂p[i] / ∂logits[k].

    Notes
    -----
    Symmetric and positive semi-definite: ``vᵀ J v`` is the variance of v under p.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    require_room(logits.size * logits.shape[-1], "logits")
    p = softmax(logits)
    identity = np.eye(p.shape[-1], dtype=p.dtype)
    return np.asarray(p[..., :, np.newaxis] * (identity - p[..., np.newaxis, :]))


@equation("concepts-squared-through-sigmoid")
@checked(logits=array(), labels=array(same_as="logits", within="[0, 1]", booleans=True))
def squared_error_through_sigmoid(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return half the mean squared error of sigmoid(logits).

    Parameters
    ----------
    logits
        Preactivations of sigmoid outputs.
    labels
        What was wanted.

    Returns
    -------
    float
        ``mean((sigmoid(logits) - labels)²) / 2``.

    Examples
    --------
    >>> squared_error_through_sigmoid([0.0], [1])
    0.125
    """
    return (np.mean((sigmoid(logits) - labels) ** 2) / 2).item()


@equation("concepts-squared-through-sigmoid")
@checked(logits=array(), labels=array(same_as="logits", within="[0, 1]", booleans=True))
def squared_error_through_sigmoid_gradient(logits: ArrayLike, labels: ArrayLike) -> Array:
    """Return the gradient of `squared_error_through_sigmoid` with respect to the logits.

    Parameters
    ----------
    logits
        Preactivations of sigmoid outputs.
    labels
        What was wanted.

    Returns
    -------
    ndarray
        ``(sigmoid(logits) - labels) sigmoid'(logits) / size``, of the logits' shape.

    Examples
    --------
    >>> squared_error_through_sigmoid_gradient([0.0], [1])
    array([-0.125])
    """
    return np.asarray((sigmoid(logits) - labels) * sigmoid_derivative(logits) / logits.size)
