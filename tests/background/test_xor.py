"""Tests of `mathdl.background.xor`."""

import itertools

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.background import XOR_X, XOR_Y, directed_units, fold_path, xor_network
from mathdl.background.xor import region_segments
from mathdl.forward import Layer, forward

TANH = [Layer(np.ones((1, 1)), np.zeros(1), "tanh")]


@pytest.mark.equation("background-network")
@pytest.mark.equation("background-xor-network")
def test_the_xor_network_in_numbers_worked_by_hand():
    """Goodfellow et al. (2016), section 6.1, p. 171: the hidden rows and the answers."""
    passed = forward(xor_network(), XOR_X)
    np.testing.assert_array_equal(passed.preactivations[0], [[0, -1], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.inputs[1], [[0, 0], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.output, XOR_Y)


def test_directed_units_at_45_degrees_are_the_xor_network():
    layer = directed_units([45, 45])
    np.testing.assert_allclose(layer.weights, xor_network()[0].weights, atol=1e-15)
    np.testing.assert_allclose(layer.bias, xor_network()[0].bias, atol=1e-15)
    with pytest.raises(ValueError, match="activation must be one of"):
        directed_units([0, 0], activation="step")


@hypothesis.given(st.floats(-720, 720), st.floats(-720, 720))
def test_the_first_directed_unit_is_open_on_the_square_and_the_second_zero_at_its_centre(a, b):
    layer = directed_units([a, b])
    corners = forward([layer], XOR_X).preactivations[0]
    assert corners[:, 0].min() >= -1e-12
    assert forward([layer], [[0.5, 0.5]]).preactivations[0][0, 1] == pytest.approx(0, abs=1e-12)


@hypothesis.given(st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=40, deadline=None)
def test_a_folded_path_holds_the_image_of_every_point_of_the_path(seed):
    rng = np.random.default_rng(seed)
    hidden = Layer(rng.normal(size=(3, 2)), rng.normal(size=3), "relu")
    start, end = rng.normal(size=(2, 2))
    corners = fold_path(start, end, hidden)
    assert corners.shape == (5, 3)
    ends = forward([hidden], [start, end]).output
    np.testing.assert_allclose(corners[[0, -1]], ends, atol=1e-12)
    share = rng.uniform()
    image = forward([hidden], [start + share * (end - start)]).output[0]
    assert min(distance_to_segment(image, *pair) for pair in itertools.pairwise(corners)) < 1e-9


def test_a_way_along_the_crease_folds_nowhere_and_none_through_a_curved_layer():
    hidden = Layer([[1.0, 0.0], [0.0, 1.0]], [-0.5, 0.0], "relu")  # creases x = ½ and y = 0
    corners = fold_path([0.5, -1.0], [0.5, 1.0], hidden)
    np.testing.assert_allclose(corners, [[0, 0], [0, 0], [0, 0], [0, 1]], atol=1e-15)
    beside = fold_path([0.25, 1.0], [0.25, -1.0], hidden)  # one crease is never met
    np.testing.assert_allclose(beside, [[0, 1], [0, 1], [0, 0], [0, 0]], atol=1e-15)
    with pytest.raises(ValueError, match="piecewise linear"):
        fold_path([0], [1], TANH[0])


def distance_to_segment(point, start, end):
    along = end - start
    share = np.clip((point - start) @ along / max(along @ along, 1e-300), 0, 1)
    return np.linalg.norm(point - start - share * along)


def crossings(*arguments):
    """Return the segments of those regions that the level crosses."""
    segments = region_segments(*arguments)
    return segments[np.isfinite(segments).all(axis=(1, 2))]


@pytest.mark.parametrize("activation", ["relu", "identity"])
@pytest.mark.parametrize("seed", range(4))
def test_segments_are_the_level_and_miss_no_crossing(seed, activation):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(rng.normal(size=(3, 2)), rng.normal(size=3), activation),
        Layer(rng.normal(size=(1, 3)), rng.normal(size=1)),
    ]
    segments = crossings(layers, 0.3, -2, 2)
    for start, end in segments:
        points = start + np.linspace(0, 1, 5)[:, None] * (end - start)
        np.testing.assert_allclose(forward(layers, points).output, 0.3, atol=1e-9)
        assert np.abs(points).max() <= 2 + 1e-9
    y = np.linspace(-2, 2, 41)
    for x in (-1.37, 0.41, 1.23):
        column = np.column_stack([np.full(41, x), y])
        above = forward(layers, column).output[:, 0] > 0.3
        changes = np.count_nonzero(above[1:] != above[:-1])
        crossed = sum(min(s[0], e[0]) <= x <= max(s[0], e[0]) for s, e in segments)
        assert crossed >= changes


def test_xor_is_cut_by_two_parallel_lines_a_far_level_never_and_the_edge_counts():
    segments = crossings(xor_network(), 0.5, 0, 1)
    sums = sorted(segment.sum(axis=1).round(9).tolist() for segment in segments)
    assert sums == [[0.5, 0.5], [1.5, 1.5]]
    assert crossings(xor_network(), 7.0, 0, 1).shape == (0, 2, 2)
    flat = [xor_network()[0], Layer(np.zeros((1, 2)), np.zeros(1))]
    assert crossings(flat, 0.5, 0, 1).shape == (0, 2, 2)
    layers = [Layer(np.eye(2), np.zeros(2)), Layer([[1.0, 0.0]], [0.0])]
    np.testing.assert_array_equal(crossings(layers, 0, 0, 1), [[[0, 0], [0, 1]]])
