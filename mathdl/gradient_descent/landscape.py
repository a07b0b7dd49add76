"""The loss of a network as a surface: which directions to look along, and how high it is there."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import (
    GENERATOR,
    WORKERS,
    Array,
    ArrayLike,
    array,
    checked,
    one_of,
    require_room,
    whole,
)
from mathdl.concepts import ACTIVATIONS, LOSSES, TARGET
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, forward, in_parameters, n_parameters, parameter_vector
from mathdl.gradient_descent.training import in_the_type_of, layers_from

_SAMPLES_AT_ONCE = 256
"""Few enough that a layer of them stays in a core's own cache."""


@source("li2018visualizing, sec. 4.")
@checked(layers=NETWORK, rng=GENERATOR)
def filter_normalized_directions(layers: Sequence[Layer], *, rng: np.random.Generator) -> Array:
    """Draw two random directions in which each unit's weights change in proportion to their size.

    A ReLU network computes the same after one layer's weights and biases are doubled and the next
    layer's weights are halved, but a step of fixed length then means something else. Scaled unit
    by unit, the directions follow such a change and slices of different networks can be compared.

    Parameters
    ----------
    layers
        The network to look around.
    rng
        Draws them from a Gaussian.

    Returns
    -------
    ndarray, shape (2, n_parameters)
        In the order of `mathdl.forward.parameter_vector`. The part for the weights of each unit
        is as long as these weights; the part for biases is 0.

    Examples
    --------
    >>> layer = Layer([[3.0, 4.0], [0.0, 0.1]], [1.0, 1.0], "relu")
    >>> direction = filter_normalized_directions([layer], rng=np.random.default_rng(0))[0]
    >>> np.linalg.norm(direction[:4].reshape(2, 2), axis=1).round(6), direction[4:]
    (array([5. , 0.1]), array([0., 0.]))
    """
    directions = np.zeros((2, n_parameters(layers)))
    for direction in directions:
        for part, layer in zip(layers_from(layers, direction), layers, strict=True):
            part.weights[:] = rng.standard_normal(layer.weights.shape)
            length = np.linalg.norm(part.weights, axis=1, keepdims=True)
            part.weights[:] *= np.linalg.norm(layer.weights, axis=1, keepdims=True) / length
    return directions.astype(layers[0].weights.dtype)


class PrincipalAxes(NamedTuple):
    """The directions in which a trajectory moved most.

    Attributes
    ----------
    directions : ndarray, shape (n_axes, n_parameters)
        Orthonormal; the largest movement first.
    shares : ndarray, shape (n_axes,)
        Which share of the squared distances from the trajectory's end lies along each.
    """

    directions: Array
    shares: Array


@equation("gradient-descent-principal")
@source("li2018visualizing, sec. 7.2.")
@checked(
    snapshots=array("n_snapshots", "n_parameters"),
    n_axes=whole(),
    refuses="the snapshots are too few, or all equal",
)
def principal_axes(snapshots: ArrayLike, n_axes: int = 2) -> PrincipalAxes:
    """Find the directions in which a training moved most, seen from its end.

    Parameters
    ----------
    snapshots
        The trajectory, such as ``History.snapshots``.
    n_axes
        How many directions, fewer than there are snapshots and at most one a parameter.

    Returns
    -------
    PrincipalAxes
        Each with the sign that puts the start of the trajectory on its positive side.

    Examples
    --------
    >>> axes = principal_axes([[4.0, 0.0, 1.0], [2.0, 1.0, 1.0], [0.0, 0.0, 1.0]], 1)
    >>> axes.directions.round(3), axes.shares.round(3)
    (array([[0.995, 0.104, 0.   ]]), array([0.962]))
    """
    n_snapshots, n = snapshots.shape
    if n_axes >= min(n_snapshots, n + 1):
        raise ValueError(
            f"n_axes must be below the number of snapshots, {n_snapshots}, and at most the number "
            f"of parameters, {n}, but is {n_axes}."
        )
    moved = snapshots - snapshots[-1]
    if not np.isfinite(moved).all():  # of which LAPACK would not return
        raise OverflowError  # which the door tells by the names of the arguments
    _, lengths, axes = np.linalg.svd(moved, full_matrices=False)
    if not lengths[0]:
        raise ValueError("snapshots must differ from one another, but all are equal.")
    chosen = axes[:n_axes]
    squares = (lengths / lengths[0]) ** 2
    flipped = np.where((chosen @ moved[0] < 0)[:, None], -chosen, chosen)
    return PrincipalAxes(flipped, (squares / squares.sum())[:n_axes])


@checked(
    center=array("n_parameters"),
    directions=array("n_directions", "n_parameters"),
    snapshots=array(..., "n_parameters"),
)
def plane_coordinates(snapshots: ArrayLike, center: ArrayLike, directions: ArrayLike) -> Array:
    """Return where a trajectory lies in the plane through a point along some directions.

    Parameters
    ----------
    snapshots
        Points.
    center
        The point with coordinates 0.
    directions
        Linearly independent; they need be neither orthogonal nor of length 1.

    Returns
    -------
    ndarray, shape (..., n_directions)
        The coordinates of the nearest point of the plane, by least squares.

    Examples
    --------
    >>> plane_coordinates([[2.0, 6.0, 9.0]], [0.0, 0.0, 0.0], [[1.0, 0.0, 0.0], [1.0, 2.0, 0.0]])
    array([[-1.,  3.]])
    """
    offsets = (snapshots - center).reshape(-1, center.size)
    coordinates, *_ = np.linalg.lstsq(directions.T, offsets.T)
    return coordinates.T.reshape(*snapshots.shape[:-1], len(directions))


@source("li2018visualizing, eq. 1.")
@checked(
    layers=NETWORK,
    loss=one_of(LOSSES),
    x=array("n_samples", "n_in"),
    target=TARGET,
    directions=in_parameters(2),
    first=array("n_first"),
    second=array("n_second"),
    n_jobs=WORKERS,
    diverges=True,
)
def loss_surface(
    layers: Sequence[Layer],
    x: ArrayLike,
    target: ArrayLike,
    directions: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    loss: str = "cross_entropy",
    n_jobs: int = -1,
) -> Array:
    """Evaluate the loss of a network on a grid of points in a plane of its parameters.

    Parameters
    ----------
    layers
        The network with coordinates (0, 0).
    x
        Inputs.
    target
        What is wanted, as `loss` takes it.
    directions
        What to add to the parameters (`mathdl.forward.parameter_vector`) for a step of 1 along
        either coordinate.
    first
        The grid's coordinates along the first direction.
    second
        Those along the second.
    loss
    n_jobs
        Over how many workers joblib spreads the rows of a large grid: -1 means all cores, or all
        of the cluster that ``joblib.parallel_config`` names. Small grids are not spread.

    Returns
    -------
    ndarray, shape (n_second, n_first)
        ``surface[i, j]`` is the mean loss at ``(first[j], second[i])``, as Matplotlib's contour
        wants it. Far away it may be infinite or NaN; no warning is given.

    Examples
    --------
    >>> layer = Layer([[1.0]], [0.0], "identity")
    >>> directions = [[1.0, 0.0], [0.0, 1.0]]  # the weight, the bias
    >>> loss_surface([layer], [[1.0]], [[1.0]], directions, [0.0, 1.0, 2.0], [0.0, 1.0],
    ...     loss="mean_squared_error")
    array([[0., 1., 4.],
           [1., 4., 9.]])
    """
    inputs, wanted, axes, columns, rows = in_the_type_of(
        layers, x, target, directions, first, second
    )
    require_room(len(rows) * len(columns), "first and second")
    work = axes.shape[1] * len(inputs) * len(rows) * len(columns)
    if n_jobs == 1 or work < 1e9:
        return _loss_rows(list(layers), inputs, wanted, axes, columns, rows, loss)
    # Not above: importing joblib takes longer than all the rest of this chapter's kernels.
    from joblib import Parallel, delayed, effective_n_jobs

    blocks = np.array_split(rows, min(len(rows), 2 * effective_n_jobs(n_jobs)))
    surfaces = Parallel(n_jobs=n_jobs)(
        delayed(_loss_rows)(list(layers), inputs, wanted, axes, columns, block, loss)
        for block in blocks
    )
    return np.concatenate(surfaces)


def _loss_rows(
    layers: list[Layer],
    x: Array,
    target: Any,
    directions: Array,
    columns: Array,
    rows: Array,
    loss: str,
) -> Array:
    """Return the loss at (column, row), shape (n_rows, n_columns).

    The preactivations of the first layer are affine in the two coordinates, so that they need
    three products in all and not one a point.
    """
    center, (along, across) = parameter_vector(layers), directions
    firsts = [layers_from(layers, vector)[0] for vector in (center, along, across)]
    activation = ACTIVATIONS[layers[0].activation].function.plain
    loss_of = LOSSES[loss].function.plain
    surface = np.zeros((len(rows), len(columns)), x.dtype)
    parts = [slice(k, k + _SAMPLES_AT_ONCE) for k in range(0, len(x), _SAMPLES_AT_ONCE)]
    with np.errstate(all="ignore"):
        at_center, per_column, per_row = (x @ part.weights.T + part.bias for part in firsts)
        for i, row in enumerate(rows):
            points = [layers_from(layers, center + c * along + row * across) for c in columns]
            for part in parts:
                base, slope = at_center[part] + row * per_row[part], per_column[part]
                share = len(base) / len(x)
                for j, (column, point) in enumerate(zip(columns, points, strict=True)):
                    hidden = activation(base + column * slope)
                    output = forward.plain(point[1:], hidden).output
                    # Column by column, the few logits of a sample are summed several times faster.
                    logits = np.asfortranarray(output)
                    surface[i, j] += share * loss_of(logits, target[part])
    return surface
