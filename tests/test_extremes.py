"""Numbers at the ends of what floats hold, work that no machine finishes, callers that write."""

import re

import numpy as np
import pytest

from mathdl import background, faq
from mathdl import gradient_descent as gd
from mathdl.concepts import cross_entropy, sigmoid
from mathdl.concepts.likelihood import softmax_jacobian
from mathdl.forward import Layer
from mathdl.forward.regions import count_regions, deep_region_bound, local_affine
from mathdl.forward.signals import predicted_signals, random_network
from mathdl.outlook import legendre_features


def test_neighbours_closer_than_any_rounding():
    few, far = [[0.0], [2e-5], [1.0]], [[0.0], [1e8], [1e8 + 0.1]]
    assert background.nearest_rows(few, [[1.9e-5]]) == [[1]]
    assert background.nearest_rows(far, [[1e8 + 0.09]]) == [[2]]
    assert background.nearest_rows([[-1e308], [1e308]], [[1e307]]) == [[1]]


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_neighbours_are_those_of_the_differences(scale, offset, rng):
    x = offset + scale * rng.random((300, 3))
    x[100:150] = x[:50]  # ties
    asked = np.concatenate([x[:40], offset + scale * rng.random((40, 3))])
    squares = ((asked[:, np.newaxis] - x) ** 2).sum(axis=2)
    expected = squares.argsort(axis=1, kind="stable")[:, :5]
    np.testing.assert_array_equal(background.nearest_rows(x, asked, 5), expected)


def test_ridge_of_a_penalty_that_leaves_nothing_and_of_nearly_dependent_columns(capfd):
    assert faq.ridge([[1.0, 0.0], [0.0, 3.0]], [1.0, 3.0], 1.7e308) == pytest.approx(0, abs=1e-300)
    assert capfd.readouterr() == ("", "")  # nor does LAPACK complain
    i = np.arange(7.0)
    hilbert = 1 / (i[:, np.newaxis] + i + 1)  # condition number 5·10⁸
    np.testing.assert_allclose(faq.ridge(hilbert, hilbert.sum(axis=1), 0), 1, atol=1e-6)


def test_floor_and_escape_of_the_smallest_noise():
    floor = gd.stationary_variance(0.1, 1e-280, 1e-166)  # ησ²/2λ
    assert floor == pytest.approx(5e-54, rel=1e-9, abs=0)
    escape = gd.noisy_escape_time(0.1, -1, 1e-200)  # ln(0.21/(0.1σ)²)/(2 ln 1.1)
    assert escape == pytest.approx((np.log(21) + 400 * np.log(10)) / (2 * np.log(1.1)))
    assert gd.noisy_escape_time(1e200, -1e200, 1e-3) == pytest.approx(0.5075)  # ln(λ/σ)/ln(η|λ|)
    with pytest.raises(ValueError, match="infinite"):
        gd.noisy_escape_time(1e-300, -1e-300, 1e-3)


def test_losses_and_shares_of_the_error_at_the_ends_of_the_range():
    assert not np.signbit(cross_entropy([[0, 60]], [1]))
    assert background.interpolation_bound(1e-170, 1e300) == pytest.approx(
        1.25e-41, rel=1e-9, abs=0
    )
    np.testing.assert_allclose(faq.stopping_shrinkage([1, 1e-17], 0.1, 10**6), [1, 1e-12])
    assert count_regions([[1, 0], [1, 0]], [1e308, -1e308]) == 3


def test_sharpness_beside_large_parameters(rng):
    neuron = [Layer([[1e13]], [0.0])]  # the Hessian 2 · [[5, 2], [2, 1]] is the same everywhere
    found = gd.sharpness(neuron, [[1.0], [3.0]], [[2.0], [0.0]], "mean_squared_error", rng=rng)
    assert found == pytest.approx(6 + 2 * 8**0.5, rel=1e-3)


def test_a_noisy_gradient_does_not_hand_out_the_callers_points(rng):
    def greedy(points):
        points *= 0
        return points

    points = np.ones(2)
    gd.noisy_gradient(greedy, 0.1, rng=rng)(points)
    assert points.tolist() == [1, 1]


def test_a_rule_that_leads_to_another_shape_is_stopped():
    rule = gd.Optimizer(lambda parameters: (), lambda parameters, gradient, state: (1.0, state))
    words = "optimizer must lead to parameters of shape (2,), but led to shape ()."
    with pytest.raises(ValueError, match=re.escape(words)):
        gd.descend(lambda x: x, [1.0, 2.0], rule, 2)
    with pytest.raises(ValueError, match="step must be a function, but is None"):
        gd.Optimizer(lambda parameters: (), None)
    objective = faq.penalized("cross_entropy", l2=0.1)
    with pytest.raises(ValueError, match=r"target must lie in 0, 1, \.\.\., 2"):
        objective([Layer(np.eye(3), np.zeros(3))], np.eye(3), np.array([0, 1, -1]))


def test_a_tensor_that_records_its_gradient_is_told_how_to_come():
    class Tensor:
        def __array__(self, *_, **__):
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    with pytest.raises(ValueError, match=r"z must be an array.* after tensor\.detach\(\)"):
        sigmoid(Tensor())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x: background.best_affine_fit(x, x[:, :1]), "x and target must not be so large"),
        (gd.principal_axes, "snapshots must not be so large"),
    ],
)
def test_differences_that_overflow_never_reach_lapack(call, words, rng):
    huge = 1.7e308 * np.sign(rng.standard_normal((20, 3)))
    with pytest.raises(ValueError, match=words):
        call(huge)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: deep_region_bound(10**4, [10**9] * 1000), "300,000 digits"),
        (lambda: predicted_signals("relu", gain=2, depth=10**9), "at most 100,000"),
        (lambda: random_network(10**6, 40, gain=2, rng=np.random.default_rng(0)), "1,000,000,000"),
        (lambda: background.linear_pieces(background.tent_network(30)), "2,000,000 pieces"),
        (lambda: softmax_jacobian(np.zeros((10, 10**5))), "1,000,000,000"),
        (
            lambda: local_affine(
                [Layer(np.ones((2000, 1000)), np.zeros(2000))], np.ones((999, 1000))
            ),
            "1,000,000,000",
        ),
        (
            lambda: background.nearest_rows(np.zeros((10**5, 1)), np.zeros((10**5, 1))),
            r"would need 1e\+10",
        ),
        (
            lambda: background.nearest_rows([[0.0], [1.0]], [[0.2]], 3),
            "k must be at most the 2 training samples",
        ),
        (lambda: legendre_features([0.5], 10**9), "n_features must be an integer of at most"),
        (
            lambda: gd.descend(np.sin, [1.0], gd.gradient_descent(0.1), 10**7),
            "at most 1,000,000, but",
        ),
    ],
)
def test_what_no_machine_finishes_or_nobody_means_is_refused_at_once(call, words):
    with pytest.raises(ValueError, match=words):
        call()
