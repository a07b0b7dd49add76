"""Tests of `mathdl.outlook.experiments.labels`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.outlook import experiments


@hypothesis.given(st.integers(0, 2**32 - 1), st.floats(0, 1))
@hypothesis.settings(max_examples=30)
def test_shuffling_keeps_the_counts_and_touches_no_more_than_the_share(seed, share):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, size=37)
    before = labels.copy()
    shuffled = experiments.shuffle_labels(labels, share, rng=rng)
    np.testing.assert_array_equal(labels, before)
    np.testing.assert_array_equal(np.sort(shuffled), np.sort(labels))
    assert np.count_nonzero(shuffled != labels) <= round(37 * share)


def test_labels_and_digits_that_are_not_there_are_refused(rng):
    with pytest.raises(ValueError, match=r"labels must lie in 0, 1, \.\.\., 2 "):
        experiments.shuffle_labels([-1, 2], 0.5, rng=rng)
    with pytest.raises(ValueError, match="n_samples must be at most 3823"):
        experiments.learn_shuffled(0, seed=0, n_samples=10**6)


def test_a_network_reproduces_labels_without_content_and_learns_nothing_from_them():
    true, shuffled = (experiments.learn_shuffled(share, seed=0) for share in (0, 1))
    assert true.train[-1] == 1
    assert shuffled.train[-1] > 0.99
    assert true.test > 0.9
    assert shuffled.test < 0.16
    assert np.argmax(true.train >= 0.99) < np.argmax(shuffled.train >= 0.99)
    assert true.train.shape == (120,)
    assert experiments.learn_shuffled(0, seed=0, n_samples=3823, n_epochs=1).test > 0.8
    diverged = experiments.learn_shuffled(0, seed=0, n_samples=10, n_epochs=1, rate=1e200)
    assert diverged.test < 0.2


@pytest.mark.proof
def test_what_is_said_of_shuffled_labels_holds_of_seeds_never_seen():
    seeds = np.random.SeedSequence().generate_state(10) % 10**9
    for share, least, most in ((0, 0.86, 0.95), (0.5, 0.4, 0.75), (1, 0.06, 0.13)):
        trials = [
            experiments.learn_shuffled(share, seed=int(seed), n_samples=200, n_epochs=60)
            for seed in seeds
        ]
        assert min(trial.train[-1] for trial in trials) >= 0.98
        assert least < np.mean([trial.test for trial in trials]) < most
