"""A curve through noisy samples, and the remedies against overfitting."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from explorable.drawing.toolkit import INK, ONE, THREE, TWO, MovingParts, dots, label, style_curve
from mathdl.faq import fit_weights, legendre
from mathdl.faq.experiments import CurveErrors, CurveFit, sample_curve, wave

__all__ = ["draw_remedies"]

PLACES = np.linspace(-1, 1, 121)
REACH = 2.2
"""How far up and down the panel of the fit goes."""

NAMES = {
    "capacity": "smaller model",
    "data": "more data",
    "penalty": "L2 penalty",
    "dropout": "dropout",
}


class Fit(MovingParts):
    """A polynomial through noisy samples, and the errors of a remedy's nine strengths."""

    def move(
        self, fit: CurveFit, noise: float, errors: Sequence[CurveErrors], strength: int
    ) -> None:
        """Show one fit to the first draw, and where it stands among the strengths."""
        x, y = sample_curve(fit.n_samples, noise, rng=np.random.default_rng(0))
        features = legendre(x, fit.degree)
        w = fit_weights(features, y, penalty=fit.penalty, keep_rate=fit.keep_rate)
        values = legendre(PLACES, fit.degree) @ w
        inside = np.abs(values) < REACH
        self.fit.set_data(PLACES, np.where(inside, values, np.nan))
        self.samples.set_offsets(np.column_stack([x, y]))
        strengths = np.arange(len(errors))
        self.train.set_data(strengths, [each.train for each in errors])
        self.test.set_data(strengths, [each.test for each in errors])
        self.here.set_data([strength], [errors[strength].test])


def draw_remedies(axes: Sequence[Axes]) -> Fit:
    """Draw the two panels of the remedies, still without a fit."""
    left, right = axes
    style_curve(left, "x", "fit")
    left.set(xlim=(-1.03, 1.03), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    samples = dots(left, [], [], color=INK, size=4, zorder=1.5, alpha=0.55)
    left.plot(PLACES, wave(PLACES), color=THREE, linewidth=4, alpha=0.7)
    label(left, -0.95, 2.0, "curve", color=THREE, ha="left")
    label(left, -0.55, 2.0, "fit", color=ONE, ha="left")
    label(left, -0.33, 2.0, "samples", color=INK, ha="left")
    style_curve(right, "strength of the remedy", "root mean squared error", log="y")
    right.set(xlim=(-0.4, 8.4), ylim=(4e-3, 2), xticks=range(9))
    label(right, 8.2, 1.5, "test", color=ONE, ha="right")
    label(right, 6.6, 1.5, "training", color=TWO, ha="right")
    return Fit(
        samples=samples,
        fit=left.plot([], [], color=ONE)[0],
        train=right.plot([], [], color=TWO, marker="o", markersize=5)[0],
        test=right.plot([], [], color=ONE, marker="o", markersize=5)[0],
        here=right.plot(
            [], [], marker="o", markersize=13, markerfacecolor="none", markeredgewidth=2, color=ONE
        )[0],
    )
