"""A neuron over the plane and along its normal."""

import numpy as np
import pytest

from explorable.drawing.toolkit import SPAN, panels, show
from mathdl.concepts import figures, neuron
from mathdl.concepts.figures.neuron import BANDS


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
