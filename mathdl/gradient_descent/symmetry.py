"""Symmetries of a network: its units permuted, and starts at which all units are equal."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from explorable.checks import as_array, check_shape, checked, number, shown
from mathdl.forward import NETWORK, Layer


@checked(layers=NETWORK, refuses="an order is not a permutation of its layer's units")
def permute_units(layers: Sequence[Layer], orders: Sequence[npt.ArrayLike]) -> list[Layer]:
    """Return a network that computes the same, its hidden units numbered differently.

    Parameters
    ----------
    layers
        A network with at least one hidden layer.
    orders : sequence of array_like of int
        One permutation a hidden layer: which old unit stands in each place.

    Returns
    -------
    list of Layer
        New layers; the numbering of inputs and outputs stays.

    Examples
    --------
    >>> hidden = Layer([[1.0], [2.0]], [0.1, 0.2], "relu")
    >>> output = Layer([[3.0, 4.0]], [0.0], "identity")
    >>> swapped = permute_units([hidden, output], [[1, 0]])
    >>> swapped[0].weights.ravel(), swapped[1].weights.ravel()
    (array([2., 1.]), array([4., 3.]))
    """
    if not isinstance(orders, (list, tuple, np.ndarray)) or len(orders) != len(layers) - 1:
        raise ValueError(
            f"orders must give one permutation for each of the {len(layers) - 1} hidden layers, "
            f"but is {shown(orders)}."
        )
    made, before = [], np.arange(layers[0].weights.shape[1])
    for k, layer in enumerate(layers):
        units = np.arange(len(layer.bias))
        order = units if k == len(layers) - 1 else as_array(orders[k], f"orders[{k}]")
        if order.dtype.kind not in "iu" or not np.array_equal(np.sort(order, axis=None), units):
            raise ValueError(
                f"orders[{k}] must be a permutation of the numbers from 0 to {len(units) - 1}."
            )
        check_shape(order, f"orders[{k}]", units.shape)
        weights = layer.weights[order][:, before]
        made.append(Layer(weights, layer.bias[order], layer.activation))
        before = order
    return made


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
