"""The race and the two descents."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl.concepts import figures
from mathdl.concepts.experiments import bias_slope
from mathdl.concepts.figures.race import relative_slope


def test_race():
    _, axes = panels(2)
    rates, losses = np.geomspace(0.1, 100, 9), ("cross-entropy", "squared error")
    arrived = {
        (pair, w, loss): np.linspace(0.1, w / 20, 9)
        for pair in ("0, 1", "0, 8")
        for w in (3, 20)
        for loss in losses
    }
    drawn = figures.draw_race(axes, rates, arrived)
    for (pair, w, loss), line in drawn.items():
        assert line.axes is axes[["0, 1", "0, 8"].index(pair)]
        assert line.get_xdata() == pytest.approx(rates)
        assert line.get_ydata() == pytest.approx(arrived[pair, w, loss])
    assert [text.get_text() for text in axes[1].texts][1:] == ["w = 3", "w = 20"]


def test_relative_slopes_reach_one():
    grid = np.linspace(figures.LOWEST, figures.HIGHEST, 541)
    for loss in ("cross-entropy", "squared error"):
        relative = relative_slope(loss, grid)
        assert relative.max() == 1
        assert relative[0] / relative[200] == pytest.approx(
            abs(bias_slope(loss, grid)[0] / bias_slope(loss, grid)[200])
        )
