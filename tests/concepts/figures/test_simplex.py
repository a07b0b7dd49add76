"""The simplex and softmax."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import concepts
from mathdl.concepts import figures
from mathdl.concepts.figures.simplex import on_simplex


def test_softmax_panels():
    _, axes = panels(3)
    picture = figures.draw_softmax(axes, np.array([2.0, 1.0, 0.0]), 1.0)
    p = concepts.softmax([2.0, 1.0, 0.0])
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert [text.get_text() for text in picture.shares] == ["0.665", "0.245", "0.090"]
    family = picture.family.get_xydata()
    assert np.hypot(*(family - on_simplex(p)).T).min() < 0.03
    assert family[0] == pytest.approx(on_simplex(np.ones(3) / 3))
    picture.move(np.array([5.0, 4.0, 3.0]), 1.0)
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert picture.heads.get_ydata().tolist() == [5, 4, 3]
