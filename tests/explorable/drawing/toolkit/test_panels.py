"""Panels keep to their cells."""

import numpy as np
import pytest

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
