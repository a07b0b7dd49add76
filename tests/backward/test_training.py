"""What the chapter says of its small trained network holds for starts that nobody chose."""

import dataclasses

import numpy as np
import pytest

from mathdl import backward, forward


def trained_loss(rng):
    x = np.linspace(-1, 1, 64)[:, None]
    layers = forward.initialize([1, 16, 16, 1], rng=rng)
    batch = x, np.sin(3 * x), "mean_squared_error"
    for _ in range(1000):
        _, gradients = backward.loss_and_gradients(layers, *batch)
        layers = [
            dataclasses.replace(
                layer,
                weights=layer.weights - 0.05 * gradient.weights,
                bias=layer.bias - 0.05 * gradient.bias,
            )
            for layer, gradient in zip(layers, gradients, strict=True)
        ]
    return backward.loss_and_gradients(layers, *batch)[0]


@pytest.mark.proof
def test_fresh_starts_learn_the_wave():
    # Of 200 starts 194 ended below 0.01, and the worst at 0.029.
    seeds = np.random.SeedSequence().generate_state(20)
    print("seeds", seeds.tolist())  # shown if the test fails
    losses = np.array([trained_loss(np.random.default_rng(int(seed))) for seed in seeds])
    assert (losses < 0.01).sum() >= 14
    assert losses.max() < 0.515 / 5
