"""Tests of `mathdl.experiments.gradient_descent.trials`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.datasets import load_digits
from mathdl.experiments import gradient_descent as experiments
from mathdl.forward import initialize


@pytest.mark.parametrize("rule", gd.OPTIMIZERS.values())
def test_lowest_loss_is_that_of_the_best_single_descent(rule):
    surface, start, rates = gd.SURFACES["beale"], np.array([1.0, 1.0]), [0.001, 0.01, 0.5, 50.0]
    ends = [gd.descend(surface.gradient, start, rule(rate), 40)[-1] for rate in rates]
    values = [surface.value(end) for end in ends]
    found = experiments.lowest_loss(surface, start, rule, rates=rates, n_steps=40)
    assert found == pytest.approx(np.nanmin(values))


def test_lowest_loss_is_infinite_if_all_diverge_and_refuses_bad_rates():
    surface = gd.SURFACES["rosenbrock"]
    settings = {"rates": [1e3], "n_steps": 200}
    assert experiments.lowest_loss(surface, [1.5, -1.0], gd.gradient_descent, **settings) == np.inf
    with pytest.raises(ValueError, match="rates must be greater than 0"):
        experiments.lowest_loss(surface, [0.0, 0.0], gd.adam, rates=[-1.0], n_steps=1)
    with pytest.raises(ValueError, match="start must have shape"):
        experiments.lowest_loss(surface, [0.0], gd.adam, rates=[1.0], n_steps=1)


def test_digits_errors_depend_on_the_seed_alone():
    errors = experiments.digits_errors([0.1], [3, 4, 3], n_epochs=1, n_jobs=1)[0]
    assert errors[0] == errors[2] != errors[1]
    assert experiments.digits_errors([0.1], [4], n_epochs=1, n_jobs=1)[0, 0] == errors[1]


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


def test_digits_errors_are_a_u():
    errors = experiments.digits_errors([1e-4, 0.1, 100.0], [0, 1], n_epochs=1, n_jobs=1)
    assert errors.shape == (3, 2)
    assert (errors[1] < 20).all()
    assert (errors[0] > 2 * errors[1]).all()
    assert (errors[2] > 80).all()
    with pytest.raises(ValueError, match="rates must be greater than 0"):
        experiments.digits_errors([0.0], [0])
    with pytest.raises(ValueError, match="n_epochs must be"):
        experiments.digits_errors([0.1], [0], n_epochs=0)
