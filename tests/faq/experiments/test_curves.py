"""Tests of `mathdl.faq.experiments.curves`."""

import numpy as np
import pytest

from mathdl.faq import legendre
from mathdl.faq.experiments import (
    REMEDIES,
    CurveFit,
    curve_errors,
    remedy_errors,
    sample_curve,
    wave,
)
from mathdl.faq.experiments.curves import fitted_weights


def test_a_curve_needs_more_samples_than_its_degree():
    assert CurveFit(n_samples=16).degree == 15
    with pytest.raises(ValueError, match="n_samples must be an integer of at least 16"):
        CurveFit(n_samples=15)


def test_sampling_a_curve(rng):
    x, y = sample_curve(5, 0, rng=rng)
    np.testing.assert_allclose(y, wave(x))
    assert sample_curve(2, 0, rng=rng)[0].tolist() == [-1, 1]


@pytest.mark.parametrize(
    "fit", [CurveFit(degree=3), CurveFit(penalty=0.1), CurveFit(n_samples=25, keep_rate=0.9)]
)
def test_errors_of_a_curve_are_medians_over_draws_of_root_mean_squares(fit):
    places, found = np.linspace(-1, 1, 201), []
    for seed in range(40):
        x, y = sample_curve(fit.n_samples, 0.2, rng=np.random.default_rng(seed))
        w = fitted_weights(fit, x, y)
        seen, unseen = legendre(x, fit.degree) @ w - y, legendre(places, fit.degree) @ w
        found.append([np.sqrt(np.mean(e**2)) for e in (seen, unseen - wave(places))])
    errors = curve_errors(fit, 0.2)
    np.testing.assert_allclose([errors.train, errors.test], np.median(found, axis=0))


@pytest.mark.parametrize("noise", [0.03, 0.1, 0.3])
def test_every_remedy_helps_and_all_but_data_can_be_overdone(noise):
    for remedy in REMEDIES:
        errors = remedy_errors(remedy, noise)
        test = [each.test for each in errors]
        assert min(test) < test[0]
        assert (np.argmin(test) == 8) == (remedy == "data")
        assert errors[8].train > errors[0].train
        assert test[8] > min(test) or remedy == "data"
