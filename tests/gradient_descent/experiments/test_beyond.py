"""Networks beyond the border: what a few starts show, and whether fresh starts show it too."""

import datetime

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.forward import initialize
from mathdl.gradient_descent.experiments.beyond import BEYOND, FAR_BEYOND, losses_beyond

WEEK = int(datetime.date.today().strftime("%G%V"))
THIS_WEEK = range(1000 * WEEK, 1000 * WEEK + 20)
"""Seeds that no one has tried before."""


def beyond(seeds, share):
    losses = np.array([losses_beyond(seed, share) for seed in seeds])
    return (np.diff(losses) > 0).any(axis=1).sum(), (losses[:, -1] < 0.1).sum()


def far_beyond(seeds, warm_up):
    runs = [losses_beyond(seed, 5, n_steps=300, warm_up=warm_up) for seed in seeds]
    ends = np.array(runs)[:, -20:].mean(axis=1)
    return (ends > np.log(10)).sum(), (ends < 0.3).sum()


def test_the_losses_are_those_of_plain_descent_at_a_multiple_of_the_border():
    digits = load_digits()
    few = digits.x_train[:500], digits.y_train[:500]
    start = initialize([64, 32, 10], hidden="tanh", scheme="glorot", rng=np.random.default_rng(3))
    curvature = gd.sharpness(start, *few, "cross_entropy", rng=np.random.default_rng(0))
    run = gd.train(
        start,
        *few,
        loss="cross_entropy",
        n_epochs=5,
        batch_size=500,
        optimizer=gd.gradient_descent(3 / curvature),
        rng=np.random.default_rng(1),
    )
    # Another order of the digits in their one batch: another rounding.
    np.testing.assert_allclose(losses_beyond(3, 1.5, n_steps=5), run.batch_losses, rtol=1e-4)
    warm = losses_beyond(3, 1.5, n_steps=2, warm_up=10**6)
    assert warm[1] == pytest.approx(warm[0], rel=1e-4)


def test_two_starts_at_three_borders_jump_and_train():
    assert beyond(range(2), 3.0) == (2, 2)


@pytest.mark.proof
def test_twenty_starts_do_what_is_written_down():
    for share, (rises, trained) in BEYOND.items():
        found = beyond(range(20), share)
        assert found[0] == rises
        # At three borders, rounding decides where one of them ends.
        assert abs(found[1] - trained) <= (share == 3.0)
    for warm_up, written in FAR_BEYOND.items():
        assert abs(np.subtract(far_beyond(range(20), warm_up), written)).max() <= 3


@pytest.mark.proof
def test_fresh_starts_do_so_too():
    rises, trained = beyond(THIS_WEEK, 1.5)
    assert rises <= 10
    assert trained == 20
    rises, trained = beyond(THIS_WEEK, 3.0)
    assert rises == 20
    assert trained >= 12
    lost, low = zip(*(far_beyond(THIS_WEEK, warm_up) for warm_up in (0, 100)), strict=True)
    assert lost[0] > 10
    assert low[1] > 10
