"""Tests of `mathdl.backward.step_size`."""

import numpy as np
import pytest

from mathdl.backward import loss_and_gradients, numerical_gradient
from mathdl.backward.step_size import (
    best_step,
    difference_quotient,
    error_terms,
    loss_of_parameters,
    relative_error,
)
from mathdl.forward import initialize, parameter_vector


def test_quotients_of_a_parabola_by_hand():
    # ((x + h)² − x²)/h = 2x + h, the central quotient and the complex step are exactly 2x.
    steps = [0.5, 0.25]
    for scheme, expected in (("forward", [6.5, 6.25]), ("central", [6, 6]), ("complex", [6, 6])):
        assert difference_quotient(np.square, [3.0], steps, scheme=scheme).tolist() == [expected]
    for dtype in ("float32", "float64"):
        assert difference_quotient(np.square, [3.0], [0.5], dtype=dtype).dtype == np.float64


def test_no_step_enlarges_complex_round_off_and_single_precision_moves_the_valley():
    truncation, roundoff = error_terms([1e-8, 0.3], scheme="complex")
    np.testing.assert_allclose(truncation, [1e-16 / 6, 0.015])
    np.testing.assert_array_equal(roundoff, [2.0**-53] * 2)
    assert roundoff.dtype == truncation.dtype == np.float64
    steps, points = np.logspace(-8, 0, 81), np.linspace(0.5, 1.5, 101)
    for scheme, low, high in (("forward", 1e-4, 2e-3), ("central", 1e-3, 2e-2)):
        quotients = difference_quotient(np.exp, points, steps, scheme=scheme, dtype="float32")
        errors = np.median(abs(quotients / np.exp(points)[:, None] - 1), axis=0)
        assert low < steps[errors.argmin()] < high


def test_best_steps_minimise_the_sum_of_two_terms_and_grow_with_the_value():
    for scheme, factor in (("forward", 4), ("central", 8)):
        step = best_step(scheme)
        assert best_step(scheme, value=factor) == pytest.approx(2 * step)
        assert best_step(scheme, curvature=factor) == pytest.approx(step / 2)
    steps = np.logspace(-12, -1, 4001)
    for scheme in ("forward", "central"):
        total = np.sum(error_terms(steps, scheme=scheme), axis=0)
        assert steps[total.argmin()] == pytest.approx(best_step(scheme), rel=0.01)


def test_step_size_refuses_what_it_cannot_mean():
    with pytest.raises(ValueError, match="points and steps must not ask for more than"):
        difference_quotient(np.exp, np.ones(10**5), np.ones(10**5))
    with pytest.raises(ValueError, match="the value of function must be an array"):
        difference_quotient(lambda x: [[1], [1, 2]], [1.0], [0.1])
    with pytest.raises(ValueError, match="scheme"):
        best_step("complex")


def test_relative_error_is_symmetric_from_zeros_to_the_largest_numbers():
    for size in (1.2e308, 1.0, 5e-324):
        assert relative_error([size, 0], [0, size]) == pytest.approx(2**0.5, rel=1e-15)
    assert relative_error([0.0, 0.0], [0.0, 0.0]) == 0
    assert relative_error([3.0, 4.0], [0.0, 0.0]) == relative_error([0.0, 0.0], [3.0, 4.0]) == 1


def test_loss_of_parameters_starts_at_the_networks_loss():
    rng = np.random.default_rng(1)
    layers = initialize([3, 5, 2], rng=rng)
    x, y = rng.normal(size=(4, 3)), [0, 1, 1, 0]
    value = loss_of_parameters(layers, x, y, "cross_entropy")
    expected, gradients = loss_and_gradients(layers, x, y, "cross_entropy")
    theta = parameter_vector(layers)
    assert value(theta) == pytest.approx(float(expected))
    with pytest.raises(ValueError, match=r"vector must have shape \(32,\), but its .* \(33,\)"):
        value(np.zeros(33))
    assert relative_error(numerical_gradient(value, theta), parameter_vector(gradients)) < 1e-8
