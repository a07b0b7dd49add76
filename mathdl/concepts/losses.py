"""Softmax and the losses, each beside its gradient with respect to the loss's first argument."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    Check,
    Checked,
    Given,
    IntegerArray,
    Lengths,
    array,
    checked,
    labels,
)
from mathdl.concepts.activations import sigmoid
from mathdl.equations import equation, source

__all__ = [
    "LOSSES",
    "TARGET",
    "Loss",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "log_softmax",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "softmax",
]

Number: TypeAlias = np.floating[Any]


@equation("concepts-softmax", "concepts-lse-gradient")
@source("goodfellow2016deep, eq. 6.29 and 6.33.")
@checked(z=array(..., "n_classes"))
def softmax(z: ArrayLike) -> Array:
    """Turn logits into probabilities, which sum to 1 along the last axis.

    Parameters
    ----------
    z
        Logits.

    Returns
    -------
    ndarray, shape (..., n_classes)
        Probabilities, which sum to 1 along the last axis.

    Notes
    -----
    softmax(z)ᵢ = exp(zᵢ − m) / Σⱼ exp(zⱼ − m), with m the largest logit: the shift by m changes
    nothing but keeps every exponent from being positive.

    Examples
    --------
    >>> softmax([[0.0, 0.0], [1e4, -1e4]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    odds: Array = np.exp(_below_largest(z))
    total: Array = odds.sum(axis=-1, keepdims=True)
    return odds / total


@source("goodfellow2016deep, eq. 6.30.")
@checked(z=array(..., "n_classes"))
def log_softmax(z: ArrayLike) -> Array:
    """Turn logits into the logarithms of probabilities.

    Parameters
    ----------
    z
        Logits.

    Returns
    -------
    ndarray, shape (..., n_classes)
        Logarithms of probabilities, at most 0.

    Notes
    -----
    ln softmax(z)ᵢ = (zᵢ − m) − ln Σⱼ exp(zⱼ − m), with m the largest logit. The sum is at least
    1, so its logarithm is taken of nothing small, and a probability too small to be represented
    still has its logarithm.

    Examples
    --------
    >>> log_softmax([1e4, -1e4])
    array([     0., -20000.])
    """
    shifted = _below_largest(z)
    log_sum: Array = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted - log_sum


def _below_largest(z: Array) -> Array:
    """Subtract the largest logit; a difference beyond the floats' range stops at its end."""
    largest = np.maximum.reduce(z, axis=-1, keepdims=True)  # sooner than z.max for a few numbers
    return np.maximum(z - largest, np.finfo(z.dtype).min)


@equation("concepts-mse", "background-squares")
@source("goodfellow2016deep, Section 5.5.1.")
@checked(prediction=array(), target=array(same_as="prediction"))
def mean_squared_error(prediction: ArrayLike, target: ArrayLike) -> Number:
    """Average the squared differences between a prediction and its target.

    Parameters
    ----------
    prediction
        What the network gave, of any shape.
    target
        What was wanted.

    Returns
    -------
    float
        The mean over all elements.

    Notes
    -----
    L = (1/N) Σᵢ (ŷᵢ − yᵢ)², N the number of elements: up to constants the negative
    log-likelihood of targets that carry Gaussian noise.

    Examples
    --------
    >>> print(mean_squared_error([[1.0, 2.0]], [[0.0, 4.0]]))
    2.5
    """
    difference = prediction - target
    return cast("Number", (difference * difference).mean())


@equation("concepts-mse", "backward-mse")
@checked(prediction=array(), target=array(same_as="prediction"))
def mean_squared_error_gradient(prediction: ArrayLike, target: ArrayLike) -> Array:
    """Differentiate `mean_squared_error` in the prediction: 2(ŷᵢ − yᵢ)/N for N elements.

    Parameters
    ----------
    prediction
        What the network gave, of any shape.
    target
        What was wanted.

    Returns
    -------
    ndarray
        The gradient, in the shape of the prediction.

    Examples
    --------
    >>> mean_squared_error_gradient([[1.0, 2.0]], [[0.0, 4.0]])
    array([[ 1., -2.]])
    """
    return (prediction - target) * (2 / prediction.size)


@equation("concepts-bernoulli", "concepts-bce")
@source("goodfellow2016deep, Section 6.2.2.2.")
@checked(logits=array(), labels=array(same_as="logits", within="[0, 1]", booleans=True))
def binary_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Number:
    """Score logits against labels that are 0 or 1, or a probability between.

    Parameters
    ----------
    logits
        Preactivations of a sigmoid (not its outputs), of any shape.
    labels
        Probabilities, or booleans.

    Returns
    -------
    float
        The mean over all elements.

    Notes
    -----
    L = −(1/N) Σᵢ [yᵢ ln σ(zᵢ) + (1 − yᵢ) ln(1 − σ(zᵢ))], computed as the mean of
    max(z, 0) − zy + ln(1 + e^−|z|), which neither overflows nor takes the logarithm of 0.

    Examples
    --------
    >>> print(binary_cross_entropy([-1e4, 0.0], [1, 1]).round(4))
    5000.3466
    """
    losses = np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-abs(logits)))
    return cast("Number", (losses / losses.size).sum())


@equation("concepts-bce-gradient")
@checked(logits=array(), labels=array(same_as="logits", within="[0, 1]", booleans=True))
def binary_cross_entropy_gradient(logits: ArrayLike, labels: ArrayLike) -> Array:
    """Differentiate `binary_cross_entropy` in the logits: (σ(zᵢ) − yᵢ)/N for N elements.

    Parameters
    ----------
    logits
        Preactivations of a sigmoid (not its outputs), of any shape.
    labels
        Probabilities, or booleans.

    Returns
    -------
    ndarray
        The gradient, in the shape of the logits.

    Examples
    --------
    >>> binary_cross_entropy_gradient([0.0, 0.0], [1, 0])
    array([-0.25,  0.25])
    """
    return (sigmoid.plain(logits) - labels) / logits.size


@equation("concepts-cross-entropy")
@source("goodfellow2016deep, Section 6.2.2.3.")
@checked(logits=array("n_samples", "n_classes"), labels=labels("n_samples", "n_classes"))
def cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Number:
    """Score logits against the number of the right class.

    Parameters
    ----------
    logits
        Preactivations of a softmax (not its outputs).
    labels
        The right class of each sample.

    Returns
    -------
    float
        The mean over samples.

    Notes
    -----
    L = −(1/n) Σᵢ ln softmax(zᵢ) at the right class of sample i: the negative log-likelihood of a
    categorical distribution.

    Examples
    --------
    >>> print(cross_entropy([[0.0, 0.0], [1e4, -1e4]], [0, 1]).round(4))
    10000.3466
    """
    chosen = log_softmax.plain(logits)[np.arange(len(labels)), labels]
    return cast("Number", 0 - (chosen / len(labels)).sum())  # 0 and not −0.0 if all is certain


@equation("concepts-p-minus-y", "backward-softmax-cross-entropy")
@checked(logits=array("n_samples", "n_classes"), labels=labels("n_samples", "n_classes"))
def cross_entropy_gradient(logits: ArrayLike, labels: ArrayLike) -> Array:
    """Differentiate `cross_entropy` in the logits: (p − y)/n with p = softmax(z), y one-hot.

    Parameters
    ----------
    logits
        Preactivations of a softmax (not its outputs).
    labels
        The right class of each sample.

    Returns
    -------
    ndarray, shape (n_samples, n_classes)
        The gradient; each of its rows sums to 0.

    Examples
    --------
    >>> cross_entropy_gradient([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    gradient = softmax.plain(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def _cross_entropy_and_gradient(logits: Array, labels: IntegerArray) -> tuple[Number, Array]:
    """Share between loss and gradient what costs most, the exponentials."""
    right = np.arange(len(labels)), labels
    # Stored column by column, the few logits of a sample are compared and summed faster.
    shifted = _below_largest(np.asfortranarray(logits))
    odds = np.exp(shifted)
    total = np.add.reduce(odds, axis=-1, keepdims=True)  # sooner than odds.sum, as is the next
    loss = np.add.reduce((np.log(total[:, 0]) - shifted[right]) / len(labels))
    gradient = odds / (total * len(labels))
    gradient[right] -= 1 / len(labels)
    return loss, gradient


def _one_after_the_other(
    function: Checked[..., Number], gradient: Checked[..., Array]
) -> Callable[[Array, Any], tuple[Number, Array]]:
    return lambda output, target: (function.plain(output, target), gradient.plain(output, target))


@dataclass(frozen=True, eq=False)
class Loss:
    """A loss of what a network gave and what was wanted; it unpacks into function and gradient.

    Attributes
    ----------
    function : callable
        The loss of a prediction (or of logits) and a target (or labels).
    gradient : callable
        The gradient with respect to the first argument, from the same two arguments.
    value_and_gradient : callable
        Both at once, without checks.
    target : Check
        What the loss asks of a target for a network's output of shape (n_samples, n_out).
    """

    function: Checked[..., Number]
    gradient: Checked[..., Array]
    value_and_gradient: Callable[[Array, Any], tuple[Number, Array]]
    target: Check

    def __iter__(self) -> Iterator[Checked[..., Any]]:
        return iter((self.function, self.gradient))


LOSSES: dict[str, Loss] = {
    "mean_squared_error": Loss(
        mean_squared_error,
        mean_squared_error_gradient,
        _one_after_the_other(mean_squared_error, mean_squared_error_gradient),
        array("n_samples", "n_out", type_of="x"),
    ),
    "binary_cross_entropy": Loss(
        binary_cross_entropy,
        binary_cross_entropy_gradient,
        _one_after_the_other(binary_cross_entropy, binary_cross_entropy_gradient),
        array("n_samples", "n_out", type_of="x", within="[0, 1]", booleans=True),
    ),
    "cross_entropy": Loss(
        cross_entropy,
        cross_entropy_gradient,
        _cross_entropy_and_gradient,
        labels("n_samples", "n_out"),
    ),
}
"""The losses by name."""


def _as_the_loss_wants(value: Any, name: str, given: Given, lengths: Lengths) -> Any:
    return LOSSES[given["loss"]].target.look(value, name, given, lengths)


TARGET = Check(_as_the_loss_wants, "array_like")
"""Targets of a network whose loss, an argument checked before, says what they must be."""
