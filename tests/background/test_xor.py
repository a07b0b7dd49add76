"""Tests of `mathdl.background.xor`."""

import itertools

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.background import XOR_X, XOR_Y, directed_units, fold_path, xor_network
from mathdl.forward import Layer, forward

TANH = [Layer(np.ones((1, 1)), np.zeros(1), "tanh")]


@pytest.mark.equation("background-network")
@pytest.mark.equation("background-xor-network")
def test_the_xor_network_in_numbers_worked_by_hand():
    """Goodfellow et al. (2016), section 6.1, p. 171: the hidden rows and the answers."""
    passed = forward(xor_network(), XOR_X)
    assert not any(array.flags.writeable for array in (XOR_X, XOR_Y))
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
