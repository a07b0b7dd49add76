"""Learned spreads, and the hinge beside other losses."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import concepts
from mathdl.concepts import figures
from mathdl.concepts.figures.recipe import hinge


def test_means_of_the_fits():
    _, axes = panels(2)
    x, y = np.array([0.0, 0.5]), np.array([1.0, 2.0])
    lines = figures.draw_learned_scale(axes, x, y, {"one": (1, 2, 0, 0), "two": (0, 1, -1, 2)})
    for line, (a, b) in zip(lines, [(1, 2), (0, 1)], strict=True):
        assert line.get_ydata() == pytest.approx(a + b * line.get_xdata())
    band = axes[1].collections[0].get_paths()[0].vertices
    assert band[:, 1].max() == pytest.approx(1 + 2 * np.exp(1))


@pytest.mark.equation("concepts-hinge")
def test_losses_and_best_scores():
    _, axes = panels(2)
    losses, best = figures.draw_hinge(axes)
    z = losses[0].get_xdata()
    assert losses[0].get_ydata() == pytest.approx(concepts.softplus(-z))
    assert losses[1].get_ydata() == pytest.approx(np.maximum(0, 1 - z))
    assert losses[2].get_ydata() == pytest.approx((concepts.sigmoid(z) - 1) ** 2 / 2)
    scores = np.linspace(-5, 5, 2001)
    for share in (10, 45, 80, 110):
        q = best[0].get_xdata()[share]
        for line, loss in [(best[0], lambda s, y: concepts.softplus(s) - y * s), (best[1], hinge)]:
            expected = q * loss(scores, 1) + (1 - q) * loss(scores, 0)
            assert scores[np.argmin(expected)] == pytest.approx(line.get_ydata()[share], abs=0.006)
