"""Tests of `mathdl.gradient_descent.theory`."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mathdl import gradient_descent as gd
from tests.gradient_descent.problems import CURVATURE, heavy_ball_matrix
from tests.networks import SEEDS


def random_bowl(rng, dimension=4, smallest=0.5, largest=20.0):
    """A quadratic with given extreme curvatures, random others, axes and minimum."""
    axes, _ = np.linalg.qr(rng.standard_normal((dimension, dimension)))
    curvatures = np.concatenate(
        [[smallest, largest], rng.uniform(smallest, largest, dimension - 2)]
    )
    hessian = axes @ np.diag(curvatures) @ axes.T
    return gd.quadratic((hessian + hessian.T) / 2, rng.standard_normal(dimension))


@pytest.mark.equation("gradient-descent-factor")
@settings(max_examples=25)
@given(seed=SEEDS, share=st.floats(0.05, 1.2))
def test_no_step_contracts_less_than_the_factor_and_the_worst_start_meets_it(seed, share):
    bowl = random_bowl(np.random.default_rng(seed))
    rate = share * gd.largest_stable_rate(20.0)
    factor = gd.contraction_factor(rate, 0.5, 20.0)
    curvatures, axes = np.linalg.eigh(bowl.hessian(bowl.minima[0]))
    starts = bowl.minima[0] + axes.T
    path = gd.descend(bowl.gradient, starts, gd.gradient_descent(rate), 1)
    shrunk = np.linalg.norm(path[1] - bowl.minima[0], axis=-1)
    np.testing.assert_allclose(shrunk, abs(1 - rate * curvatures), atol=1e-9)
    assert shrunk.max() == pytest.approx(factor)


@pytest.mark.equation("gradient-descent-best-rate")
@given(smallest=CURVATURE, kappa=st.floats(1, 1e4), other=st.floats(0.01, 0.99))
def test_no_rate_beats_the_best(smallest, kappa, other):
    largest = kappa * smallest
    best = gd.contraction_factor(gd.best_rate(smallest, largest), smallest, largest)
    assert best == pytest.approx((kappa - 1) / (kappa + 1), abs=1e-12)
    elsewhere = other * gd.largest_stable_rate(largest)
    assert gd.contraction_factor(elsewhere, smallest, largest) >= best - 1e-12


@pytest.mark.equation("gradient-descent-error")
@pytest.mark.equation("gradient-descent-modes")
@settings(max_examples=25)
@given(seed=SEEDS)
def test_each_eigenmode_shrinks_at_its_own_rate(seed):
    rng = np.random.default_rng(seed)
    bowl = random_bowl(rng)
    hessian, minimum, rate = bowl.hessian(bowl.minima[0]), bowl.minima[0], 0.07
    path = gd.descend(bowl.gradient, rng.standard_normal((3, 4)), gd.gradient_descent(rate), 12)
    modes = gd.eigenmodes(path, hessian, minimum)
    powers = (1 - rate * modes.curvatures) ** np.arange(13)[:, None, None]
    np.testing.assert_allclose(modes.errors, powers * modes.errors[0], atol=1e-9)
    heights = (modes.curvatures * modes.errors**2 / 2).sum(axis=-1)
    np.testing.assert_allclose(heights, bowl.value(path), rtol=1e-9)


def nesterov_matrix(rate, decay, curvature):
    """One step of (θ, v), written out from v ← βv + λθ, θ ← θ − η(λθ + βv)."""
    return np.array([[1 - rate * curvature * (1 + decay), -rate * decay**2], [curvature, decay]])


@pytest.mark.equation("gradient-descent-characteristic")
@pytest.mark.equation("gradient-descent-nesterov-modes")
@pytest.mark.parametrize(
    ("radius", "matrix"),
    [(gd.heavy_ball_radius, heavy_ball_matrix), (gd.nesterov_radius, nesterov_matrix)],
    ids=["heavy_ball", "nesterov"],
)
@given(rate=st.floats(1e-3, 10), decay=st.floats(0, 0.999), curvature=CURVATURE)
def test_radius_is_that_of_the_steps_matrix(radius, matrix, rate, decay, curvature):
    eigenvalues = np.linalg.eigvals(matrix(rate, decay, curvature))
    # Near a double root an error of 1e-16 in the coefficients moves the roots by 1e-8.
    assert radius(rate, decay, curvature) == pytest.approx(abs(eigenvalues).max(), rel=1e-6)


@pytest.mark.equation("gradient-descent-sqrt-beta")
@given(decay=st.floats(0.01, 0.99), place=st.floats(0.01, 0.99), curvature=CURVATURE)
def test_complex_roots_have_modulus_root_beta(decay, place, curvature):
    # Complex where (1 + β − ηλ)² < 4β, that is between (1 ± √β)².
    low, high = (1 - decay**0.5) ** 2, (1 + decay**0.5) ** 2
    rate = (low + place * (high - low)) / curvature
    assert gd.heavy_ball_radius(rate, decay, curvature) == pytest.approx(decay**0.5, rel=1e-6)


@pytest.mark.equation("gradient-descent-stability")
@pytest.mark.equation("gradient-descent-ball-stability")
@given(decay=st.floats(0, 0.99), curvature=CURVATURE, gap=st.floats(1e-3, 0.5))
def test_heavy_ball_is_stable_exactly_below_its_limit(decay, curvature, gap):
    limit = gd.largest_stable_rate(curvature, decay=decay)
    assert limit == pytest.approx(2 * (1 + decay) / curvature)
    assert gd.heavy_ball_radius((1 - gap) * limit, decay, curvature) < 1
    assert gd.heavy_ball_radius((1 + gap) * limit, decay, curvature) > 1


@pytest.mark.equation("gradient-descent-tuned-ball")
@given(kappa=st.floats(1.1, 1e3), rate=st.floats(0.01, 3.9), decay=st.floats(0, 0.999))
def test_no_heavy_ball_beats_the_tuned_one(kappa, rate, decay):
    ends = np.array([1.0, kappa])
    best = gd.heavy_ball_radius(*gd.tuned_heavy_ball(1.0, kappa), ends).max()
    assert best == pytest.approx((kappa**0.5 - 1) / (kappa**0.5 + 1), rel=1e-5, abs=1e-7)
    assert gd.heavy_ball_radius(rate / kappa, decay, ends).max() >= best - 1e-6


@settings(max_examples=25)
@given(seed=SEEDS, rate=st.floats(0.01, 0.19), decay=st.floats(0, 0.95))
def test_descents_shrink_at_the_predicted_radius(seed, rate, decay):
    rng = np.random.default_rng(seed)
    bowl = random_bowl(rng, largest=10.0)
    curvatures = np.linalg.eigvalsh(bowl.hessian(bowl.minima[0]))
    for rule, radius_of in [
        (gd.momentum, gd.heavy_ball_radius),
        (gd.nesterov, gd.nesterov_radius),
    ]:
        radius = radius_of(rate, decay, curvatures).max()
        # Otherwise rounding is reached before the second half.
        assume(radius > 0.86)
        path = gd.descend(bowl.gradient, rng.standard_normal(4), rule(rate, decay), 200)
        # Rotating phases and double roots leave a constant, whose 100th root is within 4 %.
        first, last = np.linalg.norm(path[[100, 200]] - bowl.minima[0], axis=-1)
        measured = (last / first) ** (1 / 100)
        assert measured == pytest.approx(radius, rel=0.04)


def test_radii_of_a_plane_and_modes_of_a_diverged_path():
    rates, decays = np.linspace(0.1, 3, 5)[:, None], np.linspace(0, 0.9, 4)
    plane = gd.heavy_ball_radius(rates, decays, 1.0)
    assert plane.shape == (5, 4)
    assert plane[3, 2] == gd.heavy_ball_radius(rates[3, 0], decays[2], 1.0)
    modes = gd.eigenmodes([[np.inf, 0.0], [1.0, 2.0]], np.diag([1.0, 4.0]), [0.0, 0.0])
    assert not np.isfinite(modes.errors[0]).all()
    np.testing.assert_array_equal(abs(modes.errors[1]), [1, 2])


def test_what_theory_says_nothing_of_is_refused():
    with pytest.raises(ValueError, match="hessian must be symmetric"):
        gd.eigenmodes([[1.0, 2.0]], [[1.0, 2.0], [0.0, 1.0]], [0.0, 0.0])
    for function in (gd.best_rate, gd.tuned_heavy_ball, partial(gd.contraction_factor, 0.1)):
        with pytest.raises(ValueError, match="smallest_curvature must not exceed largest"):
            function(2.0, 1.0)
