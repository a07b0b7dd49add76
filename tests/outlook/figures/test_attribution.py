"""Maps of digits and how they are judged."""

import numpy as np
from matplotlib import colors

from explorable.drawing.toolkit import ONE, TWO, panels, show
from mathdl.outlook import figures
from tests.explorable.drawing.artists import pictures, words


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


def test_gaps_are_drawn_on_logarithmic_axes(axes):
    figures.draw_completeness(axes, [1, 2, 4], {"ReLU": [1, 0.5, 0.25], "smooth": [1, 0.2, 0.05]})
    assert [list(line.get_ydata()) for line in axes.lines] == [[1, 0.5, 0.25], [1, 0.2, 0.05]]
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert words(axes) == ["ReLU", "smooth"]
