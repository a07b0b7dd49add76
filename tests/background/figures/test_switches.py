"""Frames in which units make hats and towers, and layers fold."""

import numpy as np

from explorable.drawing.toolkit import FOUR, ONE, TWO, panels
from mathdl.background.figures.switches import draw_curve, draw_fold, draw_tower


def test_units_and_their_sum_bend_at_their_knots(axes):
    picture = draw_curve(axes, 2)
    corners = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, -0.5]])
    picture.show(np.array([0.0, 0.5]), np.array([2.0, -5.0]), corners)
    first, second = picture.units
    np.testing.assert_allclose(first.get_xydata(), [[0, 0], [0.5, 1], [1, 2]])
    np.testing.assert_allclose(second.get_xydata(), [[0, 0], [0.5, 0], [1, -2.5]])
    np.testing.assert_allclose(first.get_ydata() + second.get_ydata(), picture.total.get_ydata())
    assert (first.get_color(), picture.total.get_color()) == (FOUR, ONE)
    np.testing.assert_allclose(picture.corners.get_offsets(), corners)


def test_a_tower_has_a_floor_with_the_names_of_its_inputs(axes):
    picture = draw_tower(axes)
    assert {"x₁", "x₂"} <= {text.get_text() for text in axes.texts}
    assert picture.view is picture.surface.view


def test_what_one_layer_does_has_the_colour_of_what_is_compared():
    _, (deep, shallow) = panels(2)
    picture = draw_fold(deep, shallow)
    assert picture.single.get_color() == TWO
    assert picture.folded.get_color() == ONE
    assert picture.single.axes is shallow
    assert picture.level.axes is deep
