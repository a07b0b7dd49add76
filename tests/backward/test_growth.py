"""Tests of `mathdl.backward.growth`."""

import numpy as np
import pytest

from mathdl.backward.growth import growth_factor
from mathdl.forward.signals import measured_signals, random_network


@pytest.mark.parametrize(("activation", "gain"), [("sigmoid", 1), ("sigmoid", 16), ("relu", 2)])
def test_wide_networks_grow_as_predicted(activation, gain):
    rng = np.random.default_rng(0)
    layers = random_network(20, 256, gain=gain, activation=activation, rng=rng)
    sizes = measured_signals(layers, *rng.normal(size=(2, 64, 256))).gradients ** 0.5
    measured = (sizes[5] / sizes[15]) ** (1 / 10)
    assert measured == pytest.approx(growth_factor(activation, [float(gain)])[0], rel=0.05)


def test_growth_factors_of_the_text():
    assert growth_factor("relu", [2.0])[0] == pytest.approx(1, abs=1e-12)
    assert growth_factor("relu", [2e-9, 2e9]) == pytest.approx([1e-9**0.5, 1e9**0.5])
    assert growth_factor("sigmoid", [1.0])[0] == pytest.approx(0.236, abs=5e-4)
    below, above = growth_factor("sigmoid", [90.0, 115.0])
    assert below < 1 < above
