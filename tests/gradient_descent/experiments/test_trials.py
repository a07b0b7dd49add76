"""Tests of `mathdl.gradient_descent.experiments.trials`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.forward import initialize
from mathdl.gradient_descent import experiments


def test_digits_errors_depend_on_the_seed_alone_and_are_a_u():
    errors = experiments.digits_errors([0.1], [3, 4, 3], n_epochs=1, n_jobs=1)[0]
    assert errors[0] == errors[2] != errors[1]
    assert experiments.digits_errors([0.1], [4], n_epochs=1, n_jobs=1)[0, 0] == errors[1]
    errors = experiments.digits_errors([1e-4, 0.1, 100.0], [0, 1], n_epochs=1, n_jobs=1)
    assert errors.shape == (3, 2)
    assert (errors[1] < 20).all()
    assert (errors[0] > 2 * errors[1]).all()
    assert (errors[2] > 80).all()


def test_digits_errors_are_those_of_trainings_in_batches_of_32():
    digits, rng = load_digits(), np.random.default_rng(3)
    layers = gd.train(
        initialize(experiments.DIGITS_SIZES, rng=rng),
        digits.x_train,
        digits.y_train,
        loss="cross_entropy",
        optimizer=gd.gradient_descent(0.05),
        n_epochs=1,
        batch_size=32,
        rng=rng,
    ).layers
    wrong = 1 - gd.accuracy(layers, digits.x_test, digits.y_test)
    found = experiments.digits_errors([0.05], [3], n_epochs=1, n_jobs=1)
    assert found[0, 0] == pytest.approx(100 * wrong)
