"""Tests of `mathdl.concepts.neuron`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis.extra import numpy as npst

from mathdl import concepts
from mathdl.concepts import neuron

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


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: neuron.neuron_geometry([0, 0], 1), "all be zero"),
        (
            lambda: neuron.descend_line(lambda t: [t, t], 1.0, 0.1, 3),
            "^the derivative's value must have",
        ),
    ],
)
def test_neuron_refuses_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.equation("concepts-descent")
@pytest.mark.equation("concepts-descent-parabola")
@hypothesis.given(st.floats(0.1, 5), st.floats(0.01, 0.99), st.floats(-10, 10))
def test_descent_on_a_parabola_is_a_geometric_sequence(curvature, share, start):
    rate = share * 2 / curvature
    path = neuron.descend_line(lambda theta: curvature * theta, start, rate, 20)
    assert path == pytest.approx(start * (1 - rate * curvature) ** np.arange(21), abs=1e-9)


def test_a_diverging_descent_is_a_result_and_start_and_rate_decide_the_valley():
    path = neuron.descend_line(lambda theta: theta, 1.0, 2.1, 50)
    assert np.isfinite(path).all()
    assert (np.diff(np.abs(path)) > 0).all()
    assert np.abs(neuron.descend_line(lambda theta: theta, 1.0, 1e200, 2))[2] == np.inf

    def slope(theta):
        return theta**3 - theta

    ends = [neuron.descend_line(slope, 1.8, rate, 200)[-1] for rate in (0.1, 0.5)]
    assert ends == pytest.approx([1, -1])
    assert neuron.descend_line(slope, -1.8, 0.1, 200)[-1] == pytest.approx(-1)
