"""The figures of the outlook chapter: what they draw, not which pixels."""

import numpy as np
import pytest
from matplotlib import colors
from matplotlib.image import AxesImage

from mathdl.figures import outlook as figures
from mathdl.plotting import ONE, TWO, panels, show


def words(axes):
    return [text.get_text() for text in axes.texts]


def pictures(axes):
    return [child for child in axes.get_children() if isinstance(child, AxesImage)]


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


def test_gaps_are_drawn_on_logarithmic_axes():
    _, axes = panels(1)
    figures.draw_completeness(axes, [1, 2, 4], {"ReLU": [1, 0.5, 0.25], "smooth": [1, 0.2, 0.05]})
    assert [list(line.get_ydata()) for line in axes.lines] == [[1, 0.5, 0.25], [1, 0.2, 0.05]]
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert words(axes) == ["ReLU", "smooth"]


def test_correlations_are_drawn_by_method():
    _, axes = panels(1)
    given = {"gradient": [1, 0.0, 0.1], "edges": [1, 1, 1], "another": [1, 0.5, 0.2]}
    figures.draw_correlations(axes, given)
    for line, values in zip(axes.lines, given.values(), strict=True):
        np.testing.assert_array_equal(line.get_ydata(), values)
    assert words(axes) == list(given)
    assert list(axes.get_xticks()) == [0, 1, 2]


def test_fits_are_drawn_with_the_truth_and_their_mean():
    _, axes = panels(1)
    fits = np.arange(60.0).reshape(20, 3) / 60
    figures.draw_fits(axes, [-1, 0, 1], fits, [0, 1, 0], "p = 2")
    assert len(axes.lines) == 14
    np.testing.assert_allclose(axes.lines[-1].get_ydata(), fits.mean(axis=0))
    np.testing.assert_allclose(axes.lines[-2].get_ydata(), [0, 1, 0])


def test_parts_are_drawn_with_their_sum_and_what_is_measured():
    _, axes = panels(1)
    parts = np.tile([0.1, 0.2, 0.3], (10, 1)) * np.arange(1, 11)[:, None] / 10
    measured = parts.sum(axis=1) + 0.01
    figures.draw_parts(axes, range(1, 11), parts, measured)
    drawn = np.array([line.get_ydata() for line in axes.lines])
    np.testing.assert_allclose(drawn[:3].T, parts)
    np.testing.assert_allclose(drawn[3], parts.sum(axis=1))
    np.testing.assert_allclose(axes.collections[0].get_offsets()[:, 1], measured)
    assert {"bias²", "variance", "noise"} <= set(words(axes))


def test_risks_leave_out_what_is_zero_and_mark_the_samples():
    _, axes = panels(1)
    lines = figures.draw_risks(axes, [5, 40, 80], {"new": [1, 9, 2], "old": [1, 0, 0]}, 40)
    np.testing.assert_array_equal(lines[0].get_ydata(), [1, 9, 2])
    np.testing.assert_array_equal(np.isnan(lines[1].get_ydata()), [False, True, True])
    assert "p = n = 40" in words(axes)
    assert list(axes.lines[0].get_xdata()) == [40, 40]


def test_the_empty_descent_names_its_lines():
    _, (left, right) = panels(2)
    picture = figures.draw_descent(left, right)
    assert set(picture.artists) == {"border", "train", "test", "here", "points"}
    assert {"new samples", "training samples"} <= set(words(left))
    x, y = right.lines[0].get_data()
    np.testing.assert_array_equal(x, y)


def test_labels_are_drawn_in_percent():
    _, (left, right) = panels(2)
    figures.draw_label_learning(left, {"true": [0.5, 1, 1], "shuffled": [0.1, 0.4, 0.9]})
    np.testing.assert_allclose(left.lines[1].get_ydata(), [10, 40, 90])
    figures.draw_label_shares(right, [0, 0.5, 1], [1, 1, 1], [0.9, 0.5, 0.1])
    np.testing.assert_allclose(right.lines[0].get_ydata(), 100)
    np.testing.assert_allclose(right.lines[1].get_xydata(), [[0, 90], [50, 50], [100, 10]])


def test_costs_are_points_with_names():
    _, axes = panels(1)
    figures.draw_costs(axes, {"a": (1e5, 1e6), "b": (1e7, 1e9)})
    points = [list(group.get_offsets()[0]) for group in axes.collections]
    assert points == [[1e5, 1e6], [1e7, 1e9]]
    assert {"a", "b"} <= set(words(axes))


def test_the_roof_bends_at_its_edge():
    _, axes = panels(1)
    figures.draw_roofline(axes, 100.0, 10.0, {"one": (0.5, 5.0)})
    x, y = axes.lines[0].get_data()
    np.testing.assert_allclose(y, np.minimum(100, 10 * np.asarray(x)))
    assert x[1] == 10
    assert list(axes.collections[0].get_offsets()[0]) == pytest.approx([0.5, 5.0])
