"""Units of deep networks, slow trainings, and what a fit may miss."""

import numpy as np

from mathdl.background import TARGETS, figures
from mathdl.background.experiments import SLOWNESS, STEPS


def test_units_of_deep_and_shallow_networks(axes):
    depths = np.arange(1, 11)
    figures.draw_units(axes, 2 * depths, 2**depths - 1, 2**depths)
    shallow, deep = axes.lines
    assert (shallow.get_ydata()[-1], deep.get_ydata()[-1]) == (1023, 20)


def test_errors_of_each_rate_are_a_line_in_the_colour_of_its_name(axes):
    figures.draw_slowness(axes, STEPS, SLOWNESS, 0.03)
    *lines, possible = axes.lines
    for line, (rate, errors) in zip(lines, SLOWNESS.items(), strict=True):
        steps = STEPS[: len(errors)]
        np.testing.assert_array_equal(line.get_xydata(), np.column_stack([steps, errors]))
        (name,) = (text for text in axes.texts if text.get_text() == f"{rate:g}")
        assert name.get_color() == line.get_color()
    assert len({line.get_color() for line in lines}) == len(SLOWNESS)
    assert set(possible.get_ydata()) == {0.03}


def test_an_alias_passes_through_every_sample(axes):
    fast = TARGETS["eight waves"].function
    figures.draw_alias(axes, fast, 7)
    truth, fit = axes.lines
    x, y = axes.collections[0].get_offsets().T
    np.testing.assert_allclose(y, fast(x), atol=1e-12)
    np.testing.assert_allclose(np.interp(x, *fit.get_data()), y, atol=2e-3)
    assert np.abs(truth.get_ydata() - fit.get_ydata()).max() > 1.8
