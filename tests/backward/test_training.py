"""What the chapter says of networks that it trains holds for starts that nobody chose."""

import dataclasses

import numpy as np
import pytest

from mathdl import backward, datasets, forward
from mathdl.gradient_descent.experiments import train_digits


def stepped(layers, gradients, rate):
    """Return the layers after one step against their gradients."""
    return [
        dataclasses.replace(
            layer,
            weights=layer.weights - rate * gradient.weights,
            bias=layer.bias - rate * gradient.bias,
        )
        for layer, gradient in zip(layers, gradients, strict=True)
    ]


def trained_loss(rng):
    x = np.linspace(-1, 1, 64)[:, None]
    layers = forward.initialize([1, 16, 16, 1], rng=rng)
    batch = x, np.sin(3 * x), "mean_squared_error"
    for _ in range(1000):
        layers = stepped(layers, backward.loss_and_gradients(layers, *batch)[1], 0.05)
    return backward.loss_and_gradients(layers, *batch)[0]


@pytest.mark.proof
def test_fresh_starts_learn_the_wave():
    # Of 200 starts 194 ended below 0.01, and the worst at 0.029.
    seeds = np.random.SeedSequence().generate_state(20)
    print("seeds", seeds.tolist())  # shown if the test fails
    losses = np.array([trained_loss(np.random.default_rng(int(seed))) for seed in seeds])
    assert (losses < 0.01).sum() >= 14
    assert losses.max() < 0.515 / 5


@pytest.mark.proof
def test_a_step_of_its_own_mends_a_misread_digit_and_spoils_more():
    # In five networks 220 of 225 digits were mended so; the medians were 15 to 19 and 22 to 31.
    data = datasets.load_digits()
    for seed in np.random.SeedSequence().generate_state(2):
        print("seed", seed)
        layers = train_digits(np.random.default_rng(int(seed)), n_epochs=3).layers
        wrong = forward.forward(layers, data.x_test).output.argmax(axis=1) != data.y_test
        tried = np.flatnonzero(wrong)[::2]
        after = []
        for digit in tried:
            one = data.x_test[[digit]], data.y_test[[digit]], "cross_entropy"
            moved = stepped(layers, backward.loss_and_gradients(layers, *one)[1], 0.01)
            after.append(forward.forward(moved, data.x_test).output.argmax(axis=1) != data.y_test)
        still = np.array(after)
        assert (~still[np.arange(len(tried)), tried]).mean() >= 0.85
        mended, spoiled = (wrong & ~still).sum(axis=1), (~wrong & still).sum(axis=1)
        assert np.median(spoiled) > np.median(mended)
