"""Hats, tents and what a fit may miss."""

import numpy as np

from explorable.drawing.toolkit import ONE, THREE, panels
from mathdl.background import TARGETS, figures, hat_network, interpolation_bound, sup_error
from mathdl.background.experiments import train_on_curve
from mathdl.forward import forward


def test_hats_add_up_to_the_network(axes):
    wave = TARGETS["one wave"].function
    figures.draw_hats(axes, wave, 8)
    fit = next(line for line in axes.lines if line.get_color() == ONE)
    hats = [line for line in axes.lines if len(line.get_xdata()) == 9]
    assert len(hats) == 9
    x = fit.get_xdata()
    total = sum(np.interp(x, *line.get_data()) for line in hats)
    np.testing.assert_allclose(fit.get_ydata(), total, atol=1e-12)


def test_errors_lie_below_the_bound(axes):
    wave, curvature = TARGETS["one wave"]
    sizes = [8, 16]
    grids = [np.linspace(0, 1, n + 1) for n in sizes]
    errors = [sup_error(hat_network(t, wave(t)), wave) for t in grids]
    figures.draw_errors(
        axes, sizes, errors, [interpolation_bound(1 / n, curvature) for n in sizes]
    )
    bound, measured = axes.lines
    assert bound.get_color() == THREE
    assert (measured.get_ydata() <= bound.get_ydata()).all()


def test_tents_have_their_teeth():
    _, axes = panels(3)
    figures.draw_tents(axes, [1, 2, 4])
    for panel, teeth in zip(axes, [1, 2, 8], strict=True):
        assert (panel.lines[0].get_ydata() == 1).sum() == teeth
    assert axes[2].get_title(loc="left") == "T₄(x)"


def test_units_of_deep_and_shallow_networks(axes):
    depths = np.arange(1, 11)
    figures.draw_units(axes, 2 * depths, 2**depths - 1, 2**depths)
    shallow, deep = axes.lines
    assert (shallow.get_ydata()[-1], deep.get_ydata()[-1]) == (1023, 20)


def test_a_misfit_shows_target_and_network(axes):
    fast = TARGETS["eight waves"].function
    learned = train_on_curve(fast, 4, rng=np.random.default_rng(0), n_steps=1)
    figures.draw_misfit(axes, fast, learned, title="eight waves")
    truth, fit = axes.lines
    np.testing.assert_allclose(truth.get_ydata(), fast(truth.get_xdata()))
    np.testing.assert_allclose(
        fit.get_ydata(), forward(learned, fit.get_xdata()[:, None]).output[:, 0]
    )


def test_an_alias_passes_through_every_sample(axes):
    fast = TARGETS["eight waves"].function
    figures.draw_alias(axes, fast, 7)
    truth, fit = axes.lines
    x, y = axes.collections[0].get_offsets().T
    np.testing.assert_allclose(y, fast(x), atol=1e-12)
    np.testing.assert_allclose(np.interp(x, *fit.get_data()), y, atol=2e-3)
    assert np.abs(truth.get_ydata() - fit.get_ydata()).max() > 1.8
