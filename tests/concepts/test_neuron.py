"""Tests of `mathdl.concepts.neuron`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis.extra import numpy as npst

from mathdl import concepts
from mathdl.concepts import neuron
from mathdl.gradient_descent import descend, gradient_descent

FINITE = st.floats(-50, 50)


def vectors(length):
    return npst.arrays(np.float64, length, elements=FINITE)


@pytest.mark.equation("concepts-transition-width")
@pytest.mark.equation("concepts-signed-distance")
def test_geometry_of_a_worked_neuron():
    # w = (3, 4) has length 5; 3x + 4y = 5 passes the origin at distance 5/5 = 1.
    geometry = neuron.neuron_geometry([3, 4], -5)
    assert geometry.normal == pytest.approx([0.6, 0.8])
    assert geometry.offset == pytest.approx(1)
    assert geometry.steepness == pytest.approx(5)
    distances = neuron.signed_distance([[2, 1], [0, 0]], [3, 4], -5)
    assert distances == pytest.approx([1, -1])
    half = neuron.transition_width(2.0) / 2
    assert concepts.sigmoid([-2 * half, 2 * half]) == pytest.approx([0.1, 0.9])


@hypothesis.given(st.integers(1, 5).flatmap(vectors), FINITE, st.floats(0.1, 10))
def test_scaling_weights_and_bias_leaves_the_boundary(weights, bias, factor):
    hypothesis.assume(np.linalg.norm(weights) > 1e-3)
    one = neuron.neuron_geometry(weights, bias)
    other = neuron.neuron_geometry(factor * weights, factor * bias)
    assert other.offset == pytest.approx(one.offset, rel=1e-9, abs=1e-9)
    assert other.normal == pytest.approx(one.normal, rel=1e-9, abs=1e-9)
    assert other.steepness == pytest.approx(factor * one.steepness)


@hypothesis.given(vectors((3, 2)), vectors(2), FINITE, vectors(2))
def test_signed_distance_is_to_the_nearest_point_of_the_boundary(x, weights, bias, along):
    hypothesis.assume(np.linalg.norm(weights) > 0.1)
    normal, offset, _ = neuron.neuron_geometry(weights, bias)
    distances = neuron.signed_distance(x, weights, bias)
    feet = x - distances[:, None] * normal
    assert feet @ normal == pytest.approx(np.full(3, offset), abs=1e-8 * (1 + abs(offset)))
    tangent = np.array([-normal[1], normal[0]])
    elsewhere = feet + np.linalg.norm(along) * tangent
    assert (np.linalg.norm(x - elsewhere, axis=1) >= np.abs(distances) - 1e-6).all()


def test_a_neuron_without_weights_has_no_boundary():
    with pytest.raises(ValueError, match="all be zero"):
        neuron.neuron_geometry([0, 0], 1)


@pytest.mark.equation("concepts-descent")
@pytest.mark.equation("concepts-descent-parabola")
@hypothesis.given(st.floats(0.1, 5), st.floats(0.01, 0.99), st.floats(-10, 10))
def test_descent_on_a_parabola_is_a_geometric_sequence(curvature, share, start):
    rate = share * 2 / curvature
    path = descend(lambda theta: curvature * theta, [start], gradient_descent(rate), 20)
    assert path[:, 0] == pytest.approx(start * (1 - rate * curvature) ** np.arange(21), abs=1e-9)


@pytest.mark.parametrize(
    ("start", "rate", "end"), [(1.8, 0.1, 1), (1.8, 0.5, -1), (-1.8, 0.1, -1)]
)
def test_start_and_rate_decide_the_valley(start, rate, end):
    path = descend(lambda theta: theta**3 - theta, [start], gradient_descent(rate), 200)
    assert path[-1, 0] == pytest.approx(end)
