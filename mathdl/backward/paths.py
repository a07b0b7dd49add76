"""The chain rule as products of Jacobians, as a sum over paths, and what its order costs."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    Check,
    IntegerArray,
    array,
    checked,
    finite_array,
    one_of,
    require_room,
    several,
    shown,
    whole,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation
from mathdl.forward import NETWORK, Layer, forward

__all__ = ["example_chain", "layer_jacobians", "path_products", "path_units", "product_cost"]

MODES = ("forward", "reverse")


def _chain(jacobians: Any, name: str, *_: Any) -> list[Array]:
    if not isinstance(jacobians, (list, tuple, np.ndarray)) or len(jacobians) == 0:
        raise ValueError(
            f"{name} must be a list of at least one matrix, but is {shown(jacobians)}."
        )
    chain: list[Array] = []
    for number, jacobian in enumerate(jacobians):
        n_in: int | str = len(chain[-1]) if chain else "n_in"
        chain.append(finite_array(jacobian, f"{name}[{number}]", ("n_out", n_in)))
    n_paths = math.prod(map(len, chain)) * chain[0].shape[1]
    require_room(n_paths * (len(chain) + 1), name)
    return chain


CHAIN = Check(_chain, "sequence of array_like")
"""Asks at the door for Jacobians each of which takes what the one before gives."""


@checked(layers=NETWORK, x=array("n_in"))
def layer_jacobians(layers: Sequence[Layer], x: ArrayLike) -> list[Array]:
    """Return the Jacobian of every layer at one input.

    Parameters
    ----------
    layers
        The network.
    x
        One input, not a batch.

    Returns
    -------
    list of ndarray, shape (n_out, n_in) each
        Layer by layer, outputs in rows: ``diag(f′(z)) W``.

    Examples
    --------
    >>> layer = Layer(np.array([[2.0, -1], [1, -1]]), np.zeros(2), "relu")
    >>> layer_jacobians([layer], [1, 1])
    [array([[ 2., -1.],
           [ 0., -0.]])]
    """
    passed = forward.plain(layers, x[np.newaxis])
    return [
        ACTIVATIONS[layer.activation].derivative.plain(z[0])[:, np.newaxis] * layer.weights
        for layer, z in zip(layers, passed.preactivations, strict=True)
    ]


@equation("backward-paths")
@checked(jacobians=CHAIN)
def path_products(jacobians: Sequence[ArrayLike]) -> Array:
    """Multiply the local derivatives along every path through a chain of layers.

    Parameters
    ----------
    jacobians
        One a layer, first layer first, shapes (n_1, n_0), (n_2, n_1), ...

    Returns
    -------
    ndarray, shape (n_0, n_1, ..., n_r)
        Entry [j, k, ..., i] belongs to the path from input j through unit k of the first layer,
        and so on, to output i. The sum over all axes but the first and the last is the
        transposed Jacobian of the whole chain.

    Notes
    -----
    The number of paths is the product of all widths, so this is for small chains only.

    Examples
    --------
    >>> path_products([[[2], [3]], [[5, -7]]])
    array([[[ 10.],
            [-21.]]])
    """
    products = jacobians[0].T.copy()
    for jacobian in jacobians[1:]:
        products = products[..., np.newaxis] * jacobian.T
    return products


@checked(jacobians=CHAIN)
def path_units(jacobians: Sequence[ArrayLike]) -> IntegerArray:
    """List the paths, in the order of ``path_products(jacobians).ravel()``.

    Parameters
    ----------
    jacobians
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
    widths = [jacobians[0].shape[1], *map(len, jacobians)]
    return np.indices(widths).reshape(len(widths), -1).T


@checked(mode=one_of(MODES), widths=several(whole(at_most=10**9), at_least=2))
def product_cost(widths: Sequence[int], mode: str) -> int:
    """Count the multiply-adds of multiplying a chain of full Jacobians from one end.

    Parameters
    ----------
    widths
        Number of units n_0, n_1, ..., n_r of every column.
    mode
        ``"forward"`` multiplies from the inputs' end, ``"reverse"`` from the outputs'.

    Returns
    -------
    int
        Multiply-adds for the product of the r Jacobians, each taken to be full.

    Examples
    --------
    >>> product_cost([100, 50, 1], "reverse"), product_cost([100, 50, 20, 1], "forward")
    (5000, 102000)
    """
    n = widths[::-1] if mode == "reverse" else widths
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
