"""What ReLU layers do to their input space: fold it, and cut it into pieces.

On one side of a line (a plane, a hyperplane) a ReLU neuron is open and passes its preactivation
on, on the other side it is closed and gives zero. Which neurons are open is the *activation
pattern* of an input; all inputs with one pattern form a piece on which the network is affine.
"""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    Array,
    ArrayLike,
    all_finite,
    array,
    checked,
    instance,
    listed,
    require_room,
    shown,
    whole,
    whole_number,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, check_layers, forward

__all__ = [
    "activation_pattern",
    "count_regions",
    "deep_region_bound",
    "folding_network",
    "followed_by",
    "local_affine",
    "max_regions",
]

_HOMOGENEOUS = ("identity", "relu", "leaky_relu")

_MANY_AXES = 10_000  # with more, the sums below would have too many digits to wait for
_MANY_DIGITS = 10**6  # of a binary number


@equation("forward-pattern")
@checked(layers=NETWORK, x=array("n_samples", "n_in"), refuses="the network has no ReLU layer")
def activation_pattern(layers: Sequence[Layer], x: ArrayLike) -> npt.NDArray[np.bool_]:
    """Return which ReLU neurons are open at each input.

    Parameters
    ----------
    layers
        The network.
    x
        Inputs, one per row.

    Returns
    -------
    ndarray of bool, shape (n_samples, n_relu)
        True where the preactivation is greater than 0; the neurons of all ReLU layers side by
        side, first layer first.

    Examples
    --------
    >>> layer = Layer(np.array([[1.0, 0], [0, 1]]), np.array([0.0, -2]), "relu")
    >>> activation_pattern([layer], [[1, 1]])
    array([[ True, False]])
    """
    preactivations = forward.plain(layers, x).preactivations
    open_neurons = [
        z > 0
        for layer, z in zip(layers, preactivations, strict=True)
        if layer.activation == "relu"
    ]
    if not open_neurons:
        raise ValueError("layers must hold at least one ReLU layer, but hold none.")
    return np.concatenate(open_neurons, axis=1)


@equation("forward-local")
@checked(layers=NETWORK, x=array("n_samples", "n_in"), refuses="an activation is curved")
def local_affine(layers: Sequence[Layer], x: ArrayLike) -> tuple[Array, Array]:
    """Return the affine map that the network is on the piece where each input lies.

    Parameters
    ----------
    layers
        The network; every activation must be ReLU, leaky ReLU or the identity.
    x
        Inputs, one per row.

    Returns
    -------
    matrix : ndarray, shape (n_samples, n_out, n_in)
        The product of all weights, with the rows of closed neurons times their slope, 0 or 0.01.
    offset : ndarray, shape (n_samples, n_out)
        What the biases contribute.

    Notes
    -----
    On the piece of sample s the output is ``matrix[s] @ x + offset[s]``, exactly.

    Examples
    --------
    >>> layer = Layer(np.array([[1.0, 2], [3, 4]]), np.array([0.0, -9]), "relu")
    >>> matrix, offset = local_affine([layer], [[1, 1]])
    >>> matrix[0]
    array([[1., 2.],
           [0., 0.]])
    """
    for layer in layers:
        if layer.activation not in _HOMOGENEOUS:
            raise ValueError(
                f"layers must all have an activation out of {', '.join(_HOMOGENEOUS)}, "
                f"but one is {layer.activation}."
            )
    n_samples, n_in = x.shape
    require_room(n_samples * n_in * max(len(layer.bias) for layer in layers), "x and layers")
    passed = forward.plain(layers, x)
    matrix = np.eye(n_in, dtype=passed.output.dtype)[np.newaxis]
    offset = np.zeros((1, n_in), passed.output.dtype)
    for layer, z in zip(layers, passed.preactivations, strict=True):
        slope = ACTIVATIONS[layer.activation].derivative.plain(z)
        matrix = slope[:, :, np.newaxis] * (layer.weights @ matrix)
        offset = slope * (offset @ layer.weights.T + layer.bias)
    return matrix, offset


@equation("forward-regions")
@source("zaslavsky1975facing, Theorem A.")
@checked(n_hyperplanes=whole(0, 10**9), n_in=whole(at_most=_MANY_AXES))
def max_regions(n_hyperplanes: int, n_in: int) -> int:
    """Return the largest number of pieces into which hyperplanes can cut a space.

    Parameters
    ----------
    n_hyperplanes
        How many hyperplanes: the neurons of one ReLU layer.
    n_in
        Dimension of the space, at most 10,000.

    Returns
    -------
    int
        The sum of the binomial coefficients (n_hyperplanes choose k) for k = 0, …, n_in.

    Examples
    --------
    >>> max_regions(4, n_in=2)
    11
    """
    n, d = n_hyperplanes, n_in
    if d >= n:
        return 1 << n
    ways = itertools.accumulate(range(d), lambda c, k: c * (n - k) // (k + 1), initial=1)
    return sum(ways)


@checked(weights=array("n_lines", 2), bias=array("n_lines"), refuses="a normal vector is zero")
def count_regions(weights: ArrayLike, bias: ArrayLike) -> int:
    """Count the pieces into which given lines cut the plane.

    Parameters
    ----------
    weights
        Normal vectors, none of them zero.
    bias
        Line i is the set of points x with ``weights[i] @ x + bias[i] == 0``.

    Returns
    -------
    int
        The number of pieces.

    Notes
    -----
    Lines are laid down one after another. A new line is cut by the earlier ones into one more
    segment than it has distinct crossings, and each segment splits one piece in two.
    Crossings closer than 10⁻⁹ to one another count as one.

    Examples
    --------
    >>> count_regions([[1, 0], [0, 1], [1, 1]], [0, 0, 0])  # three lines through one point
    6
    """
    normals, offsets = _lines(weights, bias)
    pieces = 1
    for i in range(len(normals)):
        crossings, repeated = _crossings(normals, offsets, i)
        pieces += 0 if repeated else 1 + len(crossings)
    return pieces


def _lines(weights: Array, bias: Array) -> tuple[Array, Array]:
    """Return each line's unit normal, and the line's distance from the origin."""
    length = np.hypot(weights[:, 0], weights[:, 1])
    if not length.all():
        raise ValueError("weights must not hold a zero row: it is no line.")
    return weights / length[:, np.newaxis], bias / length


def _crossings(normals: Array, offsets: Array, i: int) -> tuple[Array, bool]:
    """Return where line i crosses the lines before it, and whether it is one of them."""
    along = np.array([-normals[i, 1], normals[i, 0]])
    slope = normals[:i] @ along
    parallel = np.abs(slope) < 1e-12
    with np.errstate(over="ignore"):
        height = offsets[:i] - offsets[i] * (normals[:i] @ normals[i])
        places = np.sort(-height[~parallel] / slope[~parallel])
    if not np.isfinite(places).all():
        raise ValueError("bias must not be so large that lines cross beyond the range of floats.")
    distinct = places[np.diff(places, prepend=-np.inf) > 1e-9]
    return distinct, bool((np.abs(height[parallel]) < 1e-12).any())


@equation("forward-montufar")
@source("montufar2014number, Theorem 4.")
@checked(n_in=whole(at_most=_MANY_AXES), refuses="a width is too small")
def deep_region_bound(n_in: int, widths: Sequence[int]) -> int:
    """Return a number of activation patterns that some ReLU network of these widths reaches.

    Parameters
    ----------
    n_in
        Dimension of the input.
    widths : sequence of int
        Neurons of each hidden layer, the last one included. Every layer but the last needs at
        least ``n_in`` neurons.

    Returns
    -------
    int
        The product of ``(width // n_in) ** n_in`` over all layers but the last, times
        ``max_regions(widths[-1], n_in)``: a lower bound for the best weights, and for affine
        pieces too if the last layer has at least ``n_in`` neurons.

    Examples
    --------
    >>> deep_region_bound(2, [4, 4, 4, 1])
    128
    """
    if not listed(widths, "widths"):
        raise ValueError(f"widths must name at least one layer, but is {shown(widths)}.")
    *folding, last = widths
    sheets = [
        whole_number(width, f"widths[{i}]", at_least=n_in) // n_in
        for i, width in enumerate(folding)
    ]
    if n_in * sum(math.log2(sheet) for sheet in sheets) > _MANY_DIGITS:
        raise ValueError("n_in and widths must not ask for a number of more than 300,000 digits.")
    cuts = whole_number(last, f"widths[{len(folding)}]", at_least=0)
    return int(math.prod(sheets) ** n_in) * max_regions(cuts, n_in)


@equation("forward-fold")
@source("montufar2014number, section 3.1.")
@checked(n_folds=whole(at_most=10**6))
def folding_network(n_folds: int) -> list[Layer]:
    """Return a network that folds the square [-1, 1]² onto itself several times.

    Parameters
    ----------
    n_folds
        How many times, at most 1,000,000.

    Returns
    -------
    list of Layer
        ``n_folds`` ReLU layers of four neurons and a linear layer of two outputs.

    Notes
    -----
    One fold maps each coordinate u to ``2|u| - 1``, where ``|u| = relu(u) + relu(-u)``: the four
    quadrants of the square come to lie on top of one another and fill the square again.

    Examples
    --------
    >>> forward(folding_network(1), [[0.75, -0.25]]).output
    array([[ 0.5, -0.5]])
    """
    both_signs = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    unfold, shift = np.array([[2.0, 2, 0, 0], [0, 0, 2, 2]]), np.array([-1.0, -1])
    first = Layer(both_signs, np.zeros(4), "relu")
    later = Layer(both_signs @ unfold, both_signs @ shift, "relu")
    return [first, *[later] * (n_folds - 1), Layer(unfold, shift)]


@checked(
    layers=NETWORK,
    layer=instance(Layer),
    refuses="the last activation is not the identity, or the layer does not fit",
)
def followed_by(layers: Sequence[Layer], layer: Layer) -> list[Layer]:
    """Append a layer to a network whose last layer is linear, merging the two affine maps.

    Parameters
    ----------
    layers
        The network; its last activation must be the identity.
    layer
        What reads the network's output.

    Returns
    -------
    list of Layer
        As many layers as before: two affine maps in a row are one.

    Examples
    --------
    >>> network = followed_by(folding_network(1), Layer(np.array([[1.0, 1]]), np.zeros(1)))
    >>> [each.weights.shape for each in network]
    [(4, 2), (1, 4)]
    """
    check_layers([*layers, layer])
    *before, last = layers
    if last.activation != "identity":
        raise ValueError(
            f"the last layer must be linear, but its activation is {last.activation}."
        )
    weights, bias = layer.weights @ last.weights, layer.weights @ last.bias + layer.bias
    if not all_finite((weights, bias)):
        raise OverflowError  # which the door tells by the names of the arguments
    return [*before, Layer(weights, bias, layer.activation)]
