"""Activations, each beside its derivative, both functions of a preactivation, entry by entry."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explorable.checks import Array, ArrayLike, Checked, array, checked, number
from mathdl.equations import equation, source

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softplus",
    "softplus_derivative",
    "tanh",
    "tanh_derivative",
]


@checked(z=array())
def identity(z: ArrayLike) -> Array:
    """Return the preactivation itself: layers with this activation are one affine map.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        A copy of z.

    Examples
    --------
    >>> identity([-1.0, 2.0])
    array([-1.,  2.])
    """
    return z.copy()


@checked(z=array())
def identity_derivative(z: ArrayLike) -> Array:
    """Differentiate `identity` at the preactivation: f′(z) = 1.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Ones, in the shape of z.

    Examples
    --------
    >>> identity_derivative([-1.0, 2.0])
    array([1., 1.])
    """
    return np.ones_like(z)


@equation("concepts-sigmoid", "concepts-log-odds")
@source("goodfellow2016deep, eq. 3.30.")
@checked(z=array())
def sigmoid(z: ArrayLike) -> Array:
    """Squash the preactivation into (0, 1): the logistic function.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers from 0 to 1, in the shape of z.

    Notes
    -----
    σ(z) = 1 / (1 + e⁻ᶻ) = e^min(z, 0) / (1 + e^−|z|). No exponent of the second form is positive,
    so nothing overflows, and small results keep all their digits.

    Examples
    --------
    >>> sigmoid([-1e4, 0.0, 1e4])
    array([0. , 0.5, 1. ])
    """
    numerator: Array = np.exp(np.minimum(z, 0))
    denominator: Array = 1 + np.exp(-abs(z))
    return numerator / denominator


@equation("concepts-sigmoid-derivative")
@source("goodfellow2016deep, eq. 3.34.")
@checked(z=array())
def sigmoid_derivative(z: ArrayLike) -> Array:
    """Differentiate `sigmoid` at the preactivation.

    Parameters
    ----------
    z
        Preactivation (not the sigmoid's output), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1/4, in the shape of z.

    Notes
    -----
    σ′(z) = σ(z)(1 − σ(z)) = e^−|z| / (1 + e^−|z|)², at most ¼, at z = 0. The second form has no
    difference of nearly equal numbers.

    Examples
    --------
    >>> sigmoid_derivative([-1e4, 0.0, 1e4])
    array([0.  , 0.25, 0.  ])
    """
    decay: Array = np.exp(-abs(z))
    return decay / (1 + decay) ** 2


@equation("concepts-tanh")
@source("goodfellow2016deep, Section 6.3.2.")
@checked(z=array())
def tanh(z: ArrayLike) -> Array:
    """Squash the preactivation into (−1, 1): tanh z = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2σ(2z) − 1.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers from −1 to 1, in the shape of z.

    Examples
    --------
    >>> tanh([-1e4, 0.0, 1e4])
    array([-1.,  0.,  1.])
    """
    return np.tanh(z)


@equation("concepts-tanh")
@checked(z=array())
def tanh_derivative(z: ArrayLike) -> Array:
    """Differentiate `tanh` at the preactivation.

    Parameters
    ----------
    z
        Preactivation (not the output of tanh), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1, in the shape of z.

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


@equation("concepts-relu")
@source("goodfellow2016deep, Section 6.3.1.")
@checked(z=array())
def relu(z: ArrayLike) -> Array:
    """Cut off what is negative: max(z, 0), piecewise linear and not linear.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers of at least 0, in the shape of z.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    return z.clip(0, np.inf)  # half the time of np.maximum(z, 0)


@equation("concepts-relu")
@checked(z=array())
def relu_derivative(z: ArrayLike) -> Array:
    """Differentiate `relu`: 1 for z > 0, else 0, also at the kink, where no derivative exists.

    Parameters
    ----------
    z
        Preactivation (not the output of relu), of any shape.

    Returns
    -------
    ndarray
        0 or 1, in the shape of z.

    Examples
    --------
    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    return (z > 0).astype(z.dtype)


@source("goodfellow2016deep, Section 6.3.1.")
@checked(z=array(), slope=number())
def leaky_relu(z: ArrayLike, slope: float = 0.01) -> Array:
    """Flatten what is negative instead of cutting it off: max(z, 0) + slope · min(z, 0).

    Parameters
    ----------
    z
        Preactivation, of any shape.
    slope
        Slope on the negative side.

    Returns
    -------
    ndarray
        z where it is positive, slope · z elsewhere.

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 3.0], slope=0.1)
    array([-0.2,  0. ,  3. ])
    """
    return np.maximum(z, 0) + slope * np.minimum(z, 0)


@checked(z=array(), slope=number())
def leaky_relu_derivative(z: ArrayLike, slope: float = 0.01) -> Array:
    """Differentiate `leaky_relu`: 1 for z > 0, else the slope, also at the kink z = 0.

    Parameters
    ----------
    z
        Preactivation, of any shape.
    slope
        Slope on the negative side.

    Returns
    -------
    ndarray
        1 or the slope, in the shape of z.

    Examples
    --------
    >>> leaky_relu_derivative([-2.0, 0.0, 3.0], slope=0.1)
    array([0.1, 0.1, 1. ])
    """
    return np.where(z > 0, 1, slope).astype(z.dtype)


@equation("concepts-softplus", "concepts-stable-softplus")
@source("goodfellow2016deep, eq. 3.31.")
@checked(z=array())
def softplus(z: ArrayLike) -> Array:
    """Round off the corner of `relu`: ln(1 + eᶻ), as max(z, 0) + ln(1 + e^−|z|), without overflow.

    Parameters
    ----------
    z
        Preactivation, of any shape.

    Returns
    -------
    ndarray
        Numbers of at least 0, in the shape of z.

    Examples
    --------
    >>> softplus([-1e4, 0.0, 3.0]).round(4)
    array([0.    , 0.6931, 3.0486])
    """
    return np.maximum(z, 0) + np.log1p(np.exp(-abs(z)))


@equation("concepts-softplus")
@source("goodfellow2016deep, eq. 3.37.")
@checked(z=array())
def softplus_derivative(z: ArrayLike) -> Array:
    """Differentiate `softplus` at the preactivation: ζ′(z) = σ(z), the sigmoid.

    Parameters
    ----------
    z
        Preactivation (not the output of softplus), of any shape.

    Returns
    -------
    ndarray
        Slopes from 0 to 1, in the shape of z.

    Examples
    --------
    >>> softplus_derivative([-1e4, 0.0, 1e4])
    array([0. , 0.5, 1. ])
    """
    return sigmoid.plain(z)


@dataclass(frozen=True, eq=False)
class Activation:
    """An activation and what is known of it; it unpacks into function and derivative.

    Attributes
    ----------
    function : callable
        The activation, a function of the preactivation.
    derivative : callable
        Its derivative, a function of the preactivation too.
    label : str
        What a figure calls it.
    largest_slope : float
        The least upper bound of the derivative.
    """

    function: Checked[..., Array]
    derivative: Checked[..., Array]
    label: str
    largest_slope: float

    def __iter__(self) -> Iterator[Checked[..., Array]]:
        return iter((self.function, self.derivative))


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(identity, identity_derivative, "identity", 1.0),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, "sigmoid", 0.25),
    "tanh": Activation(tanh, tanh_derivative, "tanh", 1.0),
    "relu": Activation(relu, relu_derivative, "ReLU", 1.0),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative, "leaky ReLU", 1.0),
    "softplus": Activation(softplus, softplus_derivative, "softplus", 1.0),
}
"""The activations by name."""
