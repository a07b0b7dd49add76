"""The remedies against overfitting."""

import numpy as np

from explorable.drawing.toolkit import panels
from mathdl.faq import figures
from mathdl.faq.experiments import REMEDIES, remedy_errors, sample_curve


def test_the_panels_of_remedies_follow_the_errors():
    _, axes = panels(2)
    picture = figures.draw_remedies(axes)
    errors = remedy_errors("penalty", 0.3)
    picture.move(REMEDIES["penalty"][4], 0.3, errors, 4)
    np.testing.assert_allclose(picture.test.get_ydata(), [each.test for each in errors])
    np.testing.assert_allclose(picture.train.get_ydata(), [each.train for each in errors])
    np.testing.assert_allclose(picture.here.get_xydata(), [[4, errors[4].test]])
    x, y = sample_curve(20, 0.3, rng=np.random.default_rng(0))
    np.testing.assert_allclose(picture.samples.get_offsets(), np.column_stack([x, y]))
    low, high = axes[1].get_ylim()
    for noise in (0.03, 0.1, 0.3):
        for remedy in REMEDIES:
            for each in remedy_errors(remedy, noise):
                assert low < each.train < high
                assert low < each.test < high
