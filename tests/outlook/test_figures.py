"""The figures of the outlook."""

import numpy as np
import pytest
from matplotlib import colors

from explorable.drawing.toolkit import ONE, TWO, panels, show
from mathdl.outlook import figures
from tests.explorable.drawing.artists import pictures, words

# Maps of digits and how they are judged


def test_maps_stand_beside_their_digits_in_colours_by_sign():
    figure, axes = panels(1)
    images = np.linspace(0, 1, 128).reshape(2, 64)
    maps = np.zeros((2, 3, 64))
    maps[0, 0, 0], maps[0, 0, 63] = 2.0, -1.0
    figures.draw_maps(axes, images, maps, rows=["a", "b"], columns=["digit", "x", "y", "z"])
    drawn = pictures(axes)
    assert len(drawn) == 2 * 4
    np.testing.assert_allclose(drawn[0].get_array()[..., 3], images[0].reshape(8, 8))
    first = drawn[1].get_array()
    assert first[0, 0, 3] == 1
    assert first[7, 7, 3] == 0.5
    np.testing.assert_allclose(first[0, 0, :3], colors.to_rgb(ONE))
    np.testing.assert_allclose(first[7, 7, :3], colors.to_rgb(TWO))
    assert set(words(axes)) == {"a", "b", "digit", "x", "y", "z"}
    assert show(figure, "Maps.").png


# Rooflines


def test_the_roof_bends_at_its_edge(axes):
    figures.draw_roofline(axes, 100.0, 10.0, {"one": (0.5, 5.0)})
    x, y = axes.lines[0].get_data()
    np.testing.assert_allclose(y, np.minimum(100, 10 * np.asarray(x)))
    assert x[1] == 10
    assert list(axes.collections[0].get_offsets()[0]) == pytest.approx([0.5, 5.0])


# Fits on random features


def test_fits_are_drawn_with_the_truth_and_their_mean(axes):
    fits = np.arange(60.0).reshape(20, 3) / 60
    figures.draw_fits(axes, [-1, 0, 1], fits, [0, 1, 0], "p = 2")
    assert len(axes.lines) == 14
    np.testing.assert_allclose(axes.lines[-1].get_ydata(), fits.mean(axis=0))
    np.testing.assert_allclose(axes.lines[-2].get_ydata(), [0, 1, 0])


def test_parts_are_drawn_with_their_sum_and_what_is_measured(axes):
    parts = np.tile([0.1, 0.2, 0.3], (10, 1)) * np.arange(1, 11)[:, None] / 10
    measured = parts.sum(axis=1) + 0.01
    figures.draw_parts(axes, range(1, 11), parts, measured)
    drawn = np.array([line.get_ydata() for line in axes.lines])
    np.testing.assert_allclose(drawn[:3].T, parts)
    np.testing.assert_allclose(drawn[3], parts.sum(axis=1))
    np.testing.assert_allclose(axes.collections[0].get_offsets()[:, 1], measured)
    assert {"bias²", "variance", "noise"} <= set(words(axes))


def test_risks_leave_out_what_is_zero_and_mark_the_samples(axes):
    lines = figures.draw_risks(axes, [5, 40, 80], {"new": [1, 9, 2], "old": [1, 0, 0]}, 40)
    np.testing.assert_array_equal(lines[0].get_ydata(), [1, 9, 2])
    np.testing.assert_array_equal(np.isnan(lines[1].get_ydata()), [False, True, True])
    assert "p = n = 40" in words(axes)
    assert list(axes.lines[0].get_xdata()) == [40, 40]


def test_one_sample_is_met_by_both_lines(axes):
    theta = 1.2 * np.array([0.1, 1]) / 1.01
    figures.draw_one_sample(axes, 0.1, 1.2, theta)
    truth, one, two = (line.get_xydata() for line in axes.lines)
    np.testing.assert_allclose(truth[:, 1], 1)
    for line in (one, two):
        assert np.isclose(np.interp(0.1, *line.T), 1.2)
    np.testing.assert_allclose(one[0], [0, 0])


def test_a_matrix_makes_an_ellipse_of_the_circle(axes):
    matrix = np.array([[1, 0.8], [0.8, 1]])
    picture = figures.draw_stretch(axes, matrix)
    before, after = (axes.lines[k].get_xydata() for k in (0, 2))
    np.testing.assert_allclose(np.linalg.norm(before, axis=1), 1)
    np.testing.assert_allclose(after, before @ matrix.T)
    np.testing.assert_allclose(picture.fit.get_xydata(), picture.theta.get_xydata() @ matrix.T)
