"""What the figures of the chapter on concepts show, asserted on their artists."""

import numpy as np
import pytest

from mathdl import concepts
from mathdl.concepts import likelihood, neuron
from mathdl.figures import concepts as figures
from mathdl.figures.concepts.neuron import BANDS
from mathdl.figures.concepts.simplex import CORNERS, on_simplex
from mathdl.plotting import SPAN, arrow, chord, half_plane, panels, set_corners, set_line, show


def unit(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def area(corners):
    x, y = corners.T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@pytest.mark.parametrize("degrees", range(0, 360, 15))
@pytest.mark.parametrize("offset", [-7.0, -3.0, 0.0, 1.5, 7.0])
def test_half_plane_holds_what_it_must(degrees, offset):
    normal = unit(degrees)
    corners = half_plane(normal, offset)
    axis = np.linspace(-SPAN, SPAN, 401)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    share = ((grid @ normal) >= offset).mean()
    assert area(corners) / (2 * SPAN) ** 2 == pytest.approx(share, abs=0.01)
    if share > 0.01:
        assert (corners @ normal >= offset - 1e-9).all()
        assert abs(corners).max() <= SPAN + 1e-9


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_chord_lies_on_the_boundary_and_ends_on_the_frame(degrees):
    normal = unit(degrees)
    ends = chord(normal, 1.5)
    assert ends @ normal == pytest.approx([1.5, 1.5])
    assert abs(ends).max(axis=1) == pytest.approx([SPAN, SPAN])
    assert np.isnan(chord(normal, 9.0)).all()


def test_arrow_points_where_it_ends():
    points = arrow([0, 0], [2, 0], 0.5)
    assert points[[0, 1, 3]].tolist() == [[0, 0], [2, 0], [2, 0]]
    assert points[2, 1] == -points[4, 1] != 0
    assert (arrow([1, 1], [1, 1], 0.5) == 1).all()


def test_set_line_and_corners_leave_what_has_not_changed():
    figure, axes = panels(1)
    line = axes.plot([0, 1], [np.nan, 2])[0]
    polygon = figures.draw_neuron_plane(axes, [1, 0], 0, "sigmoid").above[0]
    figure.draw_without_rendering()
    line.stale = polygon.stale = False
    set_line(line, [0, 1], [np.nan, 2])
    set_corners(polygon, polygon.get_xy()[:-1])
    assert not line.stale
    assert not polygon.stale
    set_line(line, [0, 1], [1, 2])
    set_corners(polygon, half_plane(unit(0), 1.0))
    assert line.stale
    assert polygon.stale


@pytest.mark.parametrize("activation", BANDS)
@pytest.mark.parametrize(("weights", "bias"), [([3, 4], -5), ([-0.4, 0.3], 1), ([0, 2], 0)])
def test_shades_of_a_neuron_end_on_its_level_lines(activation, weights, bias):
    _, axes = panels(1)
    picture = figures.draw_neuron_plane(axes, weights, bias, activation)
    normal, offset, steepness = neuron.neuron_geometry(weights, bias)
    shaded = 0
    for patches, levels, sign in [
        (picture.above, BANDS[activation][0], 1),
        (picture.below, BANDS[activation][1], -1),
    ]:
        for patch, level in zip(patches, levels, strict=False):
            z = sign * (patch.get_xy() @ np.asarray(weights, dtype=float) + bias)
            if abs(patch.get_xy()).max() > SPAN + 1e-9:
                continue  # nothing of this shade is in the square
            assert z.min() >= level - 1e-9
            if area(patch.get_xy()[:-1]) < (2 * SPAN) ** 2 - 1e-9:
                assert z.min() == pytest.approx(level, abs=1e-9)
                shaded += 1
    assert shaded > 0
    assert np.array(picture.boundary.get_xydata()) @ weights + bias == pytest.approx([0, 0])
    foot, tip = picture.normal.get_xydata()[:2]
    assert tip - foot == pytest.approx(normal)
    assert steepness * (foot @ normal - offset) == pytest.approx(0)


def test_circle_has_the_radius_of_the_offset():
    _, axes = panels(1)
    picture = figures.draw_neuron_plane(axes, [3, 4], -5, "sigmoid")
    assert np.hypot(*picture.circle.get_data()) == pytest.approx(np.ones(61))


def test_profile_is_the_output_along_the_normal():
    _, axes = panels(1)
    picture = figures.draw_profile(axes, 2.0, -1.0, "tanh")
    along, height = picture.output.get_data()
    assert 2 * height - 1 == pytest.approx(np.tanh(2 * (along + 1)))
    assert [text.get_text() for text in picture.ticks] == ["−1", "0", "1"]
    picture.move(1.0, 9.0, "relu")
    assert np.isnan(picture.boundary.get_xdata()).all()


def test_transition_profiles_cross_at_one_half():
    _, axes = panels(1)
    for line, steepness in zip(
        figures.draw_transition_profiles(axes, steepnesses=[1, 2, 5]), [1, 2, 5], strict=True
    ):
        along, height = line.get_data()
        assert height == pytest.approx(concepts.sigmoid(steepness * along))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_activation_and_slope(name):
    _, axes = panels(1)
    function, slope = figures.draw_activation(axes, name)
    z, values = function.get_data()
    kept = np.isfinite(values)
    assert kept[z < 2].all()
    assert values[kept] == pytest.approx(concepts.ACTIVATIONS[name].function(z[kept]))
    z, values = slope.get_data()
    kept = np.isfinite(values)
    assert kept.sum() >= len(z) - 1
    assert values[kept] == pytest.approx(concepts.ACTIVATIONS[name].derivative(z[kept]))


def test_layers_without_activation_draw_a_straight_line():
    _, axes = panels(2)
    straight = figures.draw_stacked_layers(axes[0], "identity").get_data()
    bent = figures.draw_stacked_layers(axes[1], "relu").get_data()
    assert np.diff(straight[1], 2) == pytest.approx(np.zeros(599), abs=1e-12)
    assert (abs(np.diff(bent[1], 2)) > 1e-4).sum() > 8


def test_products_of_slopes():
    _, axes = panels(2)
    picture = figures.draw_slopes(axes, "sigmoid", 0.0, 10)
    layers, products = picture.product.get_data()
    assert layers.tolist() == list(range(11))
    assert products == pytest.approx(0.25 ** np.arange(11.0))
    assert picture.bound.get_ydata() == pytest.approx(0.25 ** np.arange(21.0))
    picture.move("relu", -1.0, 10)
    assert np.isnan(picture.product_here.get_ydata()).all()
    picture.move("relu", 1.0, 20)
    assert picture.product.get_ydata() == pytest.approx(np.ones(21))


def test_constants_are_best_at_mean_and_median():
    _, axes = panels(2)
    squared, absolute = figures.draw_constant_losses(axes, [1, 2, 3, 4, 15])
    for line, best in [(squared, 5), (absolute, 3)]:
        c, loss = line.get_data()
        assert c[np.argmin(loss)] == pytest.approx(best)
        assert loss.min() == pytest.approx(1)


def test_cross_entropy_curves():
    _, axes = panels(2)
    for line, label, slope in zip(
        figures.draw_cross_entropy(axes), [1, 0, 1, 0], [False, False, True, True], strict=True
    ):
        z, values = line.get_data()
        expected = concepts.sigmoid(z) - label if slope else concepts.softplus(z) - label * z
        assert values == pytest.approx(expected, abs=1e-12)


def test_confident_and_wrong():
    _, axes = panels(2)
    picture = figures.draw_confident_and_wrong(axes, -10.0, 1)
    heights = [mark.get_ydata()[0] for mark in picture.marks]
    assert heights == pytest.approx([10.0000454, 0.4999546, 0.9999546, 4.5394e-5], rel=1e-4)
    for line in picture.curves:
        assert len(line.get_xdata()) == 121
    picture.move(-10.0, 0)
    assert picture.marks[2].get_ydata()[0] == pytest.approx(4.54e-5, rel=1e-3)


def test_printed_softplus_loses_its_digits():
    _, axes = panels(1)
    printed, stable = figures.draw_softplus_error(axes)
    z, error = printed.get_data()
    assert (error[z <= -38] == 1).all()
    assert (error[z >= -1] < 1e-15).all()
    assert (stable.get_ydata() < 5e-16).all()


def test_simplex_step_and_field():
    _, axes = panels(2)
    logits = np.log([6.0, 3, 1])
    gradient, after = figures.draw_simplex_step(axes[0], logits, 1)
    assert gradient.get_xydata()[0] == pytest.approx(CORNERS[1])
    assert gradient.get_xydata()[1] == pytest.approx(on_simplex([0.6, 0.3, 0.1]))
    stepped = concepts.softmax(logits - [0.6, -0.7, 0.1])
    assert after.get_xydata()[0] == pytest.approx(on_simplex(stepped))
    for line in figures.draw_simplex_field(axes[1], 1):
        start, end = line.get_xydata()[:2]
        step, rest = end - start, CORNERS[1] - start
        assert step[0] * rest[1] - step[1] * rest[0] == pytest.approx(0, abs=1e-12)
        assert step @ rest > 0


def test_softmax_panels():
    _, axes = panels(3)
    picture = figures.draw_softmax(axes, [2.0, 1.0, 0.0], 1.0)
    p = concepts.softmax([2.0, 1.0, 0.0])
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert [text.get_text() for text in picture.shares] == ["0.665", "0.245", "0.090"]
    family = picture.family.get_xydata()
    assert np.hypot(*(family - on_simplex(p)).T).min() < 0.03
    assert family[0] == pytest.approx(on_simplex(np.ones(3) / 3))
    picture.move([5.0, 4.0, 3.0], 1.0)
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert picture.heads.get_ydata().tolist() == [5, 4, 3]


@pytest.mark.parametrize("rate", [0.25, 1.75, 2.1])
def test_descent_on_a_parabola(rate):
    _, axes = panels(1)
    theta, loss = figures.draw_descent_on_parabola(axes, rate).get_data()
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


def test_a_neuron_shows_its_alternative_text():
    figure, axes = panels(2)
    figures.draw_neuron_plane(axes[0], [3, 4], -5, "sigmoid", points=[[2, 1]])
    figures.draw_transition_profiles(axes[1], steepnesses=[1, 2, 5])
    assert repr(show(figure, "A plane.")) == "A plane."


def test_loss_values_agree_with_the_kernels():
    from mathdl.figures.concepts.losses import loss_values

    z = np.array([-3.0, 0.5])
    entropy, square, entropy_slope, square_slope = loss_values(z, 1)
    assert entropy.mean() == pytest.approx(concepts.binary_cross_entropy(z, [1, 1]))
    assert square.mean() == pytest.approx(likelihood.squared_error_through_sigmoid(z, [1, 1]))
    gradient = concepts.binary_cross_entropy_gradient(z, [1, 1])
    assert entropy_slope == pytest.approx(2 * abs(gradient))
    gradient = likelihood.squared_error_through_sigmoid_gradient(z, [1, 1])
    assert square_slope == pytest.approx(2 * abs(gradient))
