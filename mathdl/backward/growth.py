"""How fast the gradient of a wide random network grows or fades from layer to layer."""

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array, known_name, refuses_overflow
from mathdl.concepts import ACTIVATIONS
from mathdl.forward.signals import gaussian_mean_square

__all__ = ["growth_factor"]


@refuses_overflow
def growth_factor(activation: str, gains: npt.ArrayLike) -> Array:
    """Return the factor by which the size of a gradient changes at one layer.

    Parameters
    ----------
    activation : str
        A name in `mathdl.concepts.ACTIVATIONS`.
    gains : array_like, shape (n_gains,)
        Variance of a weight times the number of inputs of a neuron, each greater than 0.

    Returns
    -------
    ndarray, shape (n_gains,)
        ``√(gain E[f′(z)²])``, far from the input, where the variance of z has settled.

    Raises
    ------
    ValueError
        If the name is unknown or a gain not greater than 0.

    Notes
    -----
    z is taken as Gaussian with mean 0, and its variance from the recursion
    ``q ← gain E[f(√q ξ)²]``, ξ standard normal, iterated 400 times from q = 1. ReLU needs no
    recursion: half of its slopes are 1 whatever q.

    References
    ----------
    he2015delving, eq. 13; glorot2010understanding, eq. 6.

    Examples
    --------
    >>> growth_factor("relu", [2.0]).round(3), growth_factor("sigmoid", [1.0]).round(3)
    (array([1.]), array([0.236]))
    """
    function, derivative = ACTIVATIONS[known_name(activation, "activation", ACTIVATIONS)]
    gain = finite_array(gains, "gains", ("n_gains",))
    if np.any(gain <= 0):
        raise ValueError(f"gains must be greater than 0, but the smallest is {gain.min():.3g}.")
    variance = np.ones_like(gain)
    if activation != "relu":
        for _ in range(400):
            variance = gain * gaussian_mean_square(function, variance)
    return np.asarray(np.sqrt(gain * gaussian_mean_square(derivative, variance)))
