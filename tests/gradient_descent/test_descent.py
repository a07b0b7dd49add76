"""Tests of `mathdl.gradient_descent.descent`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import EVERY_RULE, EVERY_SURFACE, twice


@given(
    leading=st.lists(st.integers(1, 4), max_size=2).map(tuple),
    dimension=st.integers(1, 5),
    n_steps=st.integers(0, 6),
    name=st.sampled_from(sorted(gd.OPTIMIZERS)),
)
def test_path_has_one_point_more_than_steps(leading, dimension, n_steps, name):
    start = np.random.default_rng(0).standard_normal((*leading, dimension))
    path = gd.descend(twice, start, gd.OPTIMIZERS[name](0.01), n_steps)
    assert path.shape == (n_steps + 1, *leading, dimension)
    np.testing.assert_array_equal(path[0], start)


@EVERY_RULE
@EVERY_SURFACE
def test_divergence_is_a_result(surface, rule):
    path = gd.descend(surface.gradient, [1.5, 1.5], rule(1e12), 60)
    assert path.shape == (61, 2)
    surface.value(path)


def test_gradients_of_another_shape_and_more_steps_than_memory_holds_are_refused():
    with pytest.raises(ValueError, match=r"gradient must have the shape \(2,\) of the start"):
        gd.descend(lambda x: x.sum(), [1.0, 2.0], gd.adam(0.1), 1)
    with pytest.raises(ValueError, match=r"^n_steps and start must not ask for more than"):
        gd.descend(lambda x: pytest.fail("was begun"), np.zeros(10**4), gd.adam(0.1), 10**6)
    np.testing.assert_allclose(
        gd.descend(twice, 1.0, gd.gradient_descent(0.25), 2), [1, 0.5, 0.25]
    )


def test_newton_runs_into_a_saddle_and_needs_an_invertible_hessian():
    surface = gd.SURFACES["saddle"]
    path = gd.descend(surface.gradient, [0.5, 0.3], gd.newton(surface.hessian), 8)
    np.testing.assert_allclose(path[-1], [0, 0], atol=1e-12)
    with pytest.raises(ValueError, match="needs an invertible Hessian"):
        gd.descend(twice, [1.0, 1.0], gd.newton(lambda x: np.ones((2, 2))), 1)
