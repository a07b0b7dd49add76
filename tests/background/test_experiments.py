"""The experiments of the background chapter."""

import datetime

import numpy as np
import pytest

from mathdl.background import (
    TARGETS,
    accuracy,
    enclosed_paper,
    experiments,
    hole_problem,
    spread_network,
)
from mathdl.background.experiments import corners as of_curves
from mathdl.background.experiments import hole_readers, read_digit
from mathdl.background.experiments.starts import descend_all, on_the_way
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward
from mathdl.gradient_descent import adam, train

# The three readers of the background chapter, on digits


PROBLEM = hole_problem(load_digits())


def test_the_readers_are_those_of_the_chapter():
    linear, network = hole_readers()
    scores = forward([linear], PROBLEM.x_test).output
    assert round(accuracy(scores, PROBLEM.y_test), 3) == 0.925
    logits = forward(network, PROBLEM.x_test).output
    assert round(accuracy(logits, PROBLEM.y_test, threshold=0), 3) == 0.972
    assert hole_readers() is hole_readers()


@pytest.mark.parametrize("index", [0, 480, 1280])
def test_a_reading_is_what_the_kernels_say(index):
    image = PROBLEM.x_test[index]
    reading = read_digit(image)
    linear, network = hole_readers()
    np.testing.assert_array_equal(reading.enclosed, enclosed_paper(image[None])[0])
    assert reading.score == pytest.approx(linear.weights[0] @ image + linear.bias[0])
    hidden = np.maximum(network[0].weights @ image + network[0].bias, 0)
    np.testing.assert_allclose(reading.activations, hidden, atol=1e-12)
    logit = reading.votes.sum() + network[1].bias[0]
    assert reading.probability == pytest.approx(1 / (1 + np.exp(-logit)))


# Many starts at a time: the same as one by one, and what they show of eight waves


WAVE = TARGETS["eight waves"].function
GRID = np.linspace(0, 1, 129)[:, None]

WEEK = int(datetime.date.today().strftime("%G%V"))
THIS_WEEK = range(1000 * WEEK, 1000 * WEEK + 20)
"""Seeds that no one has tried before."""


def starts(seeds=range(7)):
    return [tuple(spread_network(64, rng=np.random.default_rng(seed))) for seed in seeds]


def nudged(networks, seed=0):
    """Change each tenth digit, as a machine does that rounds differently."""
    rng = np.random.default_rng(seed)
    return [
        tuple(
            Layer(
                layer.weights * (1 + 1e-10 * rng.standard_normal(layer.weights.shape)),
                layer.bias * (1 + 1e-10 * rng.standard_normal(layer.bias.shape)),
                layer.activation,
            )
            for layer in network
        )
        for network in networks
    ]


@pytest.mark.parametrize("seed", [0, 3])
def test_starts_side_by_side_end_where_each_ends_alone(seed):
    begin = [tuple(spread_network(8, rng=np.random.default_rng(each))) for each in range(4)]
    together = experiments.descend_all(begin, GRID, WAVE(GRID), 2000, 0.01)[seed]
    alone = train(
        begin[seed],
        GRID,
        WAVE(GRID),
        loss="mean_squared_error",
        optimizer=adam(0.01),
        n_epochs=2000,
        batch_size=len(GRID),
        rng=np.random.default_rng(seed),
    ).layers
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one.weights, other.weights, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(one.bias, other.bias, rtol=1e-6, atol=1e-8)


def test_errors_on_the_way_are_those_of_a_descent():
    begin = starts([0, 1])
    errors = on_the_way(begin, GRID, WAVE(GRID), (3, 20), 0.01)
    for row, n_steps in enumerate((3, 20)):
        found = experiments.descend_all(begin, GRID, WAVE(GRID), n_steps, 0.01)
        misses = [np.sqrt(np.mean((forward(net, GRID).output - WAVE(GRID)) ** 2)) for net in found]
        np.testing.assert_allclose(errors[row], misses)


def test_the_first_errors_and_how_many_come_close_are_those_that_are_written_down():
    for rate, written in experiments.SLOWNESS.items():
        errors = on_the_way(starts(), GRID, WAVE(GRID), experiments.STEPS[:2], rate)
        np.testing.assert_allclose(np.median(errors, axis=1), written[:2], atol=6e-4)
    assert experiments.ended_close(range(200), 400) == experiments.ENDED_CLOSE[400]
    assert experiments.ended_close([], 400) == 0


@pytest.mark.proof
@pytest.mark.parametrize("rate", experiments.SLOWNESS)
def test_all_errors_are_those_that_are_written_down(rate):
    """However the machine rounds."""
    begin, written = starts(), experiments.SLOWNESS[rate]
    errors = on_the_way(
        begin + nudged(begin), GRID, WAVE(GRID), experiments.STEPS[: len(written)], rate
    )
    for each in np.split(errors, 2, axis=1):
        np.testing.assert_allclose(np.median(each, axis=1), written, atol=0.002)
        if rate < 0.002:
            assert np.ptp(np.log2(each[-1])) > 2  # far apart


@pytest.mark.proof
@pytest.mark.parametrize(("rate", "error"), [(0.03, 0.5), (0.1, 0.6)])
def test_larger_rates_are_no_faster_and_depend_on_rounding(rate, error):
    begin = starts()
    others = [net for seed in range(5) for net in nudged(begin, seed)]
    (errors,) = on_the_way(begin + others, GRID, WAVE(GRID), (2000,), rate)
    one, *others = np.split(errors, 6)
    assert {np.median(each).round(1) for each in (one, *others)} == {error}
    assert np.abs(np.array(others) - one).max() > 0.01


@pytest.mark.proof
@pytest.mark.parametrize("rate", [*experiments.SLOWNESS, 0.03, 0.1])
def test_fresh_starts_are_as_slow(rate):
    errors = on_the_way(starts(THIS_WEEK), GRID, WAVE(GRID), (2000,), rate)[0]
    assert 0.45 < np.median(errors) < 0.7
    assert errors.min() > 0.35


@pytest.mark.proof
def test_patience_helps_most_starts_of_eight_units_and_not_all():
    assert (
        round(experiments.ended_close(range(200), 20_000), -1) == experiments.ENDED_CLOSE[20_000]
    )
    fresh = range(THIS_WEEK[0], THIS_WEEK[0] + 200)
    assert 40 < experiments.ended_close(fresh, 400) < 100
    assert 115 < experiments.ended_close(fresh, 20_000) < 165


def test_what_the_page_trains_is_what_the_library_does():
    x = of_curves.SAMPLES[:, None]
    wanted = of_curves.heights(of_curves.corner_points(*of_curves.CORNERS))
    _, errors = of_curves.learned(wanted, 2)
    begun = spread_network(8, rng=np.random.default_rng(1))
    for n_steps in (10, of_curves.N_STEPS):
        (net,) = descend_all([begun], x, wanted[:, None], n_steps, of_curves.RATE)
        error = np.mean((forward(net, x).output[:, 0] - wanted) ** 2)
        np.testing.assert_allclose(errors[n_steps // of_curves.EVERY], error)
