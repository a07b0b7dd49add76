"""Panels keep to their cells; the styles of their axes, names, bands and pictures on them."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from explorable.drawing import toolkit
from explorable.drawing.svg import panel_cells
from explorable.drawing.toolkit import panels


def test_panels_never_reach_into_one_another() -> None:
    figure, axes = panels(3, widths=[1, 2, 1])
    for index, panel in enumerate(axes):
        toolkit.style_curve(panel, f"a rather long label {index}", "height")
        panel.set(xlim=(0, 123456), ylim=(-1e5, 1e5))
    figure.draw_without_rendering()
    cells = list(panel_cells(figure).values())
    np.testing.assert_allclose([cell.width for cell in cells], [175, 350, 175])
    for panel, cell in zip(axes, cells, strict=True):
        box = panel.get_tightbbox()
        assert cell.left <= box.x0
        assert box.x1 <= cell.left + cell.width + 1e-6
        assert box.y0 >= -1e-6
        assert box.y1 <= cell.height + 1e-6


def test_panels_of_rows_share_their_floor() -> None:
    figure, axes = panels(2)
    toolkit.style_curve(axes[0], "x", "y")
    toolkit.style_curve(axes[1])
    figure.draw_without_rendering()
    assert axes[0].bbox.y0 == pytest.approx(axes[1].bbox.y0)
    figure, _ = panels(4, columns=2, height=100)
    assert figure.get_size_inches().tolist() == [700 / 72, 200 / 72]
    lefts = [cell.left for cell in panel_cells(figure).values()]
    assert lefts == [0, 350, 0, 350]
    with pytest.raises(ValueError, match="one number a column"):
        panels(4, columns=2, widths=[1, 2, 3])


def test_a_curve_has_no_frame_and_a_plane_one_and_equal_units() -> None:
    _, axes = panels(1)
    toolkit.style_curve(axes, "step", "loss", log="y")
    axes.set_ylim(1e-3, 1e3)
    assert [axes.spines[side].get_visible() for side in ("top", "right", "left")] == [False] * 3
    assert (axes.get_title(loc="left"), axes.get_ylabel()) == ("loss", "")
    words = [label.get_text() for label in axes.get_yticklabels()]
    powers = ["10⁻³", "10⁻²", "10⁻¹", "1", "10", "10²", "10³"]
    assert [word for word in words if word][1:-1] == powers
    _, axes = panels(1)
    toolkit.style_plane(axes, "x", "y", bounds=[[-2, 2], [-1, 1]])
    assert all(spine.get_visible() for spine in axes.spines.values())
    assert axes.get_aspect() == 1
    assert (axes.get_xlim(), axes.get_ylim()) == ((-2, 2), (-1, 1))


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
