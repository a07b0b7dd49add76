"""What activations do to a gradient on its way back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, ArrayLike, array, checked
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation
from mathdl.forward import NETWORK, Layer, forward


@equation("faq-slope-product")
@checked(layers=NETWORK, x=array("n_samples", "n_in"), refuses="there is no hidden layer")
def slope_product(layers: Sequence[Layer], x: ArrayLike) -> float:
    """Return the product over hidden layers of the root mean square slope of their units.

    Parameters
    ----------
    layers
        A network with at least one hidden layer.
    x
        Samples.

    Returns
    -------
    float
        By which factor the activations alone change a gradient on its way from the last hidden
        layer to the first; the weights have their own say.

    Examples
    --------
    >>> sigmoid = Layer([[0.0]], [0.0], "sigmoid")
    >>> slope_product([sigmoid, sigmoid, Layer([[1.0]], [0.0])], [[3.0]])
    0.0625
    """
    slopes = _hidden_slopes(layers, x)
    return np.prod(np.array([np.sqrt(np.mean(slope**2)) for slope in slopes])).item()


@checked(layers=NETWORK, x=array("n_samples", "n_in"), refuses="there is no hidden layer")
def dead_units(layers: Sequence[Layer], x: ArrayLike) -> float:
    """Return the share of hidden units whose slope is 0 on every sample.

    Parameters
    ----------
    layers
        A network with at least one hidden layer.
    x
        Samples.

    Returns
    -------
    float
        From 0 to 1. Such a unit gets no gradient from these samples, nor do its weights.

    Examples
    --------
    >>> layers = [Layer([[1.0], [1.0]], [0.0, -9.0], "relu"), Layer([[1.0, 1.0]], [0.0])]
    >>> dead_units(layers, [[1.0], [2.0]])
    0.5
    """
    dead = np.concatenate([(slope == 0).all(axis=0) for slope in _hidden_slopes(layers, x)])
    return float(dead.mean())


def _hidden_slopes(layers: Sequence[Layer], x: Array) -> list[npt.NDArray[Any]]:
    """Return the slopes (n_samples, n_units) of each hidden layer."""
    passed = forward(layers, x)
    if len(layers) < 2:
        raise ValueError("layers must hold at least one hidden layer.")
    return [
        ACTIVATIONS[layer.activation].derivative.plain(z)
        for layer, z in zip(layers[:-1], passed.preactivations[:-1], strict=True)
    ]
