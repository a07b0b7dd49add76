"""Which inputs an answer is owed to: gradients, integrated gradients, and a check of both."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    class_labels,
    finite_array,
    random_generator,
    refuses_overflow,
    same_shape,
    whole_number,
)
from mathdl.concepts import ACTIVATION_KERNELS
from mathdl.forward import Layer, check_layers, forward_unchecked, initialize


@refuses_overflow
def input_gradient(layers: Sequence[Layer], x: npt.ArrayLike, units: npt.ArrayLike) -> Array:
    """Differentiate one output unit a sample in the inputs.

    Parameters
    ----------
    layers : sequence of Layer
        The network F, first layer first.
    x : array_like, shape (n_samples, n_in)
        Where to differentiate.
    units : array_like of int, shape (n_samples,)
        Which output of the network, for each sample.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        ∂F_u/∂x_j: by how much the output rises where input j does.

    Raises
    ------
    ValueError
        If the samples or units do not fit the network, or a number is not finite.

    References
    ----------
    simonyan2014deep, Section 3, which calls its size a saliency map.

    Examples
    --------
    >>> input_gradient([Layer([[2.0, -1.0]], [0.0], "relu")], [[1, 1]], [0])
    array([[ 2., -1.]])
    """
    rows, chosen = _samples(layers, x, units)
    return _input_gradient(layers, rows, chosen)


@refuses_overflow
def guided_backpropagation(
    layers: Sequence[Layer], x: npt.ArrayLike, units: npt.ArrayLike
) -> Array:
    """Send a gradient back that loses its negative part at each hidden ReLU.

    Parameters
    ----------
    layers : sequence of Layer
        A network whose activations are ReLU or identity.
    x : array_like, shape (n_samples, n_in)
        Samples.
    units : array_like of int, shape (n_samples,)
        Which output of the network, for each sample.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        A picture for each sample. It is not the gradient of anything.

    Raises
    ------
    ValueError
        If the samples or units do not fit, or the network has another activation.

    References
    ----------
    springenberg2015striving, Section 3.4.

    Examples
    --------
    >>> layers = [Layer([[1.0], [1.0]], [0.0, 0.0], "relu"), Layer([[1.0, -1.0]], [0.0])]
    >>> input_gradient(layers, [[1.0]], [0]), guided_backpropagation(layers, [[1.0]], [0])
    (array([[0.]]), array([[1.]]))
    """
    rows, chosen = _samples(layers, x, units)
    for number, layer in enumerate(layers):
        if layer.activation not in ("relu", "identity"):
            raise ValueError(
                "layers must have the activation 'relu' or 'identity', for which guided "
                f"back-propagation is defined, but layer {number} has {layer.activation!r}."
            )
    return _input_gradient(layers, rows, chosen, guided=True)


@refuses_overflow
def integrated_gradients(
    layers: Sequence[Layer],
    x: npt.ArrayLike,
    units: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    n_steps: int = 64,
) -> Array:
    """Share the rise of an output among the inputs, along a straight path from a baseline.

    Parameters
    ----------
    layers : sequence of Layer
        The network F.
    x : array_like, shape (n_samples, n_in)
        Samples to explain.
    units : array_like of int, shape (n_samples,)
        Which output of the network, for each sample.
    baseline : array_like, shape (n_in,), optional
        Where each path begins; zeros if omitted.
    n_steps : int, default 64
        At how many points of the path the gradient is taken.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        Attributions a_j. Their sum is near F(x) − F(baseline) (`completeness_gap`).

    Raises
    ------
    ValueError
        If the samples, units or baseline do not fit, or n_steps is not a positive integer.

    Notes
    -----
    a_j = (x_j − b_j) ∫₀¹ ∂F/∂x_j(b + t(x − b)) dt, by the midpoint rule.

    References
    ----------
    sundararajan2017axiomatic, equation 1; the sum in their equation 3 takes right ends of the
    steps instead of midpoints.

    Examples
    --------
    The paper's example F(x) = 1 − relu(1 − x): at 2 the slope is 0, yet F rose from 0 to 1.

    >>> layers = [Layer([[-1.0]], [1.0], "relu"), Layer([[-1.0]], [1.0])]
    >>> integrated_gradients(layers, [[2.0]], [0])
    array([[1.]])
    """
    rows, chosen = _samples(layers, x, units)
    start = _baseline(baseline, rows)
    steps = whole_number(n_steps, "n_steps")
    total = np.zeros_like(rows)
    for k in range(steps):
        t = (k + 0.5) / steps
        total += _input_gradient(layers, start + t * (rows - start), chosen)
    return (rows - start) * total / steps


@refuses_overflow
def completeness_gap(
    layers: Sequence[Layer],
    x: npt.ArrayLike,
    units: npt.ArrayLike,
    attributions: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
) -> Array:
    """Return what attributions leave unexplained of an output's rise.

    Parameters
    ----------
    layers : sequence of Layer
        The network F.
    x : array_like, shape (n_samples, n_in)
        The explained samples.
    units : array_like of int, shape (n_samples,)
        The explained output, for each sample.
    attributions : array_like, shape (n_samples, n_in)
        What each input is said to have contributed.
    baseline : array_like, shape (n_in,), optional
        What the samples are compared with; zeros if omitted.

    Returns
    -------
    ndarray, shape (n_samples,)
        F(x) − F(baseline) − Σ_j a_j.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    References
    ----------
    sundararajan2017axiomatic, Proposition 1.

    Examples
    --------
    >>> completeness_gap([Layer([[2.0, 1.0]], [5.0])], [[1.0, 1.0]], [0], [[2.0, 0.5]])
    array([0.5])
    """
    rows, chosen = _samples(layers, x, units)
    start = _baseline(baseline, rows)
    shares = finite_array(attributions, "attributions", rows.shape)
    picked = np.arange(len(rows)), chosen
    rise: Array = forward_unchecked(layers, rows).output[picked]
    rise = rise - forward_unchecked(layers, start[None]).output[0, chosen]
    gap: Array = rise - shares.sum(axis=1)
    return gap


def randomize_top(
    layers: Sequence[Layer], n_layers: int, *, rng: np.random.Generator
) -> list[Layer]:
    """Replace the last layers of a network by freshly drawn ones.

    Parameters
    ----------
    layers : sequence of Layer
        A trained network.
    n_layers : int
        How many layers, counted from the output, lose what they learned; from 0 to all.
    rng : numpy.random.Generator
        Draws a whole fresh network, so that a larger n_layers keeps the layers of a smaller one.

    Returns
    -------
    list of Layer
        Layers of the same shapes and activations.

    Raises
    ------
    ValueError
        If n_layers is negative or exceeds the number of layers.

    Notes
    -----
    Weights come from He initialisation (`mathdl.forward.initialize`), biases are 0.

    References
    ----------
    adebayo2018sanity, Section 3.1, *cascading randomization*.

    Examples
    --------
    >>> layers = [Layer([[5.0]], [1.0], "relu"), Layer([[7.0]], [2.0])]
    >>> fresh = randomize_top(layers, 1, rng=np.random.default_rng(0))
    >>> fresh[0] is layers[0], fresh[1].bias
    (True, array([0.]))
    """
    check_layers(layers)
    count = whole_number(n_layers, "n_layers", 0)
    if count > len(layers):
        raise ValueError(f"n_layers must be at most {len(layers)}, but is {count}.")
    sizes = [layers[0].weights.shape[1], *(len(layer.bias) for layer in layers)]
    fresh = initialize(sizes, rng=random_generator(rng))
    kept = len(layers) - count
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


@refuses_overflow
def rank_correlation(first: npt.ArrayLike, second: npt.ArrayLike) -> Array:
    """Compare the orders of two lists of numbers, row by row (Spearman's coefficient).

    Parameters
    ----------
    first, second : array_like, shape (n_rows, n_columns)
        At least two columns. Equal numbers share the mean of their ranks.

    Returns
    -------
    ndarray, shape (n_rows,)
        1 for the same order, −1 for the opposite, near 0 for unrelated ones.

    Raises
    ------
    ValueError
        If the shapes differ, or the numbers of a row are all equal and have no order.

    Examples
    --------
    >>> rank_correlation([[1, 2, 3], [1, 2, 3]], [[10, 20, 90], [3, 2, 1]])
    array([ 1., -1.])
    """
    one = finite_array(first, "first", ("n_rows", "n_columns"))
    two = finite_array(second, "second", ("n_rows", "n_columns"))
    same_shape(one, "first", two, "second")
    for rows, name in ((one, "first"), (two, "second")):
        equal = (rows == rows[:, :1]).all(axis=1)
        if equal.any():
            raise ValueError(
                f"{name} must have an order in each row, but row {equal.argmax()} holds equal "
                "numbers only."
            )
    p, q = (np.array([_ranks(row) for row in rows]) for rows in (one, two))
    p, q = (ranks - ranks.mean(axis=1, keepdims=True) for ranks in (p, q))
    lengths = np.sqrt((p**2).sum(axis=1) * (q**2).sum(axis=1))
    correlations: Array = (p * q).sum(axis=1) / lengths
    return correlations.astype(np.result_type(one, two))


def erase_top(x: npt.ArrayLike, scores: npt.ArrayLike, count: int) -> Array:
    """Set the inputs with the highest scores to 0, sample by sample.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples.
    scores : array_like, shape (n_samples, n_in)
        How important each input is said to be.
    count : int
        How many inputs of each sample to erase, from 0 to n_in.

    Returns
    -------
    ndarray, shape (n_samples, n_in)
        New samples. Among equal scores the input that comes first is erased first.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or the count is out of range.

    References
    ----------
    samek2017evaluating, Section III.

    Examples
    --------
    >>> erase_top([[5.0, 6.0, 7.0]], [[0.1, 0.9, 0.2]], 1)
    array([[5., 0., 7.]])
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    ranked = finite_array(scores, "scores", rows.shape)
    number = whole_number(count, "count", 0)
    if number > rows.shape[1]:
        raise ValueError(f"count must be at most {rows.shape[1]}, but is {number}.")
    erased = rows.copy()
    highest = np.argsort(-ranked, axis=1, kind="stable")[:, :number]
    np.put_along_axis(erased, highest, 0, axis=1)
    return erased


@refuses_overflow
def edge_map(images: npt.ArrayLike) -> Array:
    """Return how steeply the ink of 8×8 images changes, pixel by pixel.

    Parameters
    ----------
    images : array_like, shape (n_images, 64)
        Images row by row.

    Returns
    -------
    ndarray, shape (n_images, 64)
        Lengths of the image's own gradient by central differences. No network is asked.

    Raises
    ------
    ValueError
        If the images do not have 64 pixels or a number is not finite.

    Examples
    --------
    >>> step = np.repeat([[0, 0, 0, 0, 1, 1, 1, 1]], 8, axis=0).reshape(1, 64)
    >>> edge_map(step)[0, :8]
    array([0. , 0. , 0. , 0.5, 0.5, 0. , 0. , 0. ])
    """
    pixels = finite_array(images, "images", ("n_images", 64)).reshape(-1, 8, 8)
    down, across = np.gradient(pixels, axis=1), np.gradient(pixels, axis=2)
    steepness: Array = np.hypot(down, across)
    return steepness.reshape(-1, 64)


def _input_gradient(
    layers: Sequence[Layer], x: Array, units: IntegerArray, *, guided: bool = False
) -> Array:
    passed = forward_unchecked(layers, x)
    upstream = np.zeros_like(passed.output)
    upstream[np.arange(len(x)), units] = 1
    for layer, z in zip(reversed(layers), reversed(passed.preactivations), strict=True):
        if guided and layer.activation == "relu":
            upstream = np.maximum(upstream, 0)
        if layer.activation != "identity":
            upstream = upstream * ACTIVATION_KERNELS[layer.activation].derivative(z)
        upstream = upstream @ layer.weights
    return upstream


def _samples(
    layers: Sequence[Layer], x: npt.ArrayLike, units: npt.ArrayLike
) -> tuple[Array, IntegerArray]:
    check_layers(layers)
    rows = finite_array(x, "x", ("n_samples", layers[0].weights.shape[1]))
    return rows, class_labels(units, "units", len(rows), len(layers[-1].bias))


def _baseline(baseline: npt.ArrayLike | None, rows: Array) -> Array:
    if baseline is None:
        return np.zeros_like(rows[0])
    return finite_array(baseline, "baseline", (rows.shape[1],))


def _ranks(row: Array) -> Array:
    """Return each number's rank, equal numbers sharing the mean of theirs."""
    ordered = np.sort(row)
    first = np.searchsorted(ordered, row, side="left")
    last = np.searchsorted(ordered, row, side="right")
    shared: Array = (first + last - 1) / 2
    return shared
