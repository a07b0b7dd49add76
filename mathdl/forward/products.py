"""One layer's product written out cell by cell, and the small case that is worked by hand."""

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked
from mathdl.equations import equation
from mathdl.forward import Layer

__all__ = ["products", "worked_example"]


@equation("forward-entry")
@checked(weights=array("n_out", "n_in"), bias=array("n_out"), x=array("n_samples", "n_in"))
def products(x: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    """Return every number that enters a layer's preactivations, before any is added up.

    Parameters
    ----------
    x
        Samples, one per row.
    weights
        Weights, one neuron per row.
    bias
        Biases, one per neuron.

    Returns
    -------
    ndarray, shape (n_samples, n_out, n_in + 1)
        Entry [s, i, j] is the product of input j of sample s with weight j of neuron i; the last
        entry, [s, i, n_in], is the bias of neuron i.

    See Also
    --------
    mathdl.forward.affine : The sum of this array over its last axis.

    Examples
    --------
    >>> products([[1, 2, 3]], [[-1, 0.5, 0]], [0.5])
    array([[[-1. ,  1. ,  0. ,  0.5]]])
    """
    terms = x[:, np.newaxis, :] * weights
    biases = np.broadcast_to(bias[:, np.newaxis], (len(x), len(bias), 1))
    return np.concatenate([terms, biases], axis=2)


def worked_example() -> tuple[Array, Layer]:
    """Return two samples of three numbers and a layer of ten ReLU neurons.

    All numbers are multiples of 1/4, so that every product and sum is exact in floating point
    and can be done on paper. Among the twenty preactivations are twelve positive ones, seven
    negative ones and one zero.

    Returns
    -------
    x : ndarray, shape (2, 3)
        The samples (1, 2, 3) and (4, 5, 6).
    layer : Layer
        Weights (10, 3), bias (10,), activation ReLU.

    Examples
    --------
    >>> x, layer = worked_example()
    >>> layer.weights.shape
    (10, 3)
    """
    table = np.array(
        [
            [0.5, -1, 0.5, 0.25],
            [1, 1, -1, 0],
            [-1, 0.5, 0, 0.5],
            [-0.5, -0.5, -0.5, 1],
            [2, 0, -1, -0.5],
            [0, 0, 1, -2],
            [-1, -1, 2, -1],
            [1.5, -0.5, -0.5, 0.5],
            [0.5, 0.5, -1.5, 0],
            [0.25, 0.25, 0.25, -1],
        ]
    )
    x = np.array([[1.0, 2, 3], [4, 5, 6]])
    return x, Layer(table[:, :3], table[:, 3], "relu")
