"""Fits on random features."""

import numpy as np

from mathdl.outlook import figures
from tests.explorable.drawing.artists import words


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
