"""The experiments of the outlook."""

import math

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl import outlook
from mathdl.outlook import experiments
from mathdl.outlook.experiments.feature_risks import draw_regression
from mathdl.outlook.experiments.labels import shuffle_labels

# Tests of `mathdl.outlook.experiments.feature_risks`


def test_worlds_of_one_seed_share_their_samples():
    small, large = (draw_regression(p, rng=np.random.default_rng(3)) for p in (5, 9))
    np.testing.assert_array_equal(small.target, large.target)
    np.testing.assert_array_equal(small.test_truth, large.test_truth)
    np.testing.assert_allclose(small.features * math.sqrt(5), large.features[:, :5] * math.sqrt(9))
    assert large.test_features.shape == (500, 9)
    assert experiments.feature_risks([5, 30], n_draws=3).test.shape == (2, 3)


def test_the_error_peaks_where_features_equal_samples():
    sizes = [10, 20, 30, 40, 60, 200, 800]
    risks = experiments.feature_risks(sizes, n_draws=25)
    train, test = (np.median(part, axis=1) for part in risks)
    assert sizes[int(np.argmax(test))] == 40
    assert test[3] > 10 * test[:3].max()
    assert test[-1] < test[:3].min() / 3
    assert (train[:3] > 0.01).all()
    assert (train[3:] < 1e-12).all()


def test_the_fit_has_the_smallest_norm():
    world = draw_regression(50, rng=np.random.default_rng(0))
    theta = outlook.minimum_norm(world.features, world.target)
    miss = world.test_features @ theta - world.test_truth
    risks = experiments.feature_risks([50], n_draws=1)
    assert risks.test[0, 0] == pytest.approx((miss**2).mean())


@pytest.mark.parametrize(
    ("sizes", "n_draws", "words"),
    [([], 1, "must hold at least one"), ([3] * 1000, 10**6, "n_draws and sizes must not ask")],
)
def test_feature_risks_refuse(sizes, n_draws, words):
    with pytest.raises(ValueError, match=words):
        experiments.feature_risks(sizes, n_draws=n_draws)


# Tests of `mathdl.outlook.experiments.labels`


@hypothesis.given(st.integers(0, 2**32 - 1), st.floats(0, 1))
@hypothesis.settings(max_examples=30)
def test_shuffling_keeps_the_counts_and_touches_no_more_than_the_share(seed, share):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, size=37)
    before = labels.copy()
    shuffled = shuffle_labels(labels, share, rng=rng)
    np.testing.assert_array_equal(labels, before)
    np.testing.assert_array_equal(np.sort(shuffled), np.sort(labels))
    assert np.count_nonzero(shuffled != labels) <= round(37 * share)


def test_digits_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="n_samples must be at most 3823"):
        experiments.learn_shuffled(0, seed=0, n_samples=10**6)


def test_a_network_reproduces_labels_without_content_and_learns_nothing_from_them():
    true, shuffled = (experiments.learn_shuffled(share, seed=0) for share in (0, 1))
    assert true.train == 1
    assert shuffled.train > 0.99
    assert true.test > 0.9
    assert shuffled.test < 0.16
    assert experiments.learn_shuffled(0, seed=0, n_samples=3823, n_epochs=1).test > 0.8


@pytest.mark.proof
def test_what_is_said_of_shuffled_labels_holds_of_seeds_never_seen():
    seeds = np.random.SeedSequence().generate_state(10) % 10**9
    for share, least, most in ((0, 0.86, 0.95), (0.5, 0.4, 0.75), (1, 0.06, 0.13)):
        trials = [
            experiments.learn_shuffled(share, seed=int(seed), n_samples=200, n_epochs=60)
            for seed in seeds
        ]
        assert min(trial.train for trial in trials) >= 0.98
        assert least < np.mean([trial.test for trial in trials]) < most
