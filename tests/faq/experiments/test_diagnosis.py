"""Tests of `mathdl.faq.experiments.diagnosis`: each fault shows its signs, whatever the seed."""

import numpy as np
import pytest

from mathdl.faq.experiments import FAULTS, Loop, follow

GUESS = np.log(10)
SEEDS = range(5)


def seen(fault, seed):
    loop = FAULTS[fault] if fault else Loop()
    return follow(loop, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sound_training_shows_none_of_the_signs(seed):
    losses, held, train, test = seen("", seed)
    assert abs(losses[0] - GUESS) < 1
    assert losses.max() < 2 * GUESS
    assert losses[-6:].mean() < 0.1
    assert held[-1] < 0.6
    assert train < 0.02
    assert test < 0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_each_fault_shows_its_sign(seed):
    sound = seen("", seed)

    low = seen("rate too low", seed).batch_losses
    assert 1 < low[-6:].mean() < low[-66:-60].mean() - 0.05

    high = seen("rate too high", seed)
    assert high.batch_losses[-60:].mean() > 0.8
    assert np.ptp(high.batch_losses[-60:]) > 0.5

    zero = seen("initial weights all 0", seed).batch_losses
    assert zero[0] == pytest.approx(GUESS)
    assert abs(zero - GUESS).max() < 0.1

    large = seen("initial weights large", seed)
    assert large.batch_losses[0] > 20 * GUESS

    mixed = seen("labels out of order", seed)
    assert mixed.held_out_losses[-1] > mixed.held_out_losses[6] + 0.3
    assert mixed.batch_losses[-6:].mean() < mixed.batch_losses[:6].mean() - 0.3

    summed = seen("gradients never reset", seed)
    assert summed.batch_losses[-60:].min() > 5 * GUESS
    assert summed.held_out_losses[-1] > 10 * GUESS

    overfitted = seen("overfitting", seed)
    assert overfitted.batch_losses[-6:].mean() < 0.1
    assert overfitted.held_out_losses[-1] > overfitted.held_out_losses.min() + 0.3

    scaled = seen("held-out not scaled", seed)
    np.testing.assert_array_equal(scaled.batch_losses, sound.batch_losses)
    assert scaled.held_out_losses[0] > 5 * GUESS

    strong = seen("penalty too strong", seed)
    assert strong.batch_losses[-60:].mean() > 1
    assert np.ptp(strong.held_out_losses[-10:]) < 0.1
    assert abs(strong.batch_losses[-60:].mean() - strong.held_out_losses[-1]) < 0.1


def test_batches_that_are_never_shuffled_rise_and_fall_once_in_an_epoch():
    def period(losses):  # how alike are epochs, place by place
        epochs = losses[30:].reshape(-1, 6)
        return epochs.mean(axis=0).std() / losses[30:].std()

    for seed in SEEDS:
        assert period(seen("never shuffled", seed).batch_losses) > period(
            seen("", seed).batch_losses
        )
