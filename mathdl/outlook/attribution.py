"""Which inputs an answer is owed to: gradients, integrated gradients, and a check of both."""

from collections.abc import Sequence

import numpy as np

from explorable.checks import (
    GENERATOR,
    Array,
    ArrayLike,
    IntegerArray,
    IntegerArrayLike,
    array,
    checked,
    labels,
    whole,
)
from mathdl.concepts import ACTIVATIONS
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, forward, initialize

__all__ = [
    "guided_backpropagation",
    "input_gradient",
    "integrated_gradients",
    "randomize_top",
    "rank_correlation",
]


@equation("outlook-saliency")
@source("simonyan2014deep, Section 3, which calls its size a saliency map.")
@checked(layers=NETWORK, x=array("n_samples", "n_in"), units=labels("n_samples", "n_out"))
def input_gradient(layers: Sequence[Layer], x: ArrayLike, units: IntegerArrayLike) -> Array:
    """Differentiate one output unit a sample in the inputs.

    Parameters
    ----------
    layers
        The network F, first layer first.
    x
        Where to differentiate.
    units
        Which output of the network, for each sample.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        ∂F_u/∂x_j: by how much the output rises where input j does.

    Examples
    --------
    >>> input_gradient([Layer([[2.0, -1.0]], [0.0], "relu")], [[1, 1]], [0])
    array([[ 2., -1.]])
    """
    return _input_gradient(layers, x, units)


@source("springenberg2015striving, Section 3.4.")
@checked(
    layers=NETWORK,
    x=array("n_samples", "n_in"),
    units=labels("n_samples", "n_out"),
    refuses="the network has another activation",
)
def guided_backpropagation(
    layers: Sequence[Layer], x: ArrayLike, units: IntegerArrayLike
) -> Array:
    """Send a gradient back that loses its negative part at each hidden ReLU.

    Parameters
    ----------
    layers
        A network whose activations are ReLU or identity.
    x
        Samples.
    units
        Which output of the network, for each sample.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        A picture for each sample. It is not the gradient of anything.

    Examples
    --------
    >>> layers = [Layer([[1.0], [1.0]], [0.0, 0.0], "relu"), Layer([[1.0, -1.0]], [0.0])]
    >>> input_gradient(layers, [[1.0]], [0]), guided_backpropagation(layers, [[1.0]], [0])
    (array([[0.]]), array([[1.]]))
    """
    for number, layer in enumerate(layers):
        if layer.activation not in ("relu", "identity"):
            raise ValueError(
                "layers must have the activation 'relu' or 'identity', for which guided "
                f"back-propagation is defined, but layer {number} has {layer.activation!r}."
            )
    return _input_gradient(layers, x, units, guided=True)


@equation("outlook-integrated-gradients", "outlook-completeness", "outlook-riemann")
@source(
    "sundararajan2017axiomatic, equation 1; the sum in their equation 3 takes right ends of the "
    "steps instead of midpoints."
)
@checked(
    layers=NETWORK,
    x=array("n_samples", "n_in"),
    units=labels("n_samples", "n_out"),
    baseline=array("n_in"),
    n_steps=whole(),
)
def integrated_gradients(
    layers: Sequence[Layer],
    x: ArrayLike,
    units: IntegerArrayLike,
    *,
    baseline: ArrayLike | None = None,
    n_steps: int = 64,
) -> Array:
    """Share the rise of an output among the inputs, along a straight path from a baseline.

    Parameters
    ----------
    layers
        The network F.
    x
        Samples to explain.
    units
        Which output of the network, for each sample.
    baseline
        Where each path begins; zeros if omitted.
    n_steps
        At how many points of the path the gradient is taken.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        Attributions a_j. Their sum is near F(x) − F(baseline).

    Notes
    -----
    a_j = (x_j − b_j) ∫₀¹ ∂F/∂x_j(b + t(x − b)) dt, by the midpoint rule.

    Examples
    --------
    The paper's example F(x) = 1 − relu(1 − x): at 2 the slope is 0, yet F rose from 0 to 1.

    >>> layers = [Layer([[-1.0]], [1.0], "relu"), Layer([[-1.0]], [1.0])]
    >>> integrated_gradients(layers, [[2.0]], [0])
    array([[1.]])
    >>> integrated_gradients(layers, [[0.5]], [0], baseline=[0.25])
    array([[0.25]])
    """
    start = np.zeros_like(x[0]) if baseline is None else baseline
    total = np.zeros_like(x)
    for k in range(n_steps):
        t = (k + 0.5) / n_steps
        total = total + _input_gradient(layers, start + t * (x - start), units)
    return (x - start) * total / n_steps


@source("adebayo2018sanity, Section 3.1, *cascading randomization*.")
@checked(
    layers=NETWORK,
    n_layers=whole(0),
    rng=GENERATOR,
    refuses="n_layers exceeds the number of layers",
)
def randomize_top(
    layers: Sequence[Layer], n_layers: int, *, rng: np.random.Generator
) -> list[Layer]:
    """Replace the last layers of a network by freshly drawn ones: He's weights, no biases.

    Parameters
    ----------
    layers
        A trained network.
    n_layers
        How many layers, counted from the output, lose what they learned.
    rng
        Draws a whole fresh network, so that a larger n_layers keeps the layers of a smaller one.

    Returns
    -------
    list of Layer
        Layers of the same shapes and activations.

    Examples
    --------
    >>> layers = [Layer([[5.0]], [1.0], "relu"), Layer([[7.0]], [2.0])]
    >>> fresh = randomize_top(layers, 1, rng=np.random.default_rng(0))
    >>> fresh[0] is layers[0], fresh[1].bias
    (True, array([0.]))
    """
    if n_layers > len(layers):
        raise ValueError(f"n_layers must be at most {len(layers)}, but is {n_layers}.")
    sizes = [layers[0].weights.shape[1], *(len(layer.bias) for layer in layers)]
    fresh = initialize(sizes, rng=rng)
    kept = len(layers) - n_layers
    return [
        layer
        if number < kept
        else Layer(
            new.weights.astype(layer.weights.dtype),
            new.bias.astype(layer.bias.dtype),
            layer.activation,
        )
        for number, (layer, new) in enumerate(zip(layers, fresh, strict=True))
    ]


@checked(
    first=array("n_rows", "n_columns"),
    second=array("n_rows", "n_columns", same_as="first"),
    refuses="the numbers of a row are all equal and have no order",
)
def rank_correlation(first: ArrayLike, second: ArrayLike) -> Array:
    """Compare the orders of two lists of numbers, row by row (Spearman's coefficient).

    Parameters
    ----------
    first, second
        At least two columns. Equal numbers share the mean of their ranks.

    Returns
    -------
    ndarray, shape (n_rows,)
        1 for the same order, −1 for the opposite, near 0 for unrelated ones.

    Examples
    --------
    >>> rank_correlation([[1, 2, 3], [1, 2, 3]], [[10, 20, 90], [3, 2, 1]])
    array([ 1., -1.])
    """
    for rows, name in ((first, "first"), (second, "second")):
        equal = (rows == rows[:, :1]).all(axis=1)
        if equal.any():
            raise ValueError(
                f"{name} must have an order in each row, but row {equal.argmax()} holds equal "
                "numbers only."
            )
    p, q = (np.array([_ranks(row) for row in rows]) for rows in (first, second))
    p, q = (ranks - ranks.mean(axis=1, keepdims=True) for ranks in (p, q))
    lengths = np.sqrt((p**2).sum(axis=1) * (q**2).sum(axis=1))
    correlations: Array = (p * q).sum(axis=1) / lengths
    return correlations.astype(np.result_type(first, second))


def _input_gradient(
    layers: Sequence[Layer], x: Array, units: IntegerArray, *, guided: bool = False
) -> Array:
    passed = forward.plain(layers, x)
    upstream = np.zeros_like(passed.output)
    upstream[np.arange(len(x)), units] = 1
    for layer, z in zip(reversed(layers), reversed(passed.preactivations), strict=True):
        if guided and layer.activation == "relu":
            upstream = np.maximum(upstream, 0)
        if layer.activation != "identity":
            upstream = upstream * ACTIVATIONS[layer.activation].derivative.plain(z)
        upstream = upstream @ layer.weights
    return upstream


def _ranks(row: Array) -> Array:
    """Return each number's rank, equal numbers sharing the mean of theirs."""
    ordered = np.sort(row)
    first = np.searchsorted(ordered, row, side="left")
    last = np.searchsorted(ordered, row, side="right")
    return (first + last - 1) / 2
