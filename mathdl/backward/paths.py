"""The chain rule as products of Jacobians, as a sum over paths, and what its order costs."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    finite_array,
    known_name,
    listed,
    refuses_overflow,
    require_room,
    shown,
    whole_number,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer, forward

__all__ = ["example_chain", "layer_jacobians", "path_products", "path_units", "product_cost"]

MODES = ("forward", "reverse")


@refuses_overflow
def layer_jacobians(layers: Sequence[Layer], x: npt.ArrayLike) -> list[Array]:
    """Return the Jacobian of every layer at one input.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    x : array_like, shape (n_in,)
        One input, not a batch.

    Returns
    -------
    list of ndarray, shape (n_out, n_in) each
        Layer by layer, outputs in rows: ``diag(f′(z)) W``.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Examples
    --------
    >>> layer = Layer(np.array([[2.0, -1], [1, -1]]), np.zeros(2), "relu")
    >>> layer_jacobians([layer], [1, 1])
    [array([[ 2., -1.],
           [ 0., -0.]])]
    """
    passed = forward(layers, finite_array(x, "x", ("n_in",))[np.newaxis])
    return [
        ACTIVATIONS[layer.activation].derivative(z[0])[:, np.newaxis] * layer.weights
        for layer, z in zip(layers, passed.preactivations, strict=True)
    ]


@refuses_overflow
def path_products(jacobians: Sequence[npt.ArrayLike]) -> Array:
    """Multiply the local derivatives along every path through a chain of layers.

    Parameters
    ----------
    jacobians : sequence of array_like
        One a layer, first layer first, shapes (n_1, n_0), (n_2, n_1), ...

    Returns
    -------
    ndarray, shape (n_0, n_1, ..., n_r)
        Entry [j, k, ..., i] belongs to the path from input j through unit k of the first layer,
        and so on, to output i. The sum over all axes but the first and the last is the
        transposed Jacobian of the whole chain.

    Raises
    ------
    ValueError
        If the shapes do not form a chain.

    Notes
    -----
    The number of paths is the product of all widths, so this is for small chains only.

    Examples
    --------
    >>> path_products([[[2], [3]], [[5, -7]]])
    array([[[ 10.],
            [-21.]]])
    """
    chain = _chain(jacobians)
    products = np.ones(chain[0].shape[1], np.result_type(*chain))
    for jacobian in chain:
        products = products[..., np.newaxis] * jacobian.T
    return products


def path_units(jacobians: Sequence[npt.ArrayLike]) -> IntegerArray:
    """List the paths, in the order of ``path_products(jacobians).ravel()``.

    Parameters
    ----------
    jacobians : sequence of array_like
        As in `path_products`.

    Returns
    -------
    ndarray of int, shape (n_paths, n_layers + 1)
        The unit that each path visits in each column, input first.

    Examples
    --------
    >>> path_units([[[2], [3]], [[5, -7]]])
    array([[0, 0, 0],
           [0, 1, 0]])
    """
    chain = _chain(jacobians)
    widths = [chain[0].shape[1], *(len(jacobian) for jacobian in chain)]
    return np.indices(widths).reshape(len(widths), -1).T


def product_cost(widths: Sequence[int], mode: str) -> int:
    """Count the multiply-adds of multiplying a chain of Jacobians from one end.

    Parameters
    ----------
    widths : sequence of int
        Number of units n_0, n_1, ..., n_r of every column.
    mode : str
        ``"forward"`` multiplies from the inputs' end, ``"reverse"`` from the outputs'.

    Returns
    -------
    int
        Multiply-adds for the product of the r Jacobians, each taken to be full.

    Raises
    ------
    ValueError
        If there are fewer than two widths or the mode is unknown.

    Examples
    --------
    >>> product_cost([100, 50, 1], "reverse"), product_cost([100, 50, 20, 1], "forward")
    (5000, 102000)
    """
    known_name(mode, "mode", MODES)
    n = [whole_number(width, f"widths[{i}]") for i, width in enumerate(listed(widths, "widths"))]
    if len(n) < 2:
        raise ValueError(f"widths must name at least 2 columns, but is {shown(widths)}.")
    if mode == "reverse":
        n = n[::-1]
    return sum(n[0] * n[k] * n[k + 1] for k in range(1, len(n) - 1))


def example_chain() -> list[Layer]:
    """Return a small tanh network, 1-3-2-1, whose six paths partly cancel.

    Returns
    -------
    list of Layer
        Three layers.

    Examples
    --------
    >>> [layer.weights.shape for layer in example_chain()]
    [(3, 1), (2, 3), (1, 2)]
    """
    return [
        Layer(np.array([[1.6], [-1.1], [-0.4]]), np.array([-0.1, -0.3, -0.4]), "tanh"),
        Layer(np.array([[-0.7, -1.6, 1.1], [1.1, 0.5, 0.6]]), np.array([-0.2, 0.0]), "tanh"),
        Layer(np.array([[0.9, 1.2]]), np.array([0.0])),
    ]


def _chain(jacobians: Sequence[npt.ArrayLike]) -> list[Array]:
    if not isinstance(jacobians, (list, tuple, np.ndarray)) or len(jacobians) == 0:
        raise ValueError(
            f"jacobians must be a list of at least one matrix, but is {shown(jacobians)}."
        )
    chain: list[Array] = []
    for number, jacobian in enumerate(jacobians):
        n_in: int | str = len(chain[-1]) if chain else "n_in"
        chain.append(finite_array(jacobian, f"jacobians[{number}]", ("n_out", n_in)))
    n_paths = math.prod(map(len, chain)) * chain[0].shape[1]
    require_room(n_paths * (len(chain) + 1), "jacobians")
    return chain
