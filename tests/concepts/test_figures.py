"""The figures of the chapter on concepts."""

import numpy as np
import pytest

from explorable.drawing.toolkit import SPAN, panels, show
from mathdl import concepts
from mathdl.concepts import figures, neuron
from mathdl.concepts.figures.neuron import BANDS
from mathdl.gradient_descent import descend, gradient_descent

# Activations, their slopes, and layers of them


def test_layers_without_activation_draw_a_straight_line(axes):
    straight = figures.draw_stacked_layers(axes, "identity").get_data()
    bent = figures.draw_stacked_layers(axes, "relu").get_data()
    assert np.diff(straight[1], 2) == pytest.approx(np.zeros(599), abs=1e-12)
    assert (abs(np.diff(bent[1], 2)) > 1e-4).sum() > 8


@pytest.mark.equation("concepts-slope-product")
def test_products_of_slopes():
    _, axes = panels(2)
    picture = figures.draw_slopes(axes, "sigmoid", 0.0, 10)
    layers, products = picture.product.get_data()
    assert layers.tolist() == list(range(21))
    assert products[:11] == pytest.approx(0.25 ** np.arange(11.0))
    assert np.isnan(products[11:]).all()
    assert picture.bound.get_ydata() == pytest.approx(0.25 ** np.arange(21.0))
    picture.move("relu", -1.0, 10)
    assert np.isnan(picture.product_here.get_ydata()).all()
    picture.move("relu", 1.0, 20)
    assert picture.product.get_ydata() == pytest.approx(np.ones(21))


# Losses and their slopes


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


def test_descents_on_a_parabola(axes):
    rates = [1.75, 2.1]
    for line, rate in zip(figures.draw_descents_on_parabola(axes, rates), rates, strict=True):
        theta, loss = line.get_data()
        path = descend(lambda t: t, [2.5], gradient_descent(rate), 6)
        assert theta == pytest.approx(path[:, 0])
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


# A neuron over the plane and along its normal


@pytest.mark.parametrize("activation", BANDS)
@pytest.mark.parametrize(("weights", "bias"), [([3, 4], -5), ([-0.4, 0.3], 1), ([0, 2], 0)])
def test_shades_of_a_neuron_end_on_its_level_lines(axes, activation, weights, bias):
    picture = figures.draw_neuron_plane(axes, weights, bias, activation)
    normal, offset, steepness = neuron.neuron_geometry(weights, bias)
    shaded = 0
    for patches, levels, sign in [
        (picture.above, BANDS[activation][0], 1),
        (picture.below, BANDS[activation][1], -1),
    ]:
        for patch, level in zip(patches, levels, strict=False):
            z = sign * (patch.get_xy() @ np.asarray(weights, dtype=float) + bias)
            if abs(sign * offset + level / steepness) < SPAN:
                assert z[:2] == pytest.approx([level, level])
                assert z[2:4].min() > level
                shaded += 1
    assert shaded > 0
    assert np.array(picture.boundary.get_xydata()) @ weights + bias == pytest.approx([0, 0])
    foot, tip = picture.normal.get_xydata()[:2]
    assert tip - foot == pytest.approx(normal)
    assert steepness * (foot @ normal - offset) == pytest.approx(0)


def test_circle_has_the_radius_of_the_offset(axes):
    picture = figures.draw_neuron_plane(axes, [3, 4], -5, "sigmoid")
    assert np.hypot(*picture.circle.get_data()) == pytest.approx(np.ones(61))
    assert repr(show(axes.figure, "A plane.")) == "A plane."


def test_points_lie_on_the_activation_at_their_preactivation():
    _, axes = panels(2)
    w = np.array([1.0, -0.5])
    picture = figures.draw_neuron_on_points(axes, w, 0.5, "tanh")
    for mark, points in zip(picture.marks, figures.POINTS, strict=True):
        z, height = mark.get_data()
        assert z == pytest.approx(points @ w + 0.5)
        assert 2 * height - 1 == pytest.approx(np.tanh(z))
    assert [text.get_text() for text in picture.ticks] == ["−1", "0", "1"]
    assert picture.weights.get_xydata().tolist() == [[0, 0], [1, -0.5]]
    picture.move(8 * w, 0.0, "relu")
    assert max(abs(mark.get_xdata()).max() for mark in picture.marks) == 8
