"""The trainings of the chapter on the forward pass."""

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.forward import Layer
from mathdl.forward.experiments import deep_accuracies
from mathdl.forward.experiments.deep import WAYS, _gradients, _passed
from mathdl.gradient_descent import accuracy, adam, momentum, train

# Tests of `mathdl.forward.experiments`


def test_a_shallow_network_learns_from_any_usual_gain_and_a_deep_one_from_he_s():
    accuracies = deep_accuracies(2, [1.0, 2.0, 4.0], [1e-2], [0, 1], n_epochs=5)
    assert accuracies.shape == (3, 1, 2)
    assert (accuracies > 0.8).all()
    accuracies = deep_accuracies(30, [1.0, 2.0, 4.0], [1e-3], [0, 1], n_epochs=6)[:, 0]
    assert (accuracies[0] < 0.2).all()
    assert (accuracies[1] > 0.25).all()
    assert np.isnan(accuracies[2]).all()


def test_a_training_depends_on_its_seed_alone_even_beside_one_that_overflows():
    settings = {"gains": [2.0], "rates": [1e-3], "n_epochs": 1}
    first, second, again = deep_accuracies(2, seeds=[3, 4, 3], **settings)[0, 0]
    assert first == again != second
    assert deep_accuracies(2, seeds=[4], **settings)[0, 0, 0] == second
    alone = deep_accuracies(30, [2.0], [1e-3], [0], n_epochs=2)[0, 0, 0]
    overflown, beside = deep_accuracies(30, [4.0, 2.0], [1e-3], [0], n_epochs=2)[:, 0, 0]
    assert np.isnan(overflown)
    assert beside == pytest.approx(alone, abs=0.02)


@pytest.mark.parametrize(("way", "optimizer"), [("plain", momentum(0.01)), ("adam", adam(0.001))])
def test_a_training_is_that_of_train(way, optimizer):
    digits, rng = load_digits(), np.random.default_rng(5)
    x = digits.x_train[:1000].astype(np.float32)
    scales = [np.sqrt(2 / 64)] * 2 + [1 / 8]
    layers = [
        Layer(
            (scale * rng.standard_normal((n_out, 64))).astype(np.float32),
            np.zeros(n_out, np.float32),
            activation,
        )
        for scale, n_out, activation in zip(
            scales, (64, 64, 10), ("relu", "relu", "identity"), strict=True
        )
    ]
    trained = train(
        layers, x, digits.y_train[:1000], loss="cross_entropy", optimizer=optimizer,
        n_epochs=2, batch_size=32, rng=rng,
    ).layers  # fmt: skip
    rate = {"plain": 0.01, "adam": 0.001}[way]
    found = deep_accuracies(2, [2.0], [rate], [5], n_epochs=2, way=way)[0, 0, 0]
    assert found == pytest.approx(accuracy(trained, digits.x_test, digits.y_test), abs=0.002)


@pytest.mark.parametrize("way", WAYS)
def test_gradients_are_those_of_differences(way, rng):
    layers = [(rng.standard_normal((2, n, 5)), rng.standard_normal((2, 1, n))) for n in (5, 5, 3)]
    x, upstream = rng.standard_normal((4, 5)), rng.standard_normal((2, 4, 3))

    def loss(moved):
        return (_passed(moved, x, way)[2] * upstream).sum()

    *passed, _ = _passed(layers, x, way)
    for place, parts in enumerate(_gradients(layers, *passed, upstream, way)):
        for part, gradient in enumerate(parts):
            direction = rng.standard_normal(gradient.shape)
            ends = []
            for h in (1e-6, -1e-6):
                moved = [list(each) for each in layers]
                moved[place][part] = moved[place][part] + h * direction
                ends.append(loss(moved))
            slope = (ends[0] - ends[1]) / 2e-6
            assert (gradient * direction).sum() == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_normalisation_cancels_the_gain():
    settings = {"gains": [1.0, 4.0], "rates": [1e-9], "seeds": [0], "n_epochs": 1}
    less, more = deep_accuracies(3, way="normalised", **settings)[:, 0, 0]
    assert less == pytest.approx(more, abs=0.005)
    less, more = deep_accuracies(3, way="residual", **settings)[:, 0, 0]
    assert less != pytest.approx(more, abs=0.005)


@pytest.mark.proof
def test_what_the_chapter_says_of_deep_trainings_holds_for_fresh_seeds():
    seeds = np.random.SeedSequence().generate_state(12) % 10**9
    print("seeds", seeds.tolist())  # shown if the test fails
    seeds = [int(seed) for seed in seeds]
    right = {
        way: deep_accuracies(30, [1, 2, 4], [rate], seeds, way=way)[:, 0]
        for way, rate in zip(WAYS, (1e-3, 1e-3, 1e-3, 1e-2), strict=True)
    }
    shallow = deep_accuracies(2, [1, 2, 4], [1e-1], seeds)[:, 0]
    assert np.median(shallow, axis=1).min() > 0.88
    assert (shallow > 0.8).sum() >= 35
    one, he, four = right["plain"]
    assert (one < 0.2).sum() >= 11
    assert ((he > 0.2) & (he < 0.6)).sum() >= 11
    assert np.isnan(four).sum() >= 11
    one, he, four = np.median(right["adam"], axis=1)
    assert one < 0.4
    assert four < 0.4
    assert he > 0.45
    middle = np.median(right["normalised"], axis=1)
    assert 0.3 < middle.min() < middle.max() < 0.6
    assert (right["residual"][:2] > 0.85).sum() >= 23
    assert ((right["residual"][2] > 0.55) & (right["residual"][2] < 0.92)).sum() >= 11
