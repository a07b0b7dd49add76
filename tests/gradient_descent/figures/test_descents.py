"""Landscapes, paths and losses."""

import numpy as np
import pytest

from explorable.drawing.toolkit import ONE, TWO, panels
from mathdl import gradient_descent as gd
from mathdl.gradient_descent import figures
from mathdl.gradient_descent.figures.descents import drawn_part
from tests.explorable.drawing.artists import words


def test_a_path_is_drawn_until_it_leaves_the_picture(axes):
    axes.set(xlim=(0, 1), ylim=(0, 1))
    path = np.array([[0.5, 0.5], [1.5, 0.5], [9.0, 0.5], [0.5, 0.5]])
    drawn = drawn_part(axes, path)
    assert drawn[:2].tolist() == path[:2].tolist()
    assert np.isnan(drawn[2:]).all()
    assert np.isnan(drawn_part(axes, np.array([[0.5, 0.5], [np.nan, np.inf]]))[1]).all()
    assert drawn_part(axes, path[:2]).tolist() == path[:2].tolist()


@pytest.mark.parametrize("surface", gd.SURFACES.values(), ids=list(gd.SURFACES))
def test_a_landscape_marks_its_minima_and_grows_darker_inwards(axes, surface):
    figures.draw_landscape(axes, surface)
    (crosses,) = axes.lines
    assert {tuple(p) for p in crosses.get_xydata()} == {tuple(m) for m in surface.minima}
    fills = [found.get_facecolor()[0, 3] for found in axes.collections]
    assert fills == [0.045] * 9
    assert axes.get_xlim() == tuple(surface.bounds[0])


def test_paths_and_losses_are_those_handed_in():
    _, (left, right) = panels(2)
    surface = gd.ill_conditioned(20)
    path = gd.descend(surface.gradient, [3.0, 1.0], gd.gradient_descent(0.05), 20)
    figures.draw_landscape(left, surface)
    drawn = figures.draw_paths(left, {"a": path, "b": path[:3]})
    assert [line.get_color() for line in drawn] == [ONE, TWO]
    np.testing.assert_array_equal(drawn[0].get_xydata(), path)
    (line,) = figures.draw_losses(right, {"loss": surface.value(path)}, least=1e-9, most=1e3)
    np.testing.assert_array_equal(line.get_ydata(), surface.value(path))
    assert "loss" in words(right)


def test_infinite_losses_end_their_curve(axes):
    (line,) = figures.draw_losses(axes, {"a": [1.0, 1e4, np.inf, np.nan]}, least=1e-3, most=1e3)
    assert line.get_xdata().tolist() == [0, 1]


def test_along_the_step_the_bound_lies_above_the_loss_and_the_tangent(axes):
    surface, point = gd.SURFACES["himmelblau"], [4.0, 3.0]
    segment = point - np.linspace(0, 0.014, 99)[:, None] * surface.gradient(point)
    largest = np.linalg.eigvalsh(surface.hessian(segment)).max()
    line, tangent, bound = figures.draw_along_step(axes, surface, point, largest, 0.014)
    assert (line.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert (tangent.get_ydata() <= bound.get_ydata() + 1e-9).all()
    assert bound.get_xdata()[bound.get_ydata().argmin()] == pytest.approx(1 / largest, abs=2e-4)


def test_contraction_curves_cross_at_the_best_rate(axes):
    figures.draw_contraction(axes, 1.0, 5.0)
    gentle, steep = (line for line in axes.lines if len(line.get_xdata()) == 200 and
                     line.get_linewidth() < 5)  # fmt: skip
    rates = gentle.get_xdata()
    above = gentle.get_ydata() < steep.get_ydata()
    crossing = rates[np.argmax(above & (rates > 0.2))]
    assert crossing == pytest.approx(gd.best_rate(1.0, 5.0), abs=0.01)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "1/L", "2/(μ+L)", "2/L"]
