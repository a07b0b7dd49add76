"""XOR: the network that computes it, and how its hidden layer folds the plane."""

import math
from typing import Any

import numpy as np

from explorable.checks import (
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    an_instance,
    array,
    checked,
    one_of,
)
from mathdl.background.piecewise import check_piecewise_linear
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward import Layer, forward

__all__ = ["XOR_X", "XOR_Y", "directed_units", "fold_path", "xor_network"]

XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""The four inputs of XOR, one per row."""

XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])
"""What XOR answers: 1 where exactly one input is 1."""

XOR_X.setflags(write=False)
XOR_Y.setflags(write=False)


@equation("background-xor-network")
@source("goodfellow2016deep, equations 6.4 to 6.6.")
def xor_network() -> list[Layer]:
    """Return the network of two hidden ReLU units that computes XOR.

    Returns
    -------
    list of Layer
        h = relu(x₁ + x₂), relu(x₁ + x₂ − 1); y = h₁ − 2h₂.

    Examples
    --------
    >>> forward(xor_network(), XOR_X).output.ravel()
    array([0., 1., 1., 0.])
    """
    hidden = Layer(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]), "relu")
    return [hidden, Layer(np.array([[1.0, -2.0]]), np.zeros(1))]


@checked(angles=array(2), activation=one_of(ACTIVATIONS))
def directed_units(angles: ArrayLike, *, activation: str = "relu") -> Layer:
    """Return two hidden units on the plane that point in given directions.

    The first unit's boundary touches the circle through the corners of the unit square on the far
    side, so that the whole square lies on its open side; the second unit's boundary runs through
    the square's centre.

    Parameters
    ----------
    angles
        Directions of the weight vectors in degrees, counted from the first axis.
    activation

    Returns
    -------
    Layer
        Weights (2, 2) of norm √2 a row. Both angles 45 give the hidden layer of `xor_network`.

    Examples
    --------
    >>> directed_units([45, 45]).bias.round(6)
    array([ 0., -1.])
    """
    theta = np.deg2rad(angles)
    weights = math.sqrt(2) * np.stack([np.cos(theta), np.sin(theta)], axis=1)
    bias = np.array([1, 0], weights.dtype) - weights @ np.array([0.5, 0.5], weights.dtype)
    return Layer.trusted(weights, bias, activation)


def _bent(value: Any, name: str, given: Given, lengths: Lengths) -> Layer:
    layer = an_instance(value, name, Layer)
    check_piecewise_linear([layer])
    lengths["n_in"] = layer.weights.shape[1]
    return layer


_BENT_LAYER = Check(_bent, "Layer")


@checked(hidden=_BENT_LAYER, start=array("n_in"), end=array("n_in"))
def fold_path(start: ArrayLike, end: ArrayLike, hidden: Layer) -> Array:
    """Follow a straight path through a ReLU layer.

    Parameters
    ----------
    start, end
        Where the path begins and ends, in the layer's input space.
    hidden
        A layer with activation ``"relu"`` or ``"identity"``.

    Returns
    -------
    ndarray (n_out + 2, n_out)
        Corners of the path in the layer's output space; between two of them it is straight. A
        unit's boundary that the path does not meet repeats a corner.

    Examples
    --------
    >>> fold_path([-1, 2], [1, 0], Layer([[1, 0], [0, 1]], [0, 0], "relu"))  # folds at [0, 1]
    array([[0., 2.],
           [0., 1.],
           [1., 0.],
           [1., 0.]])
    """
    before, after = (forward.plain([hidden], p[None]).preactivations[0][0] for p in (start, end))
    change = np.where(after == before, 1, after - before)
    meets = np.clip(np.where(after == before, 0, -before / change), 0, 1)
    share = np.sort(np.concatenate([[0.0], meets, [1.0]]).astype(meets.dtype))[:, None]
    return forward.plain([hidden], start + share * (end - start)).output
