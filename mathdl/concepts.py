"""Activations and losses, each beside its derivative.

An activation is applied to a preactivation ``z``, entry by entry. Its derivative is a function of
the same ``z``, never of the activation's output. A loss compares what a network gave with what
was wanted and is one number; its gradient has the shape of the loss's first argument.

All of them keep float32 in float32, change none of their arguments, and compute without overflow
whatever can be represented: ``sigmoid(-1e308)`` is 0, and no warning is given.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    class_labels,
    finite_array,
    finite_number,
    probabilities,
    same_shape,
)

Number: TypeAlias = np.floating[Any]
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Activation(NamedTuple):
    """An activation and its derivative.

    Attributes
    ----------
    function : callable
        The activation, a function of the preactivation.
    derivative : callable
        Its derivative, a function of the preactivation too.
    """

    function: Callable[..., Array]
    derivative: Callable[..., Array]


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


def _entrywise(
    kernel: Callable[Concatenate[Array, Parameters], Array],
) -> Callable[Concatenate[npt.ArrayLike, Parameters], Array]:
    """Let a kernel see ``z`` only after it was checked."""

    @functools.wraps(kernel)
    def checked(z: npt.ArrayLike, *args: Parameters.args, **options: Parameters.kwargs) -> Array:
        return kernel(finite_array(z, "z"), *args, **options)

    return cast("Callable[Concatenate[npt.ArrayLike, Parameters], Array]", checked)


def _along_last_axis(kernel: Callable[[Array], Array]) -> Callable[[npt.ArrayLike], Array]:
    """Let a kernel see ``z`` only after it was checked, and has an axis to work along."""

    @functools.wraps(kernel)
    def checked(z: npt.ArrayLike) -> Array:
        array = finite_array(z, "z")
        if array.ndim == 0:
            raise ValueError(f"z must have at least one axis, but is the single number {array:g}.")
        return kernel(array)

    return checked


def _compares(
    check: Callable[[npt.ArrayLike, npt.ArrayLike], tuple[Any, Any]],
) -> Callable[[Callable[[Any, Any], Result]], Callable[..., Result]]:
    """Let a kernel see its two arguments only after ``check`` passed them."""

    def decorate(kernel: Callable[[Any, Any], Result]) -> Callable[..., Result]:
        @functools.wraps(kernel)
        def checked(*args: npt.ArrayLike, **named: npt.ArrayLike) -> Result:
            return kernel(*check(*args, **named))

        return checked

    return decorate


def _regression(prediction: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    given, wanted = finite_array(prediction, "prediction"), finite_array(target, "target")
    same_shape(given, "prediction", wanted, "target")
    return given, wanted


def _binary(logits: npt.ArrayLike, labels: npt.ArrayLike) -> tuple[Array, Array]:
    z = finite_array(logits, "logits")
    whole = np.asarray(labels).dtype.kind in "biu"
    y = probabilities(labels, "labels", z.shape)
    return z, y.astype(z.dtype) if whole else y


def _categorical(logits: npt.ArrayLike, labels: npt.ArrayLike) -> tuple[Array, IntegerArray]:
    z = finite_array(logits, "logits", ("n_samples", "n_classes"))
    return z, class_labels(labels, "labels", *z.shape)


@_entrywise
def identity(z: Array) -> Array:
    """Return the preactivation itself: no activation at all.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        A copy of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    f(z) = z. Layers with this activation collapse into one affine map.

    Examples
    --------
    >>> identity([-1.0, 2.0])
    array([-1.,  2.])
    """
    return z.copy()


@_entrywise
def identity_derivative(z: Array) -> Array:
    """Differentiate `identity` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Ones, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    f′(z) = 1.

    Examples
    --------
    >>> identity_derivative([-1.0, 2.0])
    array([1., 1.])
    """
    return np.ones_like(z)


@_entrywise
def sigmoid(z: Array) -> Array:
    """Squash the preactivation into (0, 1): the logistic function.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers from 0 to 1, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    See Also
    --------
    sigmoid_derivative, softplus

    Notes
    -----
    σ(z) = 1 / (1 + e⁻ᶻ), which for z < 0 is computed as eᶻ / (1 + eᶻ): then no exponent is
    positive, nothing overflows, and small results keep all their digits.

    References
    ----------
    goodfellow2016deep, eq. 3.30.

    Examples
    --------
    >>> sigmoid([-1e4, 0.0, 1e4])
    array([0. , 0.5, 1. ])
    """
    decay: Array = np.exp(-abs(z))
    return np.where(z >= 0, 1, decay) / (1 + decay)


@_entrywise
def sigmoid_derivative(z: Array) -> Array:
    """Differentiate `sigmoid` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation (not the sigmoid's output), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1/4, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    σ′(z) = σ(z)(1 − σ(z)) = e^−|z| / (1 + e^−|z|)², at most ¼, at z = 0. The second form has no
    difference of nearly equal numbers.

    References
    ----------
    goodfellow2016deep, eq. 3.34.

    Examples
    --------
    >>> sigmoid_derivative([-1e4, 0.0, 1e4])
    array([0.  , 0.25, 0.  ])
    """
    decay: Array = np.exp(-abs(z))
    return decay / (1 + decay) ** 2


@_entrywise
def tanh(z: Array) -> Array:
    """Squash the preactivation into (−1, 1): the hyperbolic tangent.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers from −1 to 1, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    tanh z = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2σ(2z) − 1.

    References
    ----------
    goodfellow2016deep, Section 6.3.2.

    Examples
    --------
    >>> tanh([-1e4, 0.0, 1e4])
    array([-1.,  0.,  1.])
    """
    return np.tanh(z)


@_entrywise
def tanh_derivative(z: Array) -> Array:
    """Differentiate `tanh` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation (not the output of tanh), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    tanh′ z = 1 − tanh² z = 1 / cosh² z = (2e^−|z| / (1 + e^−2|z|))², at most 1, at z = 0. The last
    form neither overflows nor cancels.

    Examples
    --------
    >>> tanh_derivative([-1e4, 0.0, 1e4])
    array([0., 1., 0.])
    """
    decay: Array = np.exp(-abs(z))
    return (2 * decay / (1 + decay**2)) ** 2


@_entrywise
def relu(z: Array) -> Array:
    """Cut off what is negative: the rectified linear unit.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers of at least 0, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    relu(z) = max(z, 0): piecewise linear, not linear, with range [0, ∞).

    References
    ----------
    goodfellow2016deep, Section 6.3.1.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    return np.maximum(z, 0)


@_entrywise
def relu_derivative(z: Array) -> Array:
    """Differentiate `relu` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation (not the output of relu), of any shape.

    Returns
    -------
    ndarray
        0 or 1, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    relu′(z) = 1 for z > 0 and 0 for z < 0. At the kink z = 0, where no derivative exists, it is 0.

    Examples
    --------
    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    return (z > 0).astype(z.dtype)


@_entrywise
def leaky_relu(z: Array, slope: float = 0.01) -> Array:
    """Flatten what is negative instead of cutting it off.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.
    slope : float
        Slope on the negative side.

    Returns
    -------
    ndarray
        z where it is positive, slope · z elsewhere.

    Raises
    ------
    ValueError
        If z is empty or not finite, or the slope is not one finite number.

    Notes
    -----
    f(z) = max(z, 0) + slope · min(z, 0).

    References
    ----------
    goodfellow2016deep, Section 6.3.1.

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 3.0], slope=0.1)
    array([-0.2,  0. ,  3. ])
    """
    return np.maximum(z, 0) + finite_number(slope, "slope") * np.minimum(z, 0)


@_entrywise
def leaky_relu_derivative(z: Array, slope: float = 0.01) -> Array:
    """Differentiate `leaky_relu` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.
    slope : float
        Slope on the negative side.

    Returns
    -------
    ndarray
        1 or the slope, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite, or the slope is not one finite number.

    Notes
    -----
    f′(z) = 1 for z > 0 and the slope for z < 0. At the kink z = 0 it is the slope.

    Examples
    --------
    >>> leaky_relu_derivative([-2.0, 0.0, 3.0], slope=0.1)
    array([0.1, 0.1, 1. ])
    """
    return np.where(z > 0, 1, finite_number(slope, "slope")).astype(z.dtype)


@_entrywise
def softplus(z: Array) -> Array:
    """Round off the corner of `relu`.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers of at least 0, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    See Also
    --------
    softplus_derivative, sigmoid

    Notes
    -----
    ζ(z) = ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|). The second form never overflows.

    References
    ----------
    goodfellow2016deep, eq. 3.31.

    Examples
    --------
    >>> softplus([-1e4, 0.0, 3.0]).round(4)
    array([0.    , 0.6931, 3.0486])
    """
    return np.maximum(z, 0) + np.log1p(np.exp(-abs(z)))


@_entrywise
def softplus_derivative(z: Array) -> Array:
    """Differentiate `softplus` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation (not the output of softplus), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1, in the shape of z.

    Raises
    ------
    ValueError
        If z is empty or not finite.

    Notes
    -----
    ζ′(z) = σ(z), the sigmoid.

    References
    ----------
    goodfellow2016deep, eq. 3.37.

    Examples
    --------
    >>> softplus_derivative([-1e4, 0.0, 1e4])
    array([0. , 0.5, 1. ])
    """
    return _sigmoid(z)


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(identity, identity_derivative),
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "softplus": Activation(softplus, softplus_derivative),
}
"""The activations by name."""


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
    return odds / odds.sum(axis=-1, keepdims=True)


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
    """Subtract the largest logit; a difference beyond the floats' range stops at its end."""
    with np.errstate(over="ignore"):
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

_sigmoid: Callable[[Array], Array] = inspect.unwrap(sigmoid)
_softmax: Callable[[Array], Array] = inspect.unwrap(softmax)
_log_softmax: Callable[[Array], Array] = inspect.unwrap(log_softmax)

ACTIVATION_KERNELS: dict[str, Activation] = {
    name: Activation(*map(inspect.unwrap, pair)) for name, pair in ACTIVATIONS.items()
}
"""The activations without their checks, for code that has checked already."""

LOSS_KERNELS: dict[str, Loss] = {
    name: Loss(*map(inspect.unwrap, pair)) for name, pair in LOSSES.items()
}
"""The losses without their checks."""

LOSS_CHECKS: dict[str, Callable[[npt.ArrayLike, npt.ArrayLike], tuple[Array, Any]]] = {
    "mean_squared_error": _regression,
    "binary_cross_entropy": _binary,
    "cross_entropy": _categorical,
}
"""What each loss asks of its two arguments."""
