"""Tests of `mathdl.faq.second_order`."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.backward import numerical_gradient
from mathdl.faq import gradient_norms, lbfgs, softmax_regression
from mathdl.faq.second_order import _inverse_curvature_times
from mathdl.gradient_descent import descend, gradient_descent, newton
from tests.networks import SEEDS


@pytest.fixture
def problem(rng):
    x = rng.normal(size=(30, 3))
    return softmax_regression(x, rng.integers(0, 4, 30), n_classes=4, penalty=0.05)


def test_softmax_regression_has_the_gradient_and_hessian_it_says(problem, rng):
    theta = rng.normal(size=16)
    numeric = numerical_gradient(lambda v: problem.value_and_gradient(v)[0], theta)
    np.testing.assert_allclose(problem.gradient(theta), numeric, atol=1e-8)
    hessian = np.array(
        [numerical_gradient(lambda v, i=i: problem.gradient(v)[i], theta) for i in range(16)]
    )
    np.testing.assert_allclose(problem.hessian(theta), hessian, atol=1e-7)


def test_three_ways_find_one_minimum(problem):
    by_newton = descend(problem.gradient, problem.start, newton(problem.hessian), 12)[-1]
    quick = lbfgs(problem.value_and_gradient, problem.start, n_steps=60)
    slow = descend(problem.gradient, problem.start, gradient_descent(0.5), 2000)[-1]
    np.testing.assert_allclose(quick.path[-1], by_newton, atol=1e-5)
    np.testing.assert_allclose(slow, by_newton, atol=1e-5)
    assert gradient_norms(problem, [by_newton])[0] < 1e-10
    assert (np.diff(quick.evaluations) >= 1).all()


@hypothesis.given(SEEDS, st.integers(1, 6))
def test_lbfgs_never_rises(seed, d):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(d, d))
    h = root @ root.T + 0.1 * np.eye(d)

    def bowl(w):
        return w @ h @ w / 2, h @ w

    path = lbfgs(bowl, rng.normal(size=d), n_steps=15).path
    assert (np.diff([bowl(w)[0] for w in path]) <= 1e-12).all()


def test_lbfgs_halves_a_step_that_lowers_the_value_by_less_than_its_share_of_the_promise():
    """nocedal2006numerical, eq. 3.4, with c = 10⁻⁴: the whole step promises 1, half a step ½."""
    heights = {0.0: 0.0, 1.0: -0.5e-4, 0.5: -1e-4}
    found = lbfgs(lambda w: (heights[w[0]], np.array([-1.0])), [0.0], n_steps=1)
    assert found.path.tolist() == [[0.0], [0.5]]
    assert found.evaluations.tolist() == [1, 3]


def test_lbfgs_stays_at_the_minimum_without_steps_and_where_no_step_lowers_the_value():
    still = lbfgs(lambda w: (w @ w, 2 * w), [0.0], n_steps=4)
    assert still.evaluations.tolist() == [1, 2, 3, 4, 5]
    assert lbfgs(lambda w: (w @ w, 2 * w), [3.0], n_steps=0).path.tolist() == [[3.0]]
    asked = []

    def lying(w):
        asked.append(w)
        return float(w @ w), -2 * w

    walk = lbfgs(lying, [1.0], n_steps=1)
    assert walk.path.tolist() == [[1], [1]]
    assert walk.evaluations[-1] == len(asked) == 41


def test_lbfgs_takes_the_same_path_at_any_size():
    curvatures, start = np.array([1.0, 30.0, 400.0]), np.array([1.0, -2.0, 3.0])

    def path(size):
        return lbfgs(lambda w: (w @ (curvatures * w) / 2, curvatures * w), size * start, n_steps=9)

    np.testing.assert_allclose(path(2.0**-30).path * 2**30, path(1.0).path)


def test_lbfgs_remembers_ten_steps_unless_told_otherwise(rng):
    curvatures = np.geomspace(1, 1e4, 30)
    start = rng.normal(size=30)

    def path(**options):
        bowl = lbfgs(lambda w: (w @ (curvatures * w) / 2, curvatures * w), start, **options)
        return bowl.path.tolist()

    assert path(n_steps=16) == path(n_steps=16, memory=10) != path(n_steps=16, memory=11)


@hypothesis.given(SEEDS)
def test_lbfgs_counts_every_evaluation(seed):
    calls = []

    def valley(w):
        calls.append(w)
        return 50 * w[0] ** 2 + w[1] ** 2, np.array([100 * w[0], 2 * w[1]])

    start = np.random.default_rng(seed).normal(size=2)
    evaluations = [1]
    for n_steps in range(1, 6):
        calls.clear()
        found = lbfgs(valley, start, n_steps=n_steps)
        evaluations.append(len(calls))
        assert found.evaluations.tolist() == evaluations
        np.testing.assert_array_equal(found.path[0], start)


@hypothesis.given(SEEDS, st.integers(1, 5))
def test_the_remembered_curvature_maps_the_last_change_of_gradient_to_the_last_step(seed, n):
    """The secant equation, nocedal2006numerical, eq. 6.6; H is symmetric besides."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(6, 6))
    h = root @ root.T + np.eye(6)
    pairs = [(step, h @ step) for step in rng.normal(size=(n, 6))]
    applied = [_inverse_curvature_times(row, pairs) for row in np.eye(6)]
    np.testing.assert_allclose(applied, np.transpose(applied), atol=1e-9)
    s, y = pairs[-1]
    np.testing.assert_allclose(_inverse_curvature_times(y, pairs), s, atol=1e-9)


def test_where_no_step_went_the_curvature_is_that_of_the_last_step():
    """nocedal2006numerical, eq. 7.20: γ = sᵀy / yᵀy of the last pair, here ½ and before it ¼."""
    east, north, up = np.eye(3)
    pairs = [(east, 4 * east), (north, 2 * north)]
    np.testing.assert_allclose(_inverse_curvature_times(up, pairs), up / 2)


def test_softmax_regression_takes_classes_for_which_there_is_room_and_lbfgs_refuses():
    with pytest.raises(ValueError, match="x and n_classes must not ask for"):
        softmax_regression([[1.0], [2.0]], [0, 1], n_classes=16_000, penalty=1)
    # The square of 2 · 15,000 is below 10⁹, that of 2 · 16,000 is not.
    many = softmax_regression([[1.0], [2.0]], [0, 1], n_classes=15_000, penalty=1)
    assert many.start.shape == (30_000,)
    with pytest.raises(ValueError, match="n_steps and start must not ask for"):
        lbfgs(lambda w: None, np.ones(10**5), n_steps=10**5)
    for returned, words in [
        (([1.0], [1.0]), r"^the value of value_and_gradient must have shape \(\)"),
        ((0.0, [1.0, 2.0]), r"^the gradient of value_and_gradient must have shape \(1,\)"),
    ]:
        with pytest.raises(ValueError, match=words):
            lbfgs(lambda w, returned=returned: returned, [1.0], n_steps=1)


def test_far_away_the_value_of_a_softmax_regression_is_infinite_without_a_warning(problem):
    assert problem.value_and_gradient(np.full(16, 1e200))[0] == math.inf
    with pytest.raises(ValueError, match="theta must not be so large that logits overflow"):
        problem.hessian(np.full(16, 1e308))
