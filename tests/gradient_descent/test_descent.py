"""Tests of `mathdl.gradient_descent.descent`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import EVERY_RULE, EVERY_SURFACE, points_on, twice


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


@pytest.mark.equation("gradient-descent-armijo")
@EVERY_SURFACE
def test_backtracking_never_rises_and_keeps_armijos_promise(surface):
    path = gd.descend(surface.gradient, points_on(surface, 12), gd.backtracking(surface.value), 40)
    heights, slopes = surface.value(path), surface.gradient(path)[:-1]
    assert np.isfinite(path).all()
    # ‖θ⁺ − θ‖ = η ‖g‖, so η ‖g‖² is the product of step and slope.
    promised = np.linalg.norm(np.diff(path, axis=0), axis=-1) * np.linalg.norm(slopes, axis=-1)
    assert (heights[1:] <= heights[:-1] - 1e-4 * promised + 1e-9 * (1 + abs(heights[:-1]))).all()


def test_each_start_finds_its_own_rate():
    bowl = gd.ill_conditioned(100.0)
    rule = gd.backtracking(bowl.value)
    starts = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    together = gd.descend(bowl.gradient, starts, rule, 5)
    for start, path in zip(starts, together.swapaxes(0, 1), strict=True):
        np.testing.assert_array_equal(path, gd.descend(bowl.gradient, start, rule, 5))
    # Along the gentle axis a rate of 1 lands on the minimum at once.
    np.testing.assert_array_equal(together[1, 0], [0, 0])


def test_backtracking_halves_the_rate_until_armijo_is_content():
    # f = 50 v²: (1 − 100 η)² falls below 1 first at η = 2⁻⁶, where v = 1 − 100/64.
    ravine_of_100 = gd.ill_conditioned(100)
    path = gd.descend(ravine_of_100.gradient, [0.0, 1.0], gd.backtracking(ravine_of_100.value), 1)
    np.testing.assert_allclose(path[1], [0, 1 - 100 / 64])
    thirds = gd.backtracking(ravine_of_100.value, initial_rate=9.0, shrink=1 / 3)
    path = gd.descend(ravine_of_100.gradient, [0.0, 1.0], thirds, 1)
    np.testing.assert_allclose(path[1], [0, 1 - 100 / 81])
    asked = []

    def value(x):
        asked.append(float(x[0]))
        return abs(x).sum(axis=-1)

    gd.descend(lambda x: 0 * x + 1, [0.0], gd.backtracking(value), 1)
    assert asked == [0, *(-(0.5**k) for k in range(60))]


def test_backtracking_keeps_the_type_of_the_point():
    bowl = gd.ill_conditioned(2)
    for dtype in (np.float32, np.float64):
        point = np.ones((3, 2), dtype)
        rule = gd.backtracking(bowl.value)
        assert rule.init(point) == ()
        after, _ = rule.step(point, bowl.gradient(point), ())
        assert after.dtype == bowl.gradient(point).dtype == dtype


def test_backtracking_asks_for_its_share_of_what_the_slope_promises_or_stays():
    # A gradient of the wrong sign promises a descent that never comes.
    rule = gd.backtracking(lambda x: (x**2).sum(axis=-1))
    np.testing.assert_array_equal(gd.descend(lambda x: -2 * x, [1.0], rule, 2), [[1], [1], [1]])
    # f = aθ with a slope said to be 2: half of the promise is 2 a step of rate 1, and f gives 2a.
    for a, end in [(1.0, -2.0), (0.75, 0.0)]:
        rule = gd.backtracking(lambda x, a=a: a * x[..., 0], sufficient=0.5)
        assert gd.descend(lambda x: 0 * x + 2, [0.0], rule, 1)[-1] == end


def test_newton_runs_into_a_saddle_and_needs_an_invertible_hessian():
    surface = gd.SURFACES["saddle"]
    path = gd.descend(surface.gradient, [0.5, 0.3], gd.newton(surface.hessian), 8)
    np.testing.assert_allclose(path[-1], [0, 0], atol=1e-12)
    with pytest.raises(ValueError, match="needs an invertible Hessian"):
        gd.descend(twice, [1.0, 1.0], gd.newton(lambda x: np.ones((2, 2))), 1)
