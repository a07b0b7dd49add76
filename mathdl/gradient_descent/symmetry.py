"""Starts at which all units of a network are equal."""

from collections.abc import Sequence

import numpy as np

from explorable.checks import checked, number
from mathdl.forward import NETWORK, Layer


@checked(layers=NETWORK, weight=number())
def constant_init(layers: Sequence[Layer], weight: float) -> list[Layer]:
    """Return a network of the same shape in which all weights are equal and all biases 0.

    Parameters
    ----------
    layers
        Gives the shapes and activations.
    weight
        The value of every weight.

    Returns
    -------
    list of Layer
        A start at which all units of a hidden layer are alike, and stay so.

    Examples
    --------
    >>> constant_init([Layer([[1.0, 2.0]], [3.0], "relu")], 0.5)[0].weights
    array([[0.5, 0.5]])
    """
    largest = min(float(np.finfo(part.weights.dtype).max) for part in layers)
    if abs(weight) > largest:
        raise ValueError(f"weight must be at most {largest:g} in size for these layers.")
    return [
        Layer(np.full_like(part.weights, weight), np.zeros_like(part.bias), part.activation)
        for part in layers
    ]
