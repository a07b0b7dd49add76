"""The scalar graph and its tangent."""

import numpy as np
import pytest

from mathdl.backward import figures
from mathdl.backward.figures.scalar_graph import PLACES
from mathdl.backward.tape import ARROWS, LEAVES, sweep


def test_the_graph_shows_what_is_known(axes):
    snapshots = sweep(LEAVES)
    drawn = figures.draw_graph(axes, snapshots[0])
    assert {name for name, text in drawn.values.items() if text.get_text()} == set(LEAVES)
    assert not any(text.get_text() for text in drawn.adjoints.values())
    drawn.move(snapshots[-1], backward=True)
    assert drawn.values["L"].get_text() == "9"
    assert drawn.adjoints["x"].get_text() == "−18"
    assert [name for name, ring in drawn.rings.items() if ring.get_visible()] == ["q"]
    lit = {ends for ends, arrow in drawn.arrows.items() if arrow.get_alpha()}
    assert lit == {("w", "q"), ("x", "q")}
    assert set(PLACES) == set(LEAVES) | set(ARROWS)


def test_the_tangent_has_the_slope_it_is_given(axes):
    drawn = figures.draw_tangent(axes, 2.0, -18.0, None)
    (x0, y0), (x1, y1) = drawn.adjoint.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-18)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((2, 9))
    assert not len(drawn.measured.get_xydata())
    drawn.move(0.5, None, 0.0)
    assert not len(drawn.adjoint.get_xydata())
    assert np.allclose(drawn.measured.get_ydata(), 25)
