"""Tests of `mathdl.background.piecewise`."""

import itertools
import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import background
from mathdl.background import TARGETS
from mathdl.forward import Layer, forward

SINGLE_RELU = [Layer(np.ones((1, 1)), np.zeros(1), "relu")]


@pytest.mark.equation("background-hat-network")
@hypothesis.given(st.integers(2, 30), st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=40, deadline=None)
def test_a_hat_network_is_linear_interpolation(n, seed):
    rng = np.random.default_rng(seed)
    knots = np.cumsum(rng.uniform(0.1, 1, size=n))
    values = rng.normal(size=n)
    network = background.hat_network(knots, values)
    assert network[0].weights.shape == (n - 1, 1)
    x = np.sort(np.concatenate([knots, rng.uniform(knots[0], knots[-1], size=20)]))
    expected = np.interp(x, knots, values)
    np.testing.assert_allclose(forward(network, x[:, None]).output[:, 0], expected, atol=1e-8)


def test_a_hat_network_stays_constant_on_the_left_and_goes_straight_on_on_the_right():
    network = background.hat_network([0, 1, 2], [3, 4, 6])
    outside = forward(network, [[-5.0], [0.0], [3.0], [12.0]]).output[:, 0]
    np.testing.assert_allclose(outside, [3, 3, 8, 26])
    knots = [0, 0.2, 0.5, 1]
    np.testing.assert_allclose(
        background.linear_pieces(background.hat_network(knots, [0, 1, 0, 2])), knots
    )
    straight = background.hat_network(knots, [0, 0.2, 0.5, 1])
    np.testing.assert_allclose(background.linear_pieces(straight), [0, 1])


@pytest.mark.parametrize("knots", [[0], [0, 2, 1]])
def test_hat_network_refuses(knots):
    with pytest.raises(ValueError, match="at least two numbers that increase"):
        background.hat_network(knots, knots)


@pytest.mark.parametrize("name", TARGETS)
def test_the_curvature_of_a_target_is_its_largest_second_derivative(name):
    function, curvature = TARGETS[name]
    step = 1e-4
    x = np.linspace(step, 1 - step, 20_001)
    second = np.abs(function(x + step) - 2 * function(x) + function(x - step)) / step**2
    if math.isinf(curvature):
        assert second.max() > 1e3
    else:
        assert second.max() == pytest.approx(curvature, rel=1e-3)
        assert second.max() <= curvature + 1e-3


def test_errors_and_bounds_that_are_known():
    identity = [Layer(np.ones((1, 1)), np.zeros(1))]
    assert background.sup_error(identity, lambda x: x**2) == pytest.approx(0.25)  # at x = ½
    assert background.interpolation_bound(0.1, math.inf) == math.inf
    assert background.interpolation_bound(0.1, 0) == 0
    with pytest.raises(ValueError, match="spacing must be smaller for such a curvature, but is"):
        background.interpolation_bound(1e160, 1)
    assert background.hats_needed(1 / 16, 8) == 4  # the bound is (1/4)² · 8 / 8


@pytest.mark.parametrize(
    ("layers", "function", "options", "words"),
    [
        (background.xor_network(), np.sin, {}, "one input and one output, but have 2 and 1"),
        (
            background.spread_network(2000, rng=np.random.default_rng(0)),
            np.sin,
            {"n_points": 10**6},
            "n_points and layers must",
        ),
    ],
)
def test_sup_error_refuses(layers, function, options, words):
    with pytest.raises(ValueError, match=words):
        background.sup_error(layers, function, **options)


@hypothesis.given(st.floats(1e-6, 10), st.floats(0, 1e8))
def test_the_counted_hats_meet_the_tolerance_and_one_fewer_do_not(tolerance, curvature):
    n = background.hats_needed(tolerance, curvature)
    assert background.interpolation_bound(1 / n, curvature) <= tolerance * (1 + 1e-6)
    if n > 1:
        assert background.interpolation_bound(1 / (n - 1), curvature) > tolerance * (1 - 1e-6)


def test_a_spread_network_opens_inside_the_interval(rng):
    hidden, output = background.spread_network(50, rng=rng)
    opens_at = -hidden.bias / hidden.weights[:, 0]
    assert opens_at.min() >= 0
    assert opens_at.max() <= 1
    assert opens_at.std() > 0.2
    assert output.weights.shape == (1, 50)


@pytest.mark.parametrize("depth", [1, 2, 9])
def test_the_tent_network_composes_tents(depth, rng):
    x = rng.uniform(size=(50, 1))
    expected = x
    for _ in range(depth):
        expected = background.tent(expected)
    np.testing.assert_allclose(
        forward(background.tent_network(depth), x).output, expected, atol=1e-9
    )


@pytest.mark.parametrize("size", [1e-8, 1e8])
def test_the_pieces_are_the_same_at_any_size(size):
    hidden, output = background.hat_network([0, 0.25, 0.5, 1], [0, 1, 0, 2])
    small = Layer(size * hidden.weights, size * hidden.bias, "relu")
    np.testing.assert_allclose(background.linear_pieces([small, output]), [0, 0.25, 0.5, 1])


def test_linear_pieces_refuse():
    with pytest.raises(ValueError, match="piecewise linear"):
        background.linear_pieces([Layer([[1.0]], [0.0], "tanh")])
    with pytest.raises(ValueError, match="upper must exceed lower"):
        background.linear_pieces(SINGLE_RELU, 1, 0)
    with pytest.raises(ValueError, match="layers must not be so large that the network's values"):
        background.linear_pieces([Layer([[1e308]], [1e308], "relu"), Layer([[1.0]], [0.0])])


@pytest.mark.parametrize("bias", [3 * 0.1 - 0.3, 0.3 - 3 * 0.1])
def test_a_unit_that_round_off_opens_before_the_interval_makes_no_piece(bias):
    assert abs(bias) == pytest.approx(5.6e-17, rel=0.01)
    layers = [Layer([[1.0]], [bias], "relu"), Layer([[1.0]], [0.0])]
    np.testing.assert_array_equal(background.linear_pieces(layers), [0, 1])


@pytest.mark.parametrize("seed", range(6))
def test_the_pieces_of_a_random_deep_network_are_linear_and_differ(seed):
    rng = np.random.default_rng(seed)
    sizes = [1, 5, 4, 1]
    layers = [
        Layer(rng.normal(size=(m, n)), rng.normal(size=m), "relu" if m > 1 else "identity")
        for n, m in itertools.pairwise(sizes)
    ]
    ends = background.linear_pieces(layers, -3, 3)
    middles = (ends[1:] + ends[:-1]) / 2
    at_ends, at_middles = (forward(layers, x[:, None]).output[:, 0] for x in (ends, middles))
    np.testing.assert_allclose(at_middles, (at_ends[1:] + at_ends[:-1]) / 2, atol=1e-9)
    slopes = np.diff(at_ends) / np.diff(ends)
    assert (np.abs(np.diff(slopes)) > 1e-9).all()


@pytest.mark.parametrize("depth", [1, 2, 5])
@pytest.mark.parametrize("height", [0.125, 0.5, 0.9])
def test_a_folded_interval_has_each_height_once_on_each_piece(depth, height):
    places = background.tent_preimages(height, depth)
    assert len(places) == 2**depth
    np.testing.assert_array_equal(np.floor(places * 2**depth), np.arange(2**depth))
    x = places
    for _ in range(depth):
        x = background.tent(x)
    np.testing.assert_allclose(x, height, atol=1e-12)
