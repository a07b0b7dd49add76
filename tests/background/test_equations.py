"""Each numbered equation of the background chapter, evaluated."""

import itertools
import math

import numpy as np
import pytest

from mathdl import background
from mathdl.background import TARGETS, XOR_X, XOR_Y
from mathdl.forward import affine, forward


def relu(z):
    return np.maximum(z, 0)


@pytest.mark.equation("background-linear")
@pytest.mark.equation("background-squares")
@pytest.mark.equation("background-normal")
def test_the_best_fit_solves_the_normal_equations_and_minimises_the_squares():
    rng = np.random.default_rng(0)
    phi, y = rng.normal(size=(40, 3)), rng.normal(size=40)
    fit = background.best_affine_fit(phi, y[:, None])
    w, b = fit.weights[0], fit.bias[0]
    np.testing.assert_allclose(affine(phi, fit.weights, fit.bias)[:, 0], phi @ w + b)
    centred = phi - phi.mean(axis=0)
    np.testing.assert_allclose(centred.T @ centred @ w, centred.T @ (y - y.mean()), atol=1e-12)
    assert b == pytest.approx(y.mean() - w @ phi.mean(axis=0))

    def mean_square(w, b):
        return np.mean((phi @ w + b - y) ** 2)

    for direction in np.eye(4):  # all four partial derivatives vanish, by central differences
        step = 1e-5 * direction
        rise = mean_square(w + step[:3], b + step[3]) - mean_square(w - step[:3], b - step[3])
        assert abs(rise / 2e-5) < 1e-9


@pytest.mark.equation("background-xor-best")
def test_xor_leaves_a_quarter_by_the_sum_of_squares_of_the_proof():
    fit = background.best_affine_fit(XOR_X, XOR_Y)
    np.testing.assert_allclose(fit.weights, 0, atol=1e-15)
    assert fit.bias[0] == pytest.approx(0.5)
    assert np.mean((forward([fit], XOR_X).output - XOR_Y) ** 2) == pytest.approx(0.25)
    rng = np.random.default_rng(0)
    p, q = 2 * XOR_X.T - 1
    np.testing.assert_allclose(XOR_Y[:, 0], 0.5 - 0.5 * p * q)
    for a, b, c in rng.normal(size=(20, 3)):
        error = np.mean((a + b * p + c * q - XOR_Y[:, 0]) ** 2)
        assert error == pytest.approx((a - 0.5) ** 2 + b**2 + c**2 + 0.25)


@pytest.mark.equation("background-tent")
@pytest.mark.equation("background-hat")
def test_three_units_make_a_hat_and_two_a_tent():
    t, h = 0.4, 0.1
    x = np.array([0, 0.3, 0.35, 0.4, 0.45, 0.5, 1])
    hat = (relu(x - t + h) - 2 * relu(x - t) + relu(x - t - h)) / h
    np.testing.assert_allclose(hat, [0, 0, 0.5, 1, 0.5, 0, 0], atol=1e-12)
    x = np.linspace(0, 1, 33)
    np.testing.assert_allclose(2 * relu(x) - 4 * relu(x - 0.5), background.tent(x))
    np.testing.assert_allclose(background.tent(x), np.where(x <= 0.5, 2 * x, 2 - 2 * x))


@pytest.mark.equation("background-interpolation-error")
def test_the_error_between_knots_is_half_a_second_derivative_times_the_product():
    # For x³ on [a, b] the point ξ can be solved for: f″(ξ)/2 = 3ξ = x + a + b.
    a, b = 0.2, 0.7
    network = background.hat_network([a, b], [a**3, b**3])
    x = np.linspace(0.25, 0.65, 9)
    error = x**3 - forward(network, x[:, None]).output[:, 0]
    xi = error / ((x - a) * (x - b)) / 3
    np.testing.assert_allclose(3 * xi, x + a + b)
    assert (xi > a).all()
    assert (xi < b).all()


@pytest.mark.equation("background-bound")
@pytest.mark.parametrize("name", ["one wave", "eight waves", "peak"])
def test_the_error_stays_below_the_bound(name):
    function, curvature = TARGETS[name]
    for n in (2, 64, 200):
        knots = np.linspace(0, 1, n + 1)
        error = background.sup_error(background.hat_network(knots, function(knots)), function)
        bound = background.interpolation_bound(1 / n, curvature)
        assert error <= bound
        if (name, n) == ("one wave", 64):
            assert f"{error:.6f} {bound:.6f}" == "0.001203 0.001205"


@pytest.mark.equation("background-hats-needed")
@pytest.mark.parametrize(("tolerance", "n"), [(0.1, 8), (0.01, 23), (0.001, 71)])
def test_hats_needed(tolerance, n):
    assert background.hats_needed(tolerance, 4 * math.pi**2) == n
    assert n - 1 < math.sqrt(4 * math.pi**2 / (8 * tolerance)) <= n


@pytest.mark.equation("background-tent-pieces")
@pytest.mark.parametrize("k", [1, 2, 3, 6, 11])
def test_depth_doubles_the_pieces(k):
    network = background.tent_network(k)
    ends = background.linear_pieces(network)
    np.testing.assert_array_equal(ends, np.arange(2**k + 1) / 2**k)
    np.testing.assert_array_equal(
        forward(network, ends[:, None]).output[:, 0], np.arange(2**k + 1) % 2
    )
    assert sum(len(layer.bias) for layer in network) == 2 * k + 1


@pytest.mark.equation("background-shallow-bound")
@pytest.mark.parametrize("k", [2, 3, 4])
def test_one_layer_with_too_few_units_is_off_by_a_half(k):
    def target(x):
        return forward(background.tent_network(k), x).output

    too_few = background.shallow_units_needed(k) - 1
    for seed in range(5):
        rng = np.random.default_rng(seed)
        hidden, _ = background.spread_network(too_few, rng=rng)
        x = np.linspace(0, 1, 257)[:, None]
        features = forward([hidden], x).output
        fitted = [hidden, background.best_affine_fit(features, target(x))]
        assert len(background.linear_pieces(fitted)) - 1 <= too_few + 1 < 2**k
        assert background.sup_error(fitted, target, n_points=4097) >= 0.5


def test_one_layer_with_a_unit_a_piece_draws_the_tents_exactly():
    ends = background.linear_pieces(background.tent_network(4))
    values = forward(background.tent_network(4), ends[:, None]).output
    network = background.hat_network(ends, values[:, 0])
    assert len(network[0].bias) == background.shallow_units_needed(4) + 1
    assert (
        background.sup_error(network, lambda x: forward(background.tent_network(4), x).output)
        < 1e-12
    )


@pytest.mark.equation("background-grid")
def test_a_grid_has_n_to_the_d_cells():
    assert sum(1 for _ in itertools.product(range(5), repeat=3)) == 5**3
    assert f"{23.0**10:.1e} {23.0**64:.0e}" == "4.1e+13 1e+87"


@pytest.mark.equation("background-aliasing")
@pytest.mark.parametrize("n", [3, 7, 20])
def test_n_plus_one_waves_look_like_one_on_n_plus_one_points(n):
    points = np.arange(n + 1) / n
    np.testing.assert_allclose(
        np.sin(2 * np.pi * (n + 1) * points), np.sin(2 * np.pi * points), atol=1e-12
    )


@pytest.mark.equation("background-tower")
def test_a_tower_is_two_hats_less_one_cut_off_at_zero():
    t, h = np.array([0.3, 0.6]), 0.2
    x = np.random.default_rng(0).uniform(size=(200, 2))
    hats = np.maximum(1 - np.abs(x - t) / h, 0)
    expected = np.maximum(hats.sum(axis=1) - 1, 0)
    network = background.tower_network(t, h)
    np.testing.assert_allclose(forward(network, x).output[:, 0], expected, atol=1e-12)
    assert forward(network, t[None]).output == pytest.approx(1)
    assert [len(layer.bias) for layer in network] == [6, 1]
    with pytest.raises(ValueError, match="width must be larger"):
        background.tower_network([0.5, 0.5], 1e-320)
    with pytest.raises(ValueError, match="width must be smaller"):
        background.tower_network([1e308, 0.0], 1e308)
