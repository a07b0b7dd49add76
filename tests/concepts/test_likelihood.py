"""Tests of `mathdl.concepts.likelihood`."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis.extra import numpy as npst

from mathdl import concepts
from mathdl.concepts import likelihood

FINITE = st.floats(-50, 50)


@pytest.mark.equation("concepts-squared-through-sigmoid")
@pytest.mark.equation("concepts-log-sum-exp")
@pytest.mark.equation("concepts-nll")
@pytest.mark.equation("concepts-gaussian-nll")
def test_worked_cases():
    # Residuals 0 and 2, s = 1: mean square 2, so 2/2 + ln √(2π) = 1 + 0.918939.
    assert likelihood.gaussian_nll([0, 0], [0, 2]) == pytest.approx(1.918938533204673)
    # The same with s = 2: a quarter of the squares, and ln 2 more.
    assert likelihood.gaussian_nll([0, 0], [0, 2], 2.0) == pytest.approx(
        0.25 + math.log(2 * math.sqrt(2 * math.pi))
    )
    # Density of the standard normal at 0 is 0.398942, published in every table.
    assert math.exp(-likelihood.gaussian_nll([1.0], [1.0])) == pytest.approx(0.398942, abs=1e-6)
    # Density exp(-|y - c|/s) / (2s): at distance 2 with s = 1 the negative log is 2 + ln 2.
    assert likelihood.laplace_nll([0], [2]) == pytest.approx(2 + math.log(2))
    assert likelihood.log_sum_exp(np.log([6.0, 3, 1])) == pytest.approx(math.log(10))
    assert likelihood.log_sum_exp([-1e308, 1e308]) == 1e308
    assert likelihood.log_sum_exp(1000 + np.log([6.0, 3, 1])) == pytest.approx(1000 + math.log(10))
    gradient = likelihood.squared_error_through_sigmoid_gradient([-10.0], [1])
    assert f"{gradient[0]:.1e}" == "-4.5e-05"
    assert likelihood.squared_error_through_sigmoid([-10.0], [1]) == pytest.approx(0.49995460)


@pytest.mark.equation("concepts-gaussian-density")
@pytest.mark.parametrize("nll", [likelihood.gaussian_nll, likelihood.laplace_nll])
def test_densities_have_total_mass_one(nll):
    y = np.linspace(-40, 40, 80_001)
    density = [math.exp(-nll([0.3], [each], 1.7)) for each in y[::20]]
    assert np.trapezoid(density, y[::20]) == pytest.approx(1, abs=1e-4)


@hypothesis.given(npst.arrays(np.float64, st.integers(1, 9), elements=FINITE))
def test_mean_and_median_are_the_best_constants(y):
    for nll, best in [(likelihood.gaussian_nll, y.mean()), (likelihood.laplace_nll, np.median(y))]:
        least = nll(np.full(y.size, best), y)
        for other in (best - 0.5, best + 0.01, best + 3):
            assert least <= nll(np.full(y.size, other), y) + 1e-9


@hypothesis.given(npst.arrays(np.float64, (3, 4), elements=st.floats(-800, 800)))
def test_log_sum_exp_lies_where_it_must(z):
    value, largest = likelihood.log_sum_exp(z), z.max(axis=1)
    assert value.shape == (3,)
    assert (value >= largest).all()
    assert (value <= largest + math.log(4) + 1e-9).all()
    assert value - z[:, 0] == pytest.approx(-concepts.log_softmax(z)[:, 0], abs=1e-9)


@pytest.mark.equation("concepts-softmax-jacobian")
def test_softmax_jacobian_of_a_worked_case_and_of_a_batch():
    expected = [[0.24, -0.18, -0.06], [-0.18, 0.21, -0.03], [-0.06, -0.03, 0.09]]
    assert likelihood.softmax_jacobian(np.log([6.0, 3, 1])) == pytest.approx(np.array(expected))
    z = np.random.default_rng(0).normal(size=(2, 3, 4))
    batch = likelihood.softmax_jacobian(z)
    assert batch.shape == (2, 3, 4, 4)
    assert batch[1, 2] == pytest.approx(likelihood.softmax_jacobian(z[1, 2]))


@hypothesis.given(
    npst.arrays(np.float64, (4,), elements=st.floats(-5, 5)),
    npst.arrays(np.float64, (4,), elements=st.floats(-1, 1)),
)
def test_softmax_jacobian_against_differences(z, direction):
    h = 1e-6
    difference = (concepts.softmax(z + h * direction) - concepts.softmax(z - h * direction)) / (
        2 * h
    )
    assert likelihood.softmax_jacobian(z) @ direction == pytest.approx(difference, abs=1e-8)


@hypothesis.given(
    npst.arrays(np.float64, (3, 2), elements=st.floats(-6, 6)),
    npst.arrays(np.float64, (3, 2), elements=st.floats(0, 1)),
    npst.arrays(np.float64, (3, 2), elements=st.floats(-1, 1)),
)
def test_squared_error_gradient_against_differences(z, y, direction):
    loss = likelihood.squared_error_through_sigmoid
    difference = (loss(z + 1e-5 * direction, y) - loss(z - 1e-5 * direction, y)) / 2e-5
    gradient = likelihood.squared_error_through_sigmoid_gradient(z, y)
    assert (gradient * direction).sum() == pytest.approx(difference, abs=1e-8)
