"""The simplex and softmax."""

import numpy as np
import pytest

from mathdl import concepts
from mathdl.figures import concepts as figures
from mathdl.figures.concepts.simplex import CORNERS, on_simplex
from mathdl.plotting import panels


def test_simplex_step_and_field():
    _, axes = panels(2)
    logits = np.log([6.0, 3, 1])
    gradient, after = figures.draw_simplex_step(axes[0], logits, 1)
    assert gradient.get_xydata()[0] == pytest.approx(CORNERS[1])
    assert gradient.get_xydata()[1] == pytest.approx(on_simplex([0.6, 0.3, 0.1]))
    stepped = concepts.softmax(logits - [0.6, -0.7, 0.1])
    assert after.get_xydata()[0] == pytest.approx(on_simplex(stepped))
    for line in figures.draw_simplex_field(axes[1], 1):
        start, end = line.get_xydata()[:2]
        step, rest = end - start, CORNERS[1] - start
        assert step[0] * rest[1] - step[1] * rest[0] == pytest.approx(0, abs=1e-12)
        assert step @ rest > 0


def test_softmax_panels():
    _, axes = panels(3)
    picture = figures.draw_softmax(axes, [2.0, 1.0, 0.0], 1.0)
    p = concepts.softmax([2.0, 1.0, 0.0])
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert [text.get_text() for text in picture.shares] == ["0.665", "0.245", "0.090"]
    family = picture.family.get_xydata()
    assert np.hypot(*(family - on_simplex(p)).T).min() < 0.03
    assert family[0] == pytest.approx(on_simplex(np.ones(3) / 3))
    picture.move([5.0, 4.0, 3.0], 1.0)
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert picture.heads.get_ydata().tolist() == [5, 4, 3]
