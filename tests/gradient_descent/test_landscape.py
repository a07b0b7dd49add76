"""Tests of `mathdl.gradient_descent.landscape`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.backward import loss_and_gradients
from mathdl.datasets import load_digits
from mathdl.forward import Layer, initialize, parameter_vector, with_parameters
from mathdl.gradient_descent.experiments import DIGITS_SIZES


def test_filter_normalized_directions_are_as_long_as_each_units_weights(task, rng):
    layers = task[0]
    directions = gd.filter_normalized_directions(layers, rng=rng)
    assert directions.shape == (2, parameter_vector(layers).size)
    for direction in directions:
        for part, layer in zip(gd.layers_from(layers, direction), layers, strict=True):
            np.testing.assert_allclose(
                np.linalg.norm(part.weights, axis=1), np.linalg.norm(layer.weights, axis=1)
            )
            np.testing.assert_array_equal(part.bias, 0)
    assert abs(np.corrcoef(directions) - np.eye(2)).max() < 0.6


def test_slices_do_not_notice_a_rescaling_that_leaves_the_network_alone(task):
    layers, x, labels = task
    # 10 relu(z / 10) = relu(z): the same function, other parameters (biases are 0 here).
    rescaled = [
        Layer(layers[0].weights / 10, layers[0].bias, "relu"),
        Layer(layers[1].weights * 10, layers[1].bias, "identity"),
    ]
    grid = np.linspace(-1, 1, 4)
    surfaces = [
        gd.loss_surface(
            network,
            x,
            labels,
            gd.filter_normalized_directions(network, rng=np.random.default_rng(5)),
            grid,
            grid,
        )
        for network in (layers, rescaled)
    ]
    np.testing.assert_allclose(*surfaces, rtol=1e-9)


def test_principal_axes_of_a_path_in_a_plane(rng):
    plane, _ = np.linalg.qr(rng.standard_normal((6, 2)))
    inside = np.cumsum(rng.standard_normal((9, 2)) * [5.0, 1.0], axis=0)
    axes = gd.principal_axes(inside @ plane.T + 3)
    np.testing.assert_allclose(axes.directions @ axes.directions.T, np.eye(2), atol=1e-12)
    assert axes.shares.sum() == pytest.approx(1)
    assert axes.shares[0] > axes.shares[1]
    center = inside[-1] @ plane.T + 3
    coordinates = gd.plane_coordinates(inside @ plane.T + 3, center, axes.directions)
    np.testing.assert_allclose(coordinates @ axes.directions + center, inside @ plane.T + 3)
    np.testing.assert_allclose(coordinates[-1], 0, atol=1e-12)
    assert (coordinates[0] >= 0).all()


def test_principal_axes_count_distances_from_the_end():
    # From the end: (3, 1), (3, −1) and 0, so 18 along the first axis and 2 along the second.
    for scale in (1e-160, 1.0, 1e160):
        axes = gd.principal_axes(scale * np.array([[3.0, 1.0], [3.0, -1.0], [0.0, 0.0]]))
        np.testing.assert_allclose(axes.shares, [0.9, 0.1])
        np.testing.assert_allclose(axes.directions, np.eye(2), atol=1e-12)
    axes = gd.principal_axes([[3.0, 4.0], [1.5, 2.0], [0.0, 0.0]], 1)
    np.testing.assert_allclose(axes.directions, [[0.6, 0.8]])
    np.testing.assert_allclose(axes.shares, [1])
    assert gd.principal_axes([[-2.0], [1.0]], 1).directions == [[-1]]


def test_plane_coordinates_are_those_of_the_nearest_point_and_need_little_memory(rng):
    # A matrix of all directions would hold 50,000² numbers, 20 GB.
    assert gd.principal_axes(rng.standard_normal((3, 50_000))).directions.shape == (2, 50_000)
    center, directions = rng.standard_normal(5), rng.standard_normal((2, 5))
    points = rng.standard_normal((3, 4, 5))
    coordinates = gd.plane_coordinates(points, center, directions)
    assert coordinates.shape == (3, 4, 2)
    rest = points - center - coordinates @ directions
    np.testing.assert_allclose(rest @ directions.T, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("snapshots", "n_axes", "message"),
    [
        (np.eye(3), 3, "n_axes must be below the number of snapshots"),
        (np.eye(3)[:, :1], 2, "n_axes must be"),
        (np.ones((4, 3)), 2, "snapshots must differ"),
    ],
)
def test_principal_axes_refuse(snapshots, n_axes, message):
    with pytest.raises(ValueError, match=message):
        gd.principal_axes(snapshots, n_axes)


@pytest.mark.parametrize(
    ("sizes", "hidden", "loss", "target"),
    [
        ([2, 3], "relu", "cross_entropy", "labels"),
        ([2, 8, 3], "relu", "cross_entropy", "labels"),
        ([2, 5, 4, 1], "tanh", "binary_cross_entropy", "binary"),
        ([2, 5, 4, 2], "sigmoid", "mean_squared_error", "numbers"),
    ],
)
@pytest.mark.parametrize("n_samples", [1, 300])
def test_the_surface_is_the_loss_at_moved_parameters(rng, sizes, hidden, loss, target, n_samples):
    layers = initialize(sizes, hidden=hidden, rng=rng)
    x = rng.standard_normal((n_samples, 2))
    wanted = {
        "labels": rng.integers(0, 3, n_samples),
        "binary": rng.integers(0, 2, (n_samples, 1)).astype(float),
        "numbers": rng.standard_normal((n_samples, 2)),
    }[target]
    center = parameter_vector(layers)
    directions = rng.standard_normal((2, center.size))
    first, second = np.array([-1.0, 0.0, 0.5]), np.array([0.0, 2.0])
    surface = gd.loss_surface(layers, x, wanted, directions, first, second, loss=loss)
    assert surface.shape == (2, 3)
    for i, j in np.ndindex(2, 3):
        moved = center + first[j] * directions[0] + second[i] * directions[1]
        expected, _ = loss_and_gradients(with_parameters(layers, moved), x, wanted, loss)
        assert surface[i, j] == pytest.approx(expected, rel=1e-9)


def test_workers_give_the_same_surface(rng):
    digits = load_digits()
    x, y = digits.x_test[:300], digits.y_test[:300]
    layers = initialize(DIGITS_SIZES, rng=rng)
    directions = gd.filter_normalized_directions(layers, rng=rng)
    grid = np.linspace(-1, 1, 15)
    alone = gd.loss_surface(layers, x, y, directions, grid, grid, n_jobs=1)
    spread = gd.loss_surface(layers, x, y, directions, grid, grid, n_jobs=2)
    # Products over threads may be summed in another order.
    np.testing.assert_allclose(spread, alone, rtol=1e-9)
    # The middle of the grid is the network itself.
    assert alone[7, 7] == pytest.approx(loss_and_gradients(layers, x, y, "cross_entropy")[0])


def test_far_away_the_surface_may_be_infinite_without_a_warning(task):
    layers, x, labels = task
    directions = np.random.default_rng(0).standard_normal((2, parameter_vector(layers).size))
    surface = gd.loss_surface(layers, x, labels, directions, [1e200], [0.0])
    assert not np.isfinite(surface).any()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"first": np.zeros(10**5), "second": np.zeros(10**5)},
            "^first and second must not ask for more than",
        ),
        ({"n_jobs": 0}, "n_jobs must be an integer other than 0"),
    ],
)
def test_loss_surface_refuses(task, changes, message):
    layers, x, labels = task
    arguments = {
        "layers": layers,
        "x": x,
        "target": labels,
        "directions": np.ones((2, parameter_vector(layers).size)),
        "first": [0.0],
        "second": [0.0],
    }
    with pytest.raises(ValueError, match=message):
        gd.loss_surface(**(arguments | changes))
