"""Activations, each beside its derivative, both entry by entry functions of a preactivation."""

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, NamedTuple, ParamSpec, cast

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array, finite_number, refuses_overflow

Parameters = ParamSpec("Parameters")


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


def _entrywise(
    kernel: Callable[Concatenate[Array, Parameters], Array],
) -> Callable[Concatenate[npt.ArrayLike, Parameters], Array]:
    """Let a kernel see ``z`` only after it was checked."""

    @functools.wraps(kernel)
    def checked(z: npt.ArrayLike, *args: Parameters.args, **options: Parameters.kwargs) -> Array:
        return kernel(finite_array(z, "z"), *args, **options)

    return cast("Callable[Concatenate[npt.ArrayLike, Parameters], Array]", checked)


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
    σ(z) = 1 / (1 + e⁻ᶻ) = e^min(z, 0) / (1 + e^−|z|). No exponent of the second form is positive,
    so nothing overflows, and small results keep all their digits.

    References
    ----------
    goodfellow2016deep, eq. 3.30.

    Examples
    --------
    >>> sigmoid([-1e4, 0.0, 1e4])
    array([0. , 0.5, 1. ])
    """
    numerator: Array = np.exp(np.minimum(z, 0))
    denominator: Array = 1 + np.exp(-abs(z))
    return numerator / denominator


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
    # A row of zeros is compared faster than the number 0, and than an array of z's size.
    rectified: Array = np.maximum(z, np.zeros(z.shape[-1:], z.dtype))
    return rectified


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


@refuses_overflow
@_entrywise
def leaky_relu(z: Array, slope: float = 0.01) -> Array:
    """Flatten what is negative instead of cutting it off.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.
    slope : float, default 0.01
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


@refuses_overflow
@_entrywise
def leaky_relu_derivative(z: Array, slope: float = 0.01) -> Array:
    """Differentiate `leaky_relu` at the preactivation.

    Parameters
    ----------
    z : array_like
        Preactivation, of any shape.
    slope : float, default 0.01
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
    return ACTIVATION_KERNELS["sigmoid"].function(z)


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(identity, identity_derivative),
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "relu": Activation(relu, relu_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "softplus": Activation(softplus, softplus_derivative),
}
"""The activations by name."""


ACTIVATION_KERNELS: dict[str, Activation] = {
    name: Activation(*map(inspect.unwrap, pair)) for name, pair in ACTIVATIONS.items()
}
"""The activations without their checks, for code that has checked already."""
