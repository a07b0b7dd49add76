"""One digit on its way through the network."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from explorable.drawing.toolkit import ONE, THREE, TWO
from mathdl.forward.figures import digits
from tests.explorable.drawing.artists import words


def test_units_are_inked_by_size_and_closed_ones_stay_empty(axes):
    digits.draw_units(axes, [0, 1, 2, 4, 0, 0], columns=3, title="six")
    opacity = axes.images[0].get_array()[..., 3]
    assert opacity.tolist() == [[0, 0.25, 0.5], [1, 0, 0]]


def test_a_picture_is_square_and_signed_where_asked(axes):
    weights = np.linspace(-1, 1, 64)
    digits.draw_picture(axes, weights, "weights", signed=True)
    picture = axes.images[0].get_array()
    assert picture.shape == (8, 8, 4)
    assert to_hex(picture[0, 0, :3]) == TWO
    assert to_hex(picture[7, 7, :3]) == ONE


def test_tiles_share_one_scale(axes):
    weights = np.zeros((2, 64))
    weights[0, 0], weights[1, 5] = 1.0, -0.5
    digits.draw_weight_tiles(axes, weights, ["a", "b"], columns=2)
    assert [image.get_array()[..., 3].max() for image in axes.images] == [1.0, 0.5]
    assert words(axes) == ["a", "b"]


@pytest.mark.parametrize(("p", "best"), [([0.1, 0.85, 0.05], 1), ([0.4, 0.25, 0.35], 0)])
def test_probabilities_name_the_largest_and_mark_the_truth(axes, p, best):
    digits.draw_probabilities(axes, p, 2, "read")
    bars = axes.containers[0]
    assert [bar.get_width() for bar in bars] == p
    assert [to_hex(bar.get_facecolor()) == ONE for bar in bars] == [k == best for k in range(3)]
    assert words(axes) == [f"{p[best]:.3f}"]
    assert axes.get_yticklabels()[2].get_color() == THREE


def test_claims_are_drawn_against_what_came_true(axes):
    claims, right = np.array([0.5, 0.6, 0.9, 0.9]), np.array([True, False, True, True])
    readers = {"same": [(claims, right), (claims, ~right)]}
    digits.draw_calibration(axes, readers, [0, 0.75, 1])
    diagonal, first, second, mean = axes.lines
    assert diagonal.get_xdata().tolist() == diagonal.get_ydata().tolist()
    assert first.get_xdata() == pytest.approx([0.55, 0.9])
    assert first.get_ydata().tolist() == [0.5, 1.0]
    assert second.get_ydata().tolist() == [0.5, 0.0]
    assert mean.get_ydata().tolist() == [0.5, 0.5]
    assert words(axes) == ["as claimed", "same"]
