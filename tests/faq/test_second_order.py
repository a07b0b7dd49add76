"""Tests of `mathdl.faq.second_order`."""

import math

import numpy as np
import pytest

from mathdl.backward import numerical_gradient
from mathdl.faq import softmax_regression
from mathdl.gradient_descent import descend, gradient_descent, newton


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
    with pytest.raises(ValueError, match="theta must have"):
        problem.gradient(theta.reshape(4, 4))


def test_two_ways_find_one_minimum(problem):
    by_newton = descend(problem.gradient, problem.start, newton(problem.hessian), 12)[-1]
    slow = descend(problem.gradient, problem.start, gradient_descent(0.5), 2000)[-1]
    np.testing.assert_allclose(slow, by_newton, atol=1e-5)
    assert np.linalg.norm(problem.gradient(by_newton)) < 1e-10


def test_softmax_regression_takes_classes_for_which_there_is_room():
    with pytest.raises(ValueError, match="x and n_classes must not ask for"):
        softmax_regression([[1.0], [2.0]], [0, 1], n_classes=16_000, penalty=1)
    # The square of 2 · 15,000 is below 10⁹, that of 2 · 16,000 is not.
    many = softmax_regression([[1.0], [2.0]], [0, 1], n_classes=15_000, penalty=1)
    assert many.start.shape == (30_000,)


def test_far_away_the_value_of_a_softmax_regression_is_infinite_without_a_warning(problem):
    assert problem.value_and_gradient(np.full(16, 1e200))[0] == math.inf
    with pytest.raises(ValueError, match="theta must not be so large that logits overflow"):
        problem.hessian(np.full(16, 1e308))
