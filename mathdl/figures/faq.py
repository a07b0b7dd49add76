"""What the chapter of questions draws: errors over seeds, shrinkage, thresholds, two norms."""

import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from mathdl.faq import (
    CurveErrors,
    CurveFit,
    Errors,
    fitted_weights,
    legendre,
    matching_penalty,
    penalized_minimum,
    ridge_shrinkage,
    sample_curve,
    soft_threshold,
    stopping_shrinkage,
    wave,
)
from mathdl.figures.plane import set_line
from mathdl.figures.style import (
    INK,
    MUTED,
    ONE,
    THREE,
    TWO,
    curve,
    dots,
    label,
    label_line,
    minima,
    plane,
)

Numbers = NDArray[np.float64]

# Measured over seeds ---------------------------------------------------------------------------


def errors_by_name(axes: Axes, errors: Mapping[str, Errors]) -> None:
    """Draw the test error of each seed and their mean, a row a recipe, the first as reference.

    Parameters
    ----------
    axes : Axes
    errors : dict of Errors
        By the words that stand beside the row.
    """
    curve(axes, "digits read wrongly, %")
    rows = -np.arange(len(errors))
    reference = 100 * float(next(iter(errors.values())).test.mean())
    axes.plot([reference] * 2, [rows[-1] - 0.4, 0.4], color=TWO, linewidth=1.5, zorder=1)
    for row, (train, test) in zip(rows, errors.values(), strict=True):
        dots(axes, 100 * test, [row] * len(test), color=ONE, size=5, alpha=0.45, linewidths=0)
        for value, color, height in ((train, MUTED, 0.2), (test, ONE, 0.34)):
            mean = 100 * float(value.mean())
            axes.plot([mean] * 2, [row - height, row + height], color=color, linewidth=3)
    axes.set_yticks(rows, list(errors))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_ylim(rows[-1] - 0.6, 0.6)
    largest = max(float(each.test.max()) for each in errors.values())
    axes.set_xlim(-1, 103 * largest + 1)


def error_curves(
    axes: Axes,
    x: ArrayLike,
    errors: Iterable[Errors],
    *,
    name: str,
    log: str = "x",
) -> None:
    """Draw mean training and test error against a setting, with the seeds as dots.

    Parameters
    ----------
    axes : Axes
    x : array (n_settings,)
    errors : iterable of Errors
        One a setting, at least three.
    name : str
        Of the setting.
    log : str
        As in `mathdl.figures.style.curve`.
    """
    curve(axes, name, "digits read wrongly, %", log=log)
    settings, measured = np.asarray(x, dtype=float), list(errors)
    for which, color, word in (("train", TWO, "training"), ("test", ONE, "test")):
        values = 100 * np.stack([getattr(each, which) for each in measured])
        (line,) = axes.plot(settings, values.mean(axis=1), color=color)
        seeds = np.repeat(settings, values.shape[1])
        dots(axes, seeds, values.ravel(), color=color, size=5, alpha=0.5, linewidths=0)
        above = which == "test"
        label_line(
            line, word, at=2, dx=0, dy=15 if above else -15, ha="left" if above else "right"
        )
    if "x" in log:  # room for whole dots at both ends
        axes.set_xlim(settings.min() / 1.25, settings.max() * 1.25)


def batch_losses(axes: Axes, losses: Mapping[str, ArrayLike], *, n_classes: int = 10) -> None:
    """Draw the loss of every batch of several trainings, and the loss of a guess.

    Parameters
    ----------
    axes : Axes
    losses : mapping of name to array (n_steps,)
        Cross-entropies; a name stands behind the end of its line.
    n_classes : int
        Among how many classes a guess chooses.
    """
    guess = float(np.log(n_classes))
    curve(axes, "step", "cross-entropy of a batch")
    heights = {name: np.asarray(values, dtype=float) for name, values in losses.items()}
    ends = {name: float(values[-10:].mean()) for name, values in heights.items()}
    colors = dict(zip(losses, (ONE, THREE, TWO, INK), strict=False))
    steps = max(map(len, heights.values()))
    axes.set(xlim=(0, 1.45 * steps), ylim=(0, 2.2 * guess))
    axes.set_xticks([0, steps // 2, steps])
    axes.plot([0, steps], [guess, guess], color=MUTED, linewidth=1.2, linestyle=(0, (4, 3)))
    label(axes, steps, guess, "a guess", color=MUTED, ha="right", dy=-9, weight="normal")
    lowest = -1.0
    for name in sorted(ends, key=lambda each: ends[each]):
        axes.plot(heights[name], color=colors[name], linewidth=1.4)
        lowest = max(ends[name], lowest + 0.16 * guess)
        label(axes, steps, lowest, name, color=colors[name], dx=5)


def stopping(axes: Sequence[Axes], losses: ArrayLike, validation: ArrayLike, best: int) -> None:
    """Draw training and validation loss over epochs, and the epoch at which to stop.

    Parameters
    ----------
    axes : Axes
    losses, validation : array (n_epochs,)
    best : int
        The epoch that is kept, counted from 0.
    """
    panel = axes if isinstance(axes, Axes) else axes[0]
    curve(panel, "epoch", "cross-entropy")
    epochs = np.arange(1, len(np.asarray(losses)) + 1)
    (train,) = panel.plot(epochs, losses, color=TWO)
    (held,) = panel.plot(epochs, validation, color=ONE)
    kept = float(np.asarray(validation)[best])
    dots(panel, [best + 1], [kept], color=ONE, size=9, zorder=4)
    label(panel, best + 1, kept, "kept", color=ONE, dx=4, dy=-14)
    middle = int(0.6 * len(epochs))
    label_line(train, "training", at=middle, dx=0, dy=14, ha="center")
    label_line(held, "held out", at=middle, dx=0, dy=-16, ha="center")


# Shrinkage -------------------------------------------------------------------------------------


def shrinkages(axes: Axes, learning_rate: float, n_steps: int) -> tuple[Line2D, Line2D]:
    """Draw what ridge and early stopping leave of a mode against its curvature.

    Parameters
    ----------
    axes : Axes
    learning_rate : float
    n_steps : int
        Ridge gets the penalty 1/(ηk) that matches them.
    """
    curve(axes, "curvature λ of the mode", "share that is kept", log="x")
    curvatures = np.geomspace(1e-4, 1 / learning_rate, 121)
    penalty = matching_penalty(learning_rate, n_steps)
    (ridge,) = axes.plot(curvatures, ridge_shrinkage(curvatures, penalty), color=ONE)
    stopped = stopping_shrinkage(curvatures, learning_rate, n_steps)
    (early,) = axes.plot(curvatures, stopped, color=TWO)
    axes.axvline(penalty, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
    label(axes, penalty, 0.02, "λ = 1/(ηk)", color=MUTED, dx=6, weight="normal", va="bottom")
    label_line(ridge, "ridge", at=80, dx=10, dy=-6)
    label_line(early, "early stopping", at=64, dx=-12, dy=4)
    return ridge, early


def thresholds(axes: Axes, threshold: float, penalty: float) -> tuple[Line2D, Line2D]:
    """Draw what one proximal step of L1 and of L2 makes of a weight.

    Parameters
    ----------
    axes : Axes
    threshold : float
        τ of the soft threshold.
    penalty : float
        α of the shrinkage w/(1 + α).
    """
    curve(axes, "weight before", "weight after")
    w = np.linspace(-3, 3, 121)
    axes.plot(w, w, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
    (ridge,) = axes.plot(w, w / (1 + penalty), color=TWO)
    (soft,) = axes.plot(w, soft_threshold(w, threshold), color=ONE)
    label_line(soft, "L1: soft threshold", at=60, dx=0, dy=-14, ha="left")
    label_line(ridge, "L2", at=-1, dx=-2, dy=-26, ha="right")
    label(axes, 2.4, 2.4, "unchanged", color=MUTED, dx=-6, dy=6, weight="normal")
    return soft, ridge


def sizes_of_weights(axes: Axes, paths: Mapping[str, ArrayLike]) -> None:
    """Draw the size of one weight over steps, on a log axis that ends where it is exactly 0.

    Parameters
    ----------
    axes : Axes
    paths : dict of array (n_steps + 1,)
        By name, at most two.
    """
    curve(axes, "step", "size of a weight that should be 0", log="y")
    for (name, path), color, rank in zip(paths.items(), (ONE, TWO), (0, 1), strict=False):
        sizes = np.abs(np.asarray(path, dtype=float))
        seen = np.where(sizes > 0, sizes, np.nan)
        axes.plot(np.arange(len(sizes)), seen, color=color)
        last = int(np.flatnonzero(sizes)[-1])
        label(axes, 0.97 * len(sizes), sizes.max(), name, color=color, ha="right", dy=-18 * rank)
        if last < len(sizes) - 1:
            dots(axes, [last], [sizes[last]], color=color, size=8)
            label(axes, last, sizes[last], "then exactly 0", color=color, dx=-9, dy=-5)


# The explorer of remedies ----------------------------------------------------------------------

PLACES = np.linspace(-1, 1, 121)
REACH = 2.2
"""How far up and down the panel of the fit goes."""

NAMES = {
    "capacity": "smaller model",
    "data": "more data",
    "penalty": "L2 penalty",
    "dropout": "dropout",
}


@dataclasses.dataclass(frozen=True)
class Fit:
    """A polynomial through noisy samples, and the errors of a remedy's nine strengths."""

    samples: PathCollection
    fit: Line2D
    train: Line2D
    test: Line2D
    here: Line2D

    @property
    def artists(self) -> dict[str, Any]:
        """The artists that move, by name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def move(
        self, fit: CurveFit, noise: float, errors: Sequence[CurveErrors], strength: int
    ) -> None:
        """Show one fit to the first draw, and where it stands among the strengths."""
        x, y = sample_curve(fit.n_samples, noise, rng=np.random.default_rng(0))
        values = legendre(PLACES, fit.degree) @ fitted_weights(fit, x, y)
        inside = np.abs(values) < REACH
        set_line(self.fit, PLACES, np.where(inside, values, np.nan))
        self.samples.set_offsets(np.column_stack([x, y]))
        strengths = np.arange(len(errors))
        set_line(self.train, strengths, [each.train for each in errors])
        set_line(self.test, strengths, [each.test for each in errors])
        set_line(self.here, [strength], [errors[strength].test])


def remedy_panels(axes: Sequence[Axes]) -> Fit:
    """Draw the two panels of the remedies, still without a fit.

    Parameters
    ----------
    axes : two Axes
    """
    left, right = axes
    curve(left, "x", "fit")
    left.set(xlim=(-1.03, 1.03), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    left.plot(PLACES, wave(PLACES), color=THREE, linewidth=4, alpha=0.7)
    (fit,) = left.plot([], [], color=ONE)
    samples = dots(left, [], [], color=INK, size=4, zorder=4, alpha=0.7)
    label(left, -0.95, 2.0, "curve", color=THREE, ha="left")
    label(left, -0.55, 2.0, "fit", color=ONE, ha="left")
    label(left, -0.33, 2.0, "samples", color=INK, ha="left")
    curve(right, "strength of the remedy", "root mean squared error", log="y")
    right.set(xlim=(-0.4, 8.4), ylim=(4e-3, 2), xticks=range(9))
    (train,) = right.plot([], [], color=TWO, marker="o", markersize=5)
    (test,) = right.plot([], [], color=ONE, marker="o", markersize=5)
    (here,) = right.plot(
        [], [], marker="o", markersize=13, markerfacecolor="none", markeredgewidth=2, color=ONE
    )
    label(right, 8.2, 1.5, "test", color=ONE, ha="right")
    label(right, 6.6, 1.5, "training", color=TWO, ha="right")
    return Fit(samples, fit, train, test, here)


# The explorer of norms -------------------------------------------------------------------------

HESSIAN = np.array([[1.0, 0.5], [0.5, 1.0]])
"""Curvature of the loss whose minimum the reader moves."""

SPAN = 3.2
PENALTIES = np.linspace(0, 4, 41)


@dataclasses.dataclass(frozen=True)
class Norms:
    """The loss's ellipses, the ball of a norm, the solution, and the weights over the penalty."""

    ellipses: list[Line2D]
    minimum: Line2D
    ball: Line2D
    track: Line2D
    solution: Line2D
    first: Line2D
    second: Line2D
    here: Line2D

    @property
    def artists(self) -> dict[str, Any]:
        """The artists that move, by name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def move(self, penalty: float, norm: str, minimum: ArrayLike) -> Numbers:
        """Show the solution for a penalty, a norm and a minimum of the loss; return it."""
        m = np.asarray(minimum, dtype=float)
        solution = penalized_minimum(HESSIAN, m, penalty, norm)
        heights = [0.15, 0.6, 1.5]
        touching = float((solution - m) @ HESSIAN @ (solution - m)) / 2
        for line, height in zip(self.ellipses, [*heights, touching], strict=True):
            set_line(line, *ellipse(m, height).T)
        set_line(self.minimum, m[:1], m[1:])
        set_line(self.ball, *ball(solution, norm).T)
        track = solutions(float(m[0]), float(m[1]), norm)
        set_line(self.track, *track.T)
        set_line(self.solution, solution[:1], solution[1:])
        set_line(self.first, PENALTIES, track[:, 0])
        set_line(self.second, PENALTIES, track[:, 1])
        set_line(self.here, [penalty, penalty], solution)
        return np.asarray(solution)


@functools.cache
def solutions(first: float, second: float, norm: str) -> Numbers:
    """Return the solutions (41, 2) for `PENALTIES` when the loss is smallest at a point."""
    return np.array(
        [penalized_minimum(HESSIAN, (first, second), penalty, norm) for penalty in PENALTIES]
    )


def ellipse(minimum: ArrayLike, height: float) -> Numbers:
    """Return the points (49, 2) where the loss exceeds its minimum by a height."""
    angle = np.linspace(0, 2 * np.pi, 49)
    circle = np.stack([np.cos(angle), np.sin(angle)])
    root = np.linalg.cholesky(np.linalg.inv(HESSIAN))
    around: Numbers = np.sqrt(2 * max(height, 0)) * (root @ circle).T
    return np.asarray(minimum, dtype=float) + around


def ball(solution: ArrayLike, norm: str) -> Numbers:
    """Return the outline of the ball of a norm about 0 that has a point on its rim."""
    w = np.asarray(solution, dtype=float)
    if norm == "L1":
        corners = np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]], dtype=float)
        return np.asarray(np.abs(w).sum() * corners)
    angle = np.linspace(0, 2 * np.pi, 49)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return np.asarray(np.linalg.norm(w) * circle)


def norm_panels(axes: Sequence[Axes]) -> Norms:
    """Draw the plane of two weights and the weights over the penalty, still without a solution.

    Parameters
    ----------
    axes : two Axes
    """
    left, right = axes
    plane(left, "w₁", "w₂", bounds=[[-SPAN, SPAN], [-SPAN, SPAN]])
    left.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    left.axhline(0, color=MUTED, linewidth=0.8)
    left.axvline(0, color=MUTED, linewidth=0.8)
    ellipses = [left.plot([], [], color=INK, linewidth=1, alpha=0.3)[0] for _ in range(3)]
    (touching,) = left.plot([], [], color=INK, linewidth=1.5, alpha=0.8)
    (ball_line,) = left.plot([], [], color=THREE)
    (track,) = left.plot([], [], color=ONE, linewidth=1.5, alpha=0.5)
    minimum = minima(left, [[0, 0]])
    (solution,) = left.plot([], [], color=ONE, marker="o", markersize=9, linestyle="none")
    curve(right, "penalty α", "weights of the solution")
    right.set(xlim=(0, 4), ylim=(-SPAN, SPAN), xticks=[0, 1, 2, 3, 4], yticks=[-2, 0, 2])
    right.axhline(0, color=MUTED, linewidth=0.8)
    (first,) = right.plot([], [], color=ONE)
    (second,) = right.plot([], [], color=TWO)
    (here,) = right.plot([], [], color=INK, marker="o", markersize=8, linestyle="none")
    label(right, 3.5, 2.9, "w₁", color=ONE, ha="right")
    label(right, 3.9, 2.9, "w₂", color=TWO, ha="right")
    return Norms([*ellipses, touching], minimum, ball_line, track, solution, first, second, here)
