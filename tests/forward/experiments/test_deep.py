"""Tests of `mathdl.forward.experiments`."""

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.forward import Layer
from mathdl.forward.experiments import deep_accuracies
from mathdl.gradient_descent import accuracy, momentum, train


def test_a_shallow_network_learns_from_any_usual_gain():
    accuracies = deep_accuracies(2, [1.0, 2.0, 4.0], [1e-2], [0, 1], n_epochs=5)
    assert accuracies.shape == (3, 1, 2)
    assert (accuracies > 0.8).all()


def test_a_deep_network_learns_with_he_stands_still_with_less_and_overflows_with_more():
    accuracies = deep_accuracies(30, [1.0, 2.0, 4.0], [1e-3], [0, 1], n_epochs=6)[:, 0]
    assert (accuracies[0] < 0.2).all()
    assert (accuracies[1] > 0.25).all()
    assert np.isnan(accuracies[2]).all()


def test_a_training_depends_on_its_seed_alone():
    settings = {"gains": [2.0], "rates": [1e-3], "n_epochs": 1}
    first, second, again = deep_accuracies(2, seeds=[3, 4, 3], **settings)[0, 0]
    assert first == again != second
    assert deep_accuracies(2, seeds=[4], **settings)[0, 0, 0] == second


def test_a_training_does_not_know_of_those_beside_it_one_of_which_overflows():
    alone = deep_accuracies(30, [2.0], [1e-3], [0], n_epochs=2)[0, 0, 0]
    overflown, beside = deep_accuracies(30, [4.0, 2.0], [1e-3], [0], n_epochs=2)[:, 0, 0]
    assert np.isnan(overflown)
    assert beside == pytest.approx(alone, abs=0.02)


def test_a_training_is_that_of_train():
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
        layers, x, digits.y_train[:1000], loss="cross_entropy", optimizer=momentum(0.01),
        n_epochs=2, batch_size=32, rng=rng,
    ).layers  # fmt: skip
    found = deep_accuracies(2, [2.0], [0.01], [5], n_epochs=2)[0, 0, 0]
    assert found == pytest.approx(accuracy(trained, digits.x_test, digits.y_test), abs=0.002)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gains": [0.0]}, "gains must lie in"),
        ({"rates": [-1.0]}, "rates must be greater than 0"),
        ({"seeds": []}, "seeds must"),
        ({"n_hidden": 0}, "n_hidden must"),
    ],
)
def test_what_cannot_be_meant_is_refused(change, words):
    given = {"n_hidden": 1, "gains": [1.0], "rates": [0.1], "seeds": [0]} | change
    with pytest.raises(ValueError, match=words):
        deep_accuracies(**given)
