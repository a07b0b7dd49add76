"""Activations and losses, each beside its derivative.

An activation is applied to a preactivation ``z``, entry by entry; its derivative is a function of
the same ``z``, never of the activation's output. A loss compares what a network gave with what
was wanted and is one number; its gradient has the shape of the loss's first argument.

All of them keep float32 in float32, allocate their results anew, and stay finite, without a
warning, for every finite input whose result is a finite number.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, Concatenate, NamedTuple, ParamSpec, cast

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, class_labels, finite_array, finite_number, probabilities, same_shape

P = ParamSpec("P")


class Activation(NamedTuple):
    """An activation and its derivative, both functions of the preactivation."""

    function: Callable[..., Array]
    derivative: Callable[..., Array]


class Loss(NamedTuple):
    """A loss and its gradient in the loss's first argument."""

    function: Callable[..., np.floating[Any]]
    gradient: Callable[..., Array]


def _pointwise(
    kernel: Callable[Concatenate[Array, P], Array],
) -> Callable[Concatenate[npt.ArrayLike, P], Array]:
    """Check ``z`` before the kernel sees it."""

    @functools.wraps(kernel)
    def checked(z: npt.ArrayLike, *args: P.args, **kwargs: P.kwargs) -> Array:
        return kernel(finite_array(z, "z"), *args, **kwargs)

    return cast("Callable[Concatenate[npt.ArrayLike, P], Array]", checked)


@_pointwise
def identity(z: Array) -> Array:
    """z"""
    return z.copy()


@_pointwise
def identity_derivative(z: Array) -> Array:
    """1"""
    return np.ones_like(z)


@_pointwise
def sigmoid(z: Array) -> Array:
    """1/(1+e^-z)"""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


@_pointwise
def sigmoid_derivative(z: Array) -> Array:
    """s(1-s)"""
    decay = np.exp(-np.abs(z))
    return decay / (1 + decay) ** 2


@_pointwise
def tanh(z: Array) -> Array:
    """tanh"""
    return np.tanh(z)


@_pointwise
def tanh_derivative(z: Array) -> Array:
    """sech^2"""
    decay = np.exp(-np.abs(z))
    return (2 * decay / (1 + decay**2)) ** 2


@_pointwise
def relu(z: Array) -> Array:
    """max(z, 0)"""
    return np.maximum(z, 0)


@_pointwise
def relu_derivative(z: Array) -> Array:
    """1[z > 0]"""
    return (z > 0).astype(z.dtype)


@_pointwise
def leaky_relu(z: Array, slope: float = 0.01) -> Array:
    """max(z, slope z)"""
    return np.where(z > 0, z, z * z.dtype.type(finite_number(slope, "slope")))


@_pointwise
def leaky_relu_derivative(z: Array, slope: float = 0.01) -> Array:
    """1 or slope"""
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(finite_number(slope, "slope")))


@_pointwise
def softplus(z: Array) -> Array:
    """ln(1+e^z)"""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


@_pointwise
def softplus_derivative(z: Array) -> Array:
    """sigmoid"""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(identity, identity_derivative),
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "softplus": Activation(softplus, softplus_derivative),
}


def _below_maximum(logits: Array) -> Array:
    with np.errstate(over="ignore"):
        return logits - logits.max(axis=-1, keepdims=True)


@_pointwise
def softmax(z: Array) -> Array:
    """softmax"""
    odds = np.exp(_below_maximum(z))
    return odds / odds.sum(axis=-1, keepdims=True)


@_pointwise
def log_softmax(z: Array) -> Array:
    """log softmax"""
    shifted = np.maximum(_below_maximum(z), np.finfo(z.dtype).min)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _mse(prediction: Array, target: Array) -> np.floating[Any]:
    difference = prediction - target
    return (difference * difference / difference.size).sum()


def mean_squared_error(prediction: npt.ArrayLike, target: npt.ArrayLike) -> np.floating[Any]:
    """mse"""
    return _mse(*_pair(prediction, target))


def _mse_gradient(prediction: Array, target: Array) -> Array:
    return (prediction - target) * prediction.dtype.type(2 / prediction.size)


def mean_squared_error_gradient(prediction: npt.ArrayLike, target: npt.ArrayLike) -> Array:
    """mse gradient"""
    return _mse_gradient(*_pair(prediction, target))


def _pair(prediction: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    first, second = finite_array(prediction, "prediction"), finite_array(target, "target")
    same_shape(first, "prediction", second, "target")
    return first, second


def _bce(logits: Array, labels: Array) -> np.floating[Any]:
    losses = np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-np.abs(logits)))
    return (losses / losses.size).sum()


def binary_cross_entropy(logits: npt.ArrayLike, labels: npt.ArrayLike) -> np.floating[Any]:
    """bce"""
    z, y = _binary(logits, labels)
    return _bce(z, y)


def _bce_gradient(logits: Array, labels: Array) -> Array:
    return (inspect.unwrap(sigmoid)(logits) - labels) / logits.size


def binary_cross_entropy_gradient(logits: npt.ArrayLike, labels: npt.ArrayLike) -> Array:
    """bce gradient"""
    z, y = _binary(logits, labels)
    return _bce_gradient(z, y)


def _binary(logits: npt.ArrayLike, labels: npt.ArrayLike) -> tuple[Array, Array]:
    z = finite_array(logits, "logits")
    y = probabilities(labels, "labels", z.shape)
    return z, y if np.asarray(labels).dtype.kind == "f" else y.astype(z.dtype)


def _ce(logits: Array, labels: Any) -> np.floating[Any]:
    chosen = inspect.unwrap(log_softmax)(logits)[np.arange(len(labels)), labels]
    return -(chosen / len(labels)).sum()


def cross_entropy(logits: npt.ArrayLike, labels: npt.ArrayLike) -> np.floating[Any]:
    """ce"""
    return _ce(*_classes(logits, labels))


def _ce_gradient(logits: Array, labels: Any) -> Array:
    gradient = inspect.unwrap(softmax)(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def cross_entropy_gradient(logits: npt.ArrayLike, labels: npt.ArrayLike) -> Array:
    """ce gradient"""
    return _ce_gradient(*_classes(logits, labels))


def _classes(logits: npt.ArrayLike, labels: npt.ArrayLike) -> tuple[Array, Any]:
    z = finite_array(logits, "logits", ("n_samples", "n_classes"))
    return z, class_labels(labels, "labels", *z.shape)


LOSSES: dict[str, Loss] = {
    "mean_squared_error": Loss(mean_squared_error, mean_squared_error_gradient),
    "binary_cross_entropy": Loss(binary_cross_entropy, binary_cross_entropy_gradient),
    "cross_entropy": Loss(cross_entropy, cross_entropy_gradient),
}
