"""Softmax and the losses, each beside its gradient in the loss's first argument."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    class_labels,
    finite_array,
    probabilities,
    refuses_overflow,
    same_shape,
)
from mathdl.concepts.activations import ACTIVATION_KERNELS

Number: TypeAlias = np.floating[Any]
Result = TypeVar("Result")


class Loss(NamedTuple):
    """A loss and its gradient.

    Attributes
    ----------
    function : callable
        The loss of a prediction (or of logits) and a target (or labels).
    gradient : callable
        The gradient in the first argument, from the same two arguments.
    """

    function: Callable[..., Number]
    gradient: Callable[..., Array]


def _along_last_axis(kernel: Callable[[Array], Array]) -> Callable[[npt.ArrayLike], Array]:
    """Let a kernel see ``z`` only after it was checked, and has an axis to work along."""

    @functools.wraps(kernel)
    def checked(z: npt.ArrayLike) -> Array:
        array = finite_array(z, "z")
        if array.ndim == 0:
            raise ValueError(f"z must have at least one axis, but is the single number {array:g}.")
        return kernel(array)

    return refuses_overflow(checked)


def _compares(
    check: Callable[[npt.ArrayLike, npt.ArrayLike], tuple[Any, Any]],
) -> Callable[[Callable[[Any, Any], Result]], Callable[..., Result]]:
    """Let a kernel see its two arguments only after ``check`` passed them."""

    def decorate(kernel: Callable[[Any, Any], Result]) -> Callable[..., Result]:
        @functools.wraps(kernel)
        def checked(*args: npt.ArrayLike, **named: npt.ArrayLike) -> Result:
            return kernel(*check(*args, **named))

        return refuses_overflow(checked)

    return decorate


def _regression(
    prediction: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    names: tuple[str, str] = ("prediction", "target"),
) -> tuple[Array, Array]:
    given, wanted = finite_array(prediction, names[0]), finite_array(target, names[1])
    same_shape(given, names[0], wanted, names[1])
    return given, _like(given, wanted, target)


def _binary(
    logits: npt.ArrayLike, labels: npt.ArrayLike, *, names: tuple[str, str] = ("logits", "labels")
) -> tuple[Array, Array]:
    z = finite_array(logits, names[0])
    y = probabilities(labels, names[1], z.shape)
    return z, _like(z, y, labels)


def _like(given: Array, wanted: Array, raw: npt.ArrayLike) -> Array:
    """Let whole numbers take the type of what they are compared with: float32 remains float32."""
    return wanted.astype(given.dtype) if np.asarray(raw).dtype.kind in "biu" else wanted


def _categorical(
    logits: npt.ArrayLike, labels: npt.ArrayLike, *, names: tuple[str, str] = ("logits", "labels")
) -> tuple[Array, IntegerArray]:
    z = finite_array(logits, names[0], ("n_samples", "n_classes"))
    return z, class_labels(labels, names[1], *z.shape)


@_along_last_axis
def softmax(z: Array) -> Array:
    """Turn logits into probabilities.

    Parameters
    ----------
    z : array_like, shape (..., n_classes)
        Logits.

    Returns
    -------
    ndarray, shape (..., n_classes)
        Probabilities, which sum to 1 along the last axis.

    Raises
    ------
    ValueError
        If z is empty, a single number or not finite.

    See Also
    --------
    log_softmax, cross_entropy

    Notes
    -----
    softmax(z)ᵢ = exp(zᵢ − m) / Σⱼ exp(zⱼ − m), with m the largest logit: the shift by m changes
    nothing but keeps every exponent from being positive.

    References
    ----------
    goodfellow2016deep, eq. 6.29 and 6.33.

    Examples
    --------
    >>> softmax([[0.0, 0.0], [1e4, -1e4]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    odds: Array = np.exp(_below_largest(z))
    total: Array = odds.sum(axis=-1, keepdims=True)
    return odds / total


@_along_last_axis
def log_softmax(z: Array) -> Array:
    """Turn logits into the logarithms of probabilities.

    Parameters
    ----------
    z : array_like, shape (..., n_classes)
        Logits.

    Returns
    -------
    ndarray, shape (..., n_classes)
        Logarithms of probabilities, at most 0.

    Raises
    ------
    ValueError
        If z is empty, a single number or not finite.

    See Also
    --------
    softmax, cross_entropy

    Notes
    -----
    ln softmax(z)ᵢ = (zᵢ − m) − ln Σⱼ exp(zⱼ − m), with m the largest logit. The sum is at least
    1, so its logarithm is taken of nothing small, and a probability too small to be represented
    still has its logarithm.

    References
    ----------
    goodfellow2016deep, eq. 6.30.

    Examples
    --------
    >>> log_softmax([1e4, -1e4])
    array([     0., -20000.])
    """
    shifted = _below_largest(z)
    log_sum: Array = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted - log_sum


def _below_largest(z: Array) -> Array:
    """Subtract the largest logit; a difference beyond the floats' range stops at its end.

    Whoever calls it silences the warning of that.
    """
    below: Array = np.maximum(z - z.max(axis=-1, keepdims=True), np.finfo(z.dtype).min)
    return below


@_compares(_regression)
def mean_squared_error(prediction: Array, target: Array) -> Number:
    """Average the squared differences between a prediction and its target.

    Parameters
    ----------
    prediction : array_like
        What the network gave, of any shape.
    target : array_like
        What was wanted, of the same shape.

    Returns
    -------
    float
        The mean over all elements.

    Raises
    ------
    ValueError
        If the shapes differ, or either argument is empty or not finite.

    See Also
    --------
    mean_squared_error_gradient

    Notes
    -----
    L = (1/N) Σᵢ (ŷᵢ − yᵢ)², N the number of elements: up to constants the negative
    log-likelihood of targets that carry Gaussian noise.

    References
    ----------
    goodfellow2016deep, Section 5.5.1.

    Examples
    --------
    >>> print(mean_squared_error([[1.0, 2.0]], [[0.0, 4.0]]))
    2.5
    """
    difference = prediction - target
    return cast("Number", (difference * difference).mean())


@_compares(_regression)
def mean_squared_error_gradient(prediction: Array, target: Array) -> Array:
    """Differentiate `mean_squared_error` in the prediction.

    Parameters
    ----------
    prediction : array_like
        What the network gave, of any shape.
    target : array_like
        What was wanted, of the same shape.

    Returns
    -------
    ndarray
        The gradient, in the shape of the prediction.

    Raises
    ------
    ValueError
        If the shapes differ, or either argument is empty or not finite.

    Notes
    -----
    ∂L/∂ŷᵢ = 2(ŷᵢ − yᵢ)/N, N the number of elements.

    Examples
    --------
    >>> mean_squared_error_gradient([[1.0, 2.0]], [[0.0, 4.0]])
    array([[ 1., -2.]])
    """
    return (prediction - target) * (2 / prediction.size)


@_compares(_binary)
def binary_cross_entropy(logits: Array, labels: Array) -> Number:
    """Score logits against labels that are 0 or 1, or a probability between.

    Parameters
    ----------
    logits : array_like
        Preactivations of a sigmoid (not its outputs), of any shape.
    labels : array_like
        Numbers from 0 to 1, or booleans, of the same shape.

    Returns
    -------
    float
        The mean over all elements.

    Raises
    ------
    ValueError
        If the shapes differ, an argument is empty or not finite, or a label is outside [0, 1].

    See Also
    --------
    binary_cross_entropy_gradient, cross_entropy

    Notes
    -----
    L = −(1/N) Σᵢ [yᵢ ln σ(zᵢ) + (1 − yᵢ) ln(1 − σ(zᵢ))], computed as the mean of
    max(z, 0) − zy + ln(1 + e^−|z|), which neither overflows nor takes the logarithm of 0.

    References
    ----------
    goodfellow2016deep, Section 6.2.2.2.

    Examples
    --------
    >>> print(binary_cross_entropy([-1e4, 0.0], [1, 1]).round(4))
    5000.3466
    """
    losses = np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-abs(logits)))
    return cast("Number", (losses / losses.size).sum())


@_compares(_binary)
def binary_cross_entropy_gradient(logits: Array, labels: Array) -> Array:
    """Differentiate `binary_cross_entropy` in the logits.

    Parameters
    ----------
    logits : array_like
        Preactivations of a sigmoid (not its outputs), of any shape.
    labels : array_like
        Numbers from 0 to 1, or booleans, of the same shape.

    Returns
    -------
    ndarray
        The gradient, in the shape of the logits.

    Raises
    ------
    ValueError
        If the shapes differ, an argument is empty or not finite, or a label is outside [0, 1].

    Notes
    -----
    ∂L/∂zᵢ = (σ(zᵢ) − yᵢ)/N, N the number of elements.

    Examples
    --------
    >>> binary_cross_entropy_gradient([0.0, 0.0], [1, 0])
    array([-0.25,  0.25])
    """
    return (_sigmoid(logits) - labels) / logits.size


@_compares(_categorical)
def cross_entropy(logits: Array, labels: IntegerArray) -> Number:
    """Score logits against the number of the right class.

    Parameters
    ----------
    logits : array_like, shape (n_samples, n_classes)
        Preactivations of a softmax (not its outputs).
    labels : array_like of int, shape (n_samples,)
        The right class of each sample, from 0 to n_classes − 1.

    Returns
    -------
    float
        The mean over samples.

    Raises
    ------
    ValueError
        If the logits are not a finite matrix, or the labels are not integers, one a sample, in
        their range.

    See Also
    --------
    cross_entropy_gradient, log_softmax

    Notes
    -----
    L = −(1/n) Σᵢ ln softmax(zᵢ) at the right class of sample i: the negative log-likelihood of a
    categorical distribution.

    References
    ----------
    goodfellow2016deep, Section 6.2.2.3.

    Examples
    --------
    >>> print(cross_entropy([[0.0, 0.0], [1e4, -1e4]], [0, 1]).round(4))
    10000.3466
    """
    chosen = _log_softmax(logits)[np.arange(len(labels)), labels]
    return cast("Number", -(chosen / len(labels)).sum())


@_compares(_categorical)
def cross_entropy_gradient(logits: Array, labels: IntegerArray) -> Array:
    """Differentiate `cross_entropy` in the logits.

    Parameters
    ----------
    logits : array_like, shape (n_samples, n_classes)
        Preactivations of a softmax (not its outputs).
    labels : array_like of int, shape (n_samples,)
        The right class of each sample, from 0 to n_classes − 1.

    Returns
    -------
    ndarray, shape (n_samples, n_classes)
        The gradient; each of its rows sums to 0.

    Raises
    ------
    ValueError
        If the logits are not a finite matrix, or the labels are not integers, one a sample, in
        their range.

    Notes
    -----
    ∂L/∂z = (p − y)/n, with p = softmax(z) and y the one-hot row of the right class.

    Examples
    --------
    >>> cross_entropy_gradient([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    gradient = _softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


LOSSES: dict[str, Loss] = {
    "mean_squared_error": Loss(mean_squared_error, mean_squared_error_gradient),
    "binary_cross_entropy": Loss(binary_cross_entropy, binary_cross_entropy_gradient),
    "cross_entropy": Loss(cross_entropy, cross_entropy_gradient),
}
"""The losses by name."""

_sigmoid = ACTIVATION_KERNELS["sigmoid"].function
_softmax: Callable[[Array], Array] = inspect.unwrap(softmax)
_log_softmax: Callable[[Array], Array] = inspect.unwrap(log_softmax)


class LossInParts(NamedTuple):
    """A loss taken apart, for code that needs its value and its gradient at once.

    Attributes
    ----------
    check : callable
        Returns the loss's two arguments as arrays, or refuses them; ``names=`` says what the
        caller calls them.
    value_and_gradient : callable
        The loss and its gradient, of arguments that were checked already.
    """

    check: Callable[..., tuple[Array, Any]]
    value_and_gradient: Callable[[Array, Any], tuple[Number, Array]]


def _one_after_the_other(loss: Loss) -> Callable[[Array, Any], tuple[Number, Array]]:
    function, gradient = map(inspect.unwrap, loss)
    return lambda prediction, target: (function(prediction, target), gradient(prediction, target))


def _cross_entropy_and_gradient(logits: Array, labels: IntegerArray) -> tuple[Number, Array]:
    """Share between loss and gradient what costs most, the exponentials."""
    right = np.arange(len(labels)), labels
    # Stored column by column, the few logits of a sample are compared and summed faster.
    shifted = _below_largest(np.asfortranarray(logits))
    odds = np.exp(shifted)
    total = odds.sum(axis=-1, keepdims=True)
    loss = ((np.log(total[:, 0]) - shifted[right]) / len(labels)).sum()
    gradient = odds / (total * len(labels))
    gradient[right] -= 1 / len(labels)
    return loss, gradient


LOSS_PARTS: dict[str, LossInParts] = {
    "mean_squared_error": LossInParts(
        _regression, _one_after_the_other(LOSSES["mean_squared_error"])
    ),
    "binary_cross_entropy": LossInParts(
        _binary, _one_after_the_other(LOSSES["binary_cross_entropy"])
    ),
    "cross_entropy": LossInParts(_categorical, _cross_entropy_and_gradient),
}
"""The losses taken apart, by the names of `LOSSES`."""
