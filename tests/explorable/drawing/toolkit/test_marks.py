"""Names, bands, pictures."""

import numpy as np
from matplotlib.colors import to_rgb

from explorable.drawing import toolkit
from explorable.drawing.toolkit import panels


def test_a_line_is_named_beside_it_in_its_colour() -> None:
    _, axes = panels(1)
    (line,) = axes.plot([0, 1, 2], [0, 1, 4])
    name = toolkit.label_line(line, "square", at=1, dx=6)
    assert (name.xy, name.get_color(), name.get_ha()) == ((1, 1), toolkit.ONE, "left")
    assert toolkit.label_line(line, "square", dx=-6).get_ha() == "right"


def test_contour_bands_get_darker_downhill_and_have_no_outline_along_the_edge() -> None:
    _, axes = panels(1)
    x = np.linspace(-2, 2, 41)
    bands = toolkit.contour_bands(axes, x, x, x**2 + x[:, None] ** 2, [-1, 0.5, 1, 2, 5, 99])
    assert len(bands) == 5  # nested areas; none lies below −1
    inner, outer = bands[0].get_paths()[0], bands[1].get_paths()[0]
    assert outer.contains_point((0.9, 0)) and not inner.contains_point((0.9, 0))  # noqa: PT018
    for band in bands:
        assert band.get_facecolor().tolist() == [[*to_rgb(toolkit.INK), 0.045]]
        assert band.get_edgecolor().tolist() == [[*to_rgb(toolkit.INK), 0.2]]
    bands = toolkit.contour_bands(axes, x, x, x**2 + x[:, None] ** 2, [1, 5, 99])
    for band, reach in zip(bands, [1, 2.1, 2.1], strict=True):
        assert np.isclose(abs(band.get_paths()[0].vertices).max(), reach)


def test_pictures_are_tokens_thinned_by_opacity_and_keep_the_limits_of_a_plane() -> None:
    picture = toolkit.signed_rgba([[-2, 0, 1]])
    assert picture[0, :, 3].tolist() == [1, 0, 0.5]
    np.testing.assert_allclose(picture[0, 0, :3], to_rgb(toolkit.TWO))
    np.testing.assert_allclose(picture[0, 2, :3], to_rgb(toolkit.ONE))
    assert toolkit.signed_rgba([[0.0]])[0, 0, 3] == 0
    _, axes = panels(2)
    flat = toolkit.digit_image(axes[0], np.arange(64) / 63)
    square = toolkit.digit_image(axes[1], (np.arange(64) / 63).reshape(8, 8))
    assert np.array_equal(flat.get_array(), square.get_array())
    assert not axes[0].axison
    _, axes = panels(1)
    toolkit.style_plane(axes, bounds=[[-3, 3], [-3, 3]])
    toolkit.signed_image(axes, np.eye(4), extent=(-1, 1, -1, 1))
    assert axes.get_xlim() == (-3, 3)
