"""How fast the gradient of a wide random network grows or fades from layer to layer."""

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, one_of
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward.signals import gaussian_mean_square

__all__ = ["growth_factor"]


@equation("backward-variance")
@source("he2015delving, eq. 13; glorot2010understanding, eq. 6.")
@checked(activation=one_of(ACTIVATIONS), gains=array("n_gains", within="(0, inf)"))
def growth_factor(activation: str, gains: ArrayLike) -> Array:
    """Return the factor by which the size of a gradient changes at one layer.

    Parameters
    ----------
    activation
    gains
        Variance of a weight times the number of inputs of a neuron.

    Returns
    -------
    ndarray, shape (n_gains,)
        ``√(gain E[f′(z)²])``, far from the input, where the variance of z has settled.

    Notes
    -----
    z is taken as Gaussian with mean 0, and its variance from the recursion
    ``q ← gain E[f(√q ξ)²]``, ξ standard normal, iterated 400 times from q = 1. ReLU needs no
    recursion: half of its slopes are 1 whatever q.

    Examples
    --------
    >>> growth_factor("relu", [2.0]).round(3), growth_factor("sigmoid", [1.0]).round(3)
    (array([1.]), array([0.236]))
    """
    f = ACTIVATIONS[activation]
    variance = np.ones_like(gains)
    if activation != "relu":
        for _ in range(400):
            variance = gains * gaussian_mean_square(f.function.plain, variance)
    return np.asarray(np.sqrt(gains * gaussian_mean_square(f.derivative.plain, variance)))
