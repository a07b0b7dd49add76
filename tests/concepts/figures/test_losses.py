"""Losses and their slopes."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import concepts
from mathdl.concepts import figures, neuron


def test_losses_of_constants_of_logits_and_of_one_step(axes):
    squared, absolute = figures.draw_constant_losses(axes, [1, 2, 3, 4, 15])
    for line, best in [(squared, 5), (absolute, 3)]:
        c, loss = line.get_data()
        assert c[np.argmin(loss)] == pytest.approx(best)
        assert loss.min() == pytest.approx(1)
    for line, label in zip(figures.draw_cross_entropy(axes), [1, 0], strict=True):
        z, values = line.get_data()
        assert values == pytest.approx(concepts.softplus(z) - label * z, abs=1e-12)
    ends = {"cross-entropy": 2.3, "squared error": -1.8}
    drawn = figures.draw_one_step(axes, -2.2, ends)
    for mark, z in zip(drawn, ends.values(), strict=True):
        assert mark.get_xydata()[0] == pytest.approx([z, concepts.sigmoid(z)])
    printed, stable = figures.draw_softplus_error(axes)
    z, error = printed.get_data()
    assert (error[z <= -38] == 1).all()
    assert (error[z >= -1] < 1e-15).all()
    assert (stable.get_ydata() < 5e-16).all()


def test_descents_on_a_parabola(axes):
    rates = [1.75, 2.1]
    for path, rate in zip(figures.draw_descents_on_parabola(axes, rates), rates, strict=True):
        theta, loss = path.get_data()
        assert theta == pytest.approx(neuron.descend_line(lambda t: t, 2.5, rate, 6))
        assert loss == pytest.approx(theta**2 / 2)
        low, high = axes.get_xlim()
        assert low <= theta.min()
        assert theta.max() <= high


def test_one_neuron_on_digits():
    _, axes = panels(2)
    ink, is_one = np.array([0.0, 0.1, 0.9, 1.0]), np.array([0, 0, 1, 1])
    learned, descent = figures.draw_neuron_on_digits(
        axes, ink, is_one, [0.0, -2.0, -5.0], weight=10.0
    )
    x, p = learned.get_data()
    assert p == pytest.approx(concepts.sigmoid(10 * x - 5))
    biases, losses = descent.get_data()
    assert losses == pytest.approx(
        [concepts.binary_cross_entropy(10 * ink + b, is_one) for b in biases]
    )
