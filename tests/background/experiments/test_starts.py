"""Many starts at a time: the same as one by one, and what they show of eight waves."""

import numpy as np
import pytest

from mathdl.background import TARGETS, best_affine_fit, hat_network, spread_network, sup_error
from mathdl.background.experiments import (
    culprits,
    fed_with_waves,
    learned_curves,
    train_on_curve,
)
from mathdl.background.experiments.starts import GRID, N_STARTS, descend_all
from mathdl.forward import forward

WAVE = TARGETS["eight waves"].function


def starts(seeds=range(N_STARTS)):
    return [tuple(spread_network(64, rng=np.random.default_rng(seed))) for seed in seeds]


@pytest.mark.parametrize("seed", [0, 3])
def test_starts_side_by_side_end_where_each_ends_alone(seed):
    alone = train_on_curve(WAVE, 8, rng=np.random.default_rng(seed))
    together = learned_curves("eight waves", 8)[seed]
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one.weights, other.weights, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(one.bias, other.bias, rtol=1e-6, atol=1e-8)


def test_a_hidden_layer_that_stays_stays():
    before = starts()[:1]
    ((hidden, _),) = descend_all(before, GRID, WAVE(GRID), 3, hidden_too=False)
    np.testing.assert_array_equal(hidden.weights, before[0][0].weights)
    np.testing.assert_array_equal(hidden.bias, before[0][0].bias)


@pytest.mark.proof
@pytest.mark.parametrize(
    ("n_steps", "rate"), [(2000, 0.001), (2000, 0.003), (2000, 0.03), (2000, 0.1), (20_000, 0.01)]
)
def test_no_start_finds_eight_waves_at_other_rates_or_with_more_steps(n_steps, rate):
    found = descend_all(starts(), GRID, WAVE(GRID), n_steps, rate)
    assert min(sup_error(network, WAVE) for network in found) > 0.85


@pytest.mark.proof
def test_small_steps_and_patience_together_help_some_starts():
    for seeds in (range(N_STARTS), range(200, 207)):
        found = descend_all(starts(seeds), GRID, WAVE(GRID), 20_000, 0.001)
        errors = np.array([sup_error(network, WAVE) for network in found])
        assert 0 < np.sum(errors < 0.85) < len(errors)
        assert errors.min() > 0.0704


@pytest.mark.proof
def test_other_starts_do_not_find_eight_waves_either():
    for rate in (0.001, 0.01, 0.1):
        found = descend_all(starts(range(200, 220)), GRID, WAVE(GRID), 2000, rate)
        assert min(sup_error(network, WAVE) for network in found) > 0.85


def test_the_read_out_that_draws_eight_waves_is_large_and_changes_sign_with_them():
    knots = np.linspace(0, 1, 65)
    read_out = hat_network(knots, WAVE(knots))[1].weights[0]
    signs = np.sign(read_out[np.abs(read_out) > 1e-9])
    assert np.sum(signs[1:] != signs[:-1]) == 16
    assert np.abs(read_out).max() > 25


def test_the_read_out_is_slower_than_the_knots_are_bad():
    told = culprits()
    assert max(told.knots) < min(told.trained) < max(told.trained) < min(told.readout) + 0.01
    assert told.possible < min(told.knots)
    knots = np.linspace(0, 1, 65)
    h = forward(hat_network(knots, WAVE(knots))[:1], GRID).output
    best = forward([best_affine_fit(h, WAVE(GRID))], h).output
    assert told.possible == pytest.approx(np.sqrt(np.mean((best - WAVE(GRID)) ** 2)))


def test_slow_waves_help_every_start():
    alone, fed = fed_with_waves(()), fed_with_waves()
    assert (len(alone), len(fed)) == (N_STARTS, N_STARTS)
    assert max(fed) < 0.12
    assert min(alone) > 1
