"""Tests of `mathdl.faq.sparse`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.faq import penalized_minimum, soft_threshold
from mathdl.gradient_descent import descend, gradient_descent
from tests.networks import SEEDS


@pytest.mark.equation("faq-soft-threshold")
@hypothesis.given(st.floats(-5, 5), st.floats(0, 3))
def test_no_other_point_beats_the_soft_threshold(u, tau):
    v = np.linspace(-6, 6, 2001)
    best = float(soft_threshold(u, tau))

    def objective(v):
        return (v - u) ** 2 / 2 + tau * np.abs(v)

    assert objective(best) <= objective(v).min() + 1e-12


@pytest.mark.equation("faq-ista")
def test_proximal_steps_end_at_the_conditions_of_the_minimum_with_zeros_and_slopes_do_not(rng):
    x, truth = rng.normal(size=(50, 20)), np.zeros(20)
    truth[:4] = 3, -2, 1.5, 1
    y = x @ truth + 0.5 * rng.normal(size=50)
    h, c, alpha = x.T @ x / 50, x.T @ y / 50, 0.2
    rate, w = 1 / np.linalg.eigvalsh(h)[-1], np.zeros(20)
    for _ in range(500):
        w = soft_threshold(w - rate * (h @ w - c), rate * alpha)
    on, slope = w != 0, c - h @ w
    assert on.sum() == 5
    np.testing.assert_allclose(slope[on], alpha * np.sign(w[on]), atol=1e-6)
    assert (np.abs(slope[~on]) <= alpha).all()
    rule = gradient_descent(rate)
    plain = descend(lambda w: h @ w - c + alpha * np.sign(w), np.zeros(20), rule, 200)[-1]
    assert (plain == 0).sum() == 0


def test_what_the_soft_threshold_takes_to_zero_has_no_sign():
    assert not np.signbit(soft_threshold([-0.1, -1.0], 1.0)).any()


def test_of_two_stationary_points_on_the_axes_the_lower_one_is_the_l1_minimum():
    """With H m = (4, 6.8) and α = 2 they are (2, 0) and (0, 1.2).

    (w − m)ᵀH(w − m)/2 + α‖w‖₁ is 2 + 4 = 6 at the first and 2.72 + 2.4 = 5.12 at the second,
    though the loss alone is smaller at the first.
    """
    h, m = np.array([[1, 1.7], [1.7, 4]]), np.array([4.0, 0.0])
    np.testing.assert_allclose(penalized_minimum(h, m, 2.0, "L1"), [0, 1.2], atol=1e-12)
    for hessian, words in [([[1, 1], [0, 1]], "symmetric"), ([[1, 0], [0, -1]], "positive")]:
        with pytest.raises(ValueError, match=f"hessian must .* {words}"):
            penalized_minimum(hessian, [0, 0], 1, "L1")


@hypothesis.given(SEEDS, st.floats(0, 3), st.sampled_from(["L1", "L2"]))
def test_no_point_nearby_beats_the_penalized_minimum(seed, alpha, norm):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(2, 2)) + 2 * np.eye(2)
    h, m = root @ root.T + 0.1 * np.eye(2), rng.normal(size=2)

    def objective(w):
        size = np.abs(w).sum(axis=-1) if norm == "L1" else (w**2).sum(axis=-1) / 2
        return np.einsum("...i,ij,...j", w - m, h, w - m) / 2 + alpha * size

    w = penalized_minimum(h, m, alpha, norm)
    around = w + rng.normal(size=(300, 2)) * 10 ** rng.uniform(-4, 0, (300, 1))
    assert objective(w) <= objective(around).min() + 1e-12
