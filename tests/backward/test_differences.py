"""Tests of `mathdl.backward.differences`."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import check_gradient, numerical_gradient
from tests.backward.quartic import quartic, quartic_gradient
from tests.networks import SEEDS


@pytest.mark.parametrize(
    ("scheme", "tolerance"), [("central", 1e-9), ("forward", 1e-6), ("complex", 1e-14)]
)
@given(seed=SEEDS, shape=st.sampled_from([(), (1,), (3,), (2, 2), (1, 2, 2)]))
def test_schemes_reach_their_accuracy(scheme, tolerance, seed, shape):
    # |x| ≤ 2: errors h²|f‴|/6 + ε|f|/h ≈ 1e-9, h|f″|/2 + ε|f|/h ≈ 1e-6, and ε
    x = np.random.default_rng(seed).uniform(-2, 2, size=shape)
    numeric = numerical_gradient(quartic, x, scheme=scheme)
    assert numeric.shape == shape
    np.testing.assert_allclose(numeric, quartic_gradient(x), rtol=tolerance, atol=40 * tolerance)


def test_the_error_of_a_scheme_falls_with_its_order():
    # f = eˣ at 0: central h²/6, forward h/2
    x = np.zeros(1)
    for h in (1e-1, 1e-2, 1e-3):
        central = numerical_gradient(lambda x: np.exp(x).sum(), x, step=h)[0] - 1
        forward_error = (
            numerical_gradient(lambda x: np.exp(x).sum(), x, step=h, scheme="forward")[0] - 1
        )
        assert central == pytest.approx(h**2 / 6, rel=0.01)
        assert forward_error == pytest.approx(h / 2, rel=0.1)
    # 1e8 ± 6e-6 would round to steps of 1.5e-8, an error of 10⁻³; 1e8 ± 6e2 is exact to 10⁻⁹
    numeric = numerical_gradient(lambda x: (x**2).sum(), [1e8])
    np.testing.assert_allclose(numeric, [2e8], rtol=1e-9)


def test_default_steps_balance_truncation_and_round_off():
    # of eˣ at 1: the default is within a factor 10 of the best of all powers of ten
    for scheme in ("central", "forward"):
        error = [
            abs(
                numerical_gradient(lambda x: np.exp(x).sum(), [1.0], step=step, scheme=scheme)[0]
                - math.e
            )
            for step in [None, *10.0 ** np.arange(-12, 0)]
        ]
        assert error[0] < 10 * min(error) + 1e-12


@pytest.mark.parametrize(("scheme", "n_calls"), [("central", 8), ("forward", 5), ("complex", 4)])
def test_a_gradient_costs_as_many_values_as_its_scheme_says(scheme, n_calls):
    seen = []
    numerical_gradient(lambda x: seen.append(x) or quartic(x), np.ones(4), scheme=scheme)
    assert len(seen) == n_calls


def test_numerical_gradients_in_float32_and_of_integers():
    x, seen = np.array([1, 2], np.float32), []
    for scheme in ("central", "forward", "complex"):
        numeric = numerical_gradient(
            lambda x: seen.append(x.dtype) or quartic(x), x, scheme=scheme
        )
        assert numeric.dtype == np.float32
        np.testing.assert_allclose(numeric, quartic_gradient(x), rtol=1e-2)
    assert set(seen) == {np.dtype(np.float32), np.dtype(np.complex64)}
    np.testing.assert_allclose(numerical_gradient(quartic, [1, 2]), [6, 33])
    words = "function must return a complex number for a complex argument"
    with pytest.raises(ValueError, match=words):
        numerical_gradient(lambda x: abs(x).sum(), [1.0, 2.0], scheme="complex")


def double_in_place(x):
    x *= 2
    return x.sum()


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: x[:1], r"function must return one number, but returned an .* shape \(1,\)"),
        (lambda x: [[1], [2, 3]], r"function must return one number, but returned \[\[1\], \[2"),
        (lambda x: 1j * x.sum(), "function must return a real number, but returned .*j"),
        (lambda x: None, "function must return a real number, but returned None"),
        (lambda x: np.inf, "function must return a finite number, but returned inf"),
        (double_in_place, "function must not change its argument"),
    ],
)
@pytest.mark.parametrize("directions", [None, 2])
def test_misbehaving_functions_are_named(function, message, directions):
    with pytest.raises(ValueError, match=message):
        numerical_gradient(function, [1.0, 2.0], scheme="forward")
    with pytest.raises(ValueError, match=message):
        check_gradient(
            function, np.ones(2), [1.0, 2.0], directions=directions, rng=np.random.default_rng(0)
        )
