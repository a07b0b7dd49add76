"""Two norms as penalties: thresholds, and where ellipse and ball touch."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

import explorable.drawing.toolkit as tk
from explorable.trace import program
from mathdl.faq import penalized_minimum, soft_threshold

__all__ = ["HESSIAN", "draw_norms", "draw_thresholds"]

Numbers = NDArray[np.floating[Any]]


def draw_thresholds(axes: Axes, threshold: float, penalty: float) -> tuple[Line2D, Line2D]:
    """Draw what one proximal step of L1 and of L2 makes of a weight.

    τ is the threshold of the one, w/(1 + α) what the penalty α of the other leaves.
    """
    tk.style_curve(axes, "weight before", "weight after")
    w = np.linspace(-3, 3, 121)
    axes.plot(w, w, color=tk.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    (ridge,) = axes.plot(w, w / (1 + penalty), color=tk.TWO)
    (soft,) = axes.plot(w, soft_threshold(w, threshold), color=tk.ONE)
    tk.label_line(soft, "L1: soft threshold", at=60, dx=0, dy=-14, ha="left")
    tk.label_line(ridge, "L2", at=-1, dx=-2, dy=-26, ha="right")
    tk.label(axes, 2.4, 2.4, "unchanged", color=tk.MUTED, dx=-6, dy=6, weight="normal")
    return soft, ridge


HESSIAN = np.array([[1.0, 0.5], [0.5, 1.0]])
"""Curvature of the loss whose minimum the reader moves."""

SPAN = 3.2
PENALTIES = np.linspace(0, 4, 81)
"""For the track of solutions; its kinks under L1 lie at multiples of 0.25."""


class Norms(tk.MovingParts):
    """The loss's ellipses, the ball of a norm, the solution, and all solutions from 0 to 4."""

    def move(self, penalty: float, norm: str, minimum: Numbers) -> Numbers:
        """Show the solution for a penalty, a norm and a minimum of the loss; return it."""
        m, solution = minimum, solution_at(minimum, penalty, norm)
        heights = [0.05, 0.2, 0.45]
        for line, height in zip(self.ellipses, heights, strict=True):
            line.set_data(*ellipse(m, height).T)
        self.touching.set_data(*arc(m, solution).T)
        self.minimum.set_data(m[:1], m[1:])
        self.ball.set_data(*ball(solution, norm).T)
        track = np.stack([solution_at(m, each, norm) for each in PENALTIES])
        self.track.set_data(*track.T)
        self.solution.set_data(solution[:1], solution[1:])
        return solution


@program
def solution_at(minimum: Numbers, penalty: float, norm: str) -> Numbers:
    """Return the solution for a penalty when the loss is smallest at a point."""
    return penalized_minimum.plain(HESSIAN, minimum, penalty, norm)


ROOT = np.linalg.cholesky(np.linalg.inv(HESSIAN))
"""Takes a circle to an ellipse of equal loss."""


def ellipse(minimum: Numbers, height: float) -> Numbers:
    """Return the points (49, 2) where the loss exceeds its minimum by a height."""
    angle = np.linspace(0, 2 * np.pi, 49)
    circle = np.stack([np.cos(angle), np.sin(angle)])
    return minimum + np.sqrt(2 * height) * (ROOT @ circle).T


def arc(minimum: Numbers, solution: Numbers) -> Numbers:
    """Return 25 points of the ellipse of equal loss through a solution, on both sides of it."""
    x, y = np.linalg.inv(ROOT) @ (solution - minimum)
    angle = np.linspace(-0.8, 0.8, 25)
    turned = [x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)]
    return minimum + (ROOT @ np.stack(turned)).T


def ball(solution: Numbers, norm: str) -> Numbers:
    """Return the outline of the ball of a norm about 0 that has a point on its rim."""
    if norm == "L1":
        corners = np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]], dtype=float)
        return np.abs(solution).sum() * corners
    angle = np.linspace(0, 2 * np.pi, 49)
    return np.linalg.norm(solution) * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def draw_norms(axes: Axes) -> Norms:
    """Draw the plane of two weights, still without a solution."""
    tk.style_plane(axes, "w₁", "w₂", bounds=[[-SPAN, SPAN], [-SPAN, SPAN]])
    axes.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    axes.axhline(0, color=tk.MUTED, linewidth=0.8)
    axes.axvline(0, color=tk.MUTED, linewidth=0.8)
    ellipses = [axes.plot([], [], color=tk.INK, linewidth=1, alpha=0.3)[0] for _ in range(3)]
    (touching,) = axes.plot([], [], color=tk.INK, linewidth=1.5, alpha=0.8)
    (ball_line,) = axes.plot([], [], color=tk.THREE)
    (track,) = axes.plot([], [], color=tk.ONE, linewidth=1.5, alpha=0.5)
    minimum = tk.mark_minima(axes, [[0, 0]])
    (solution,) = axes.plot([], [], color=tk.ONE, marker="o", markersize=9, linestyle="none")
    return Norms(
        ellipses=ellipses,
        touching=touching,
        minimum=minimum,
        ball=ball_line,
        track=track,
        solution=solution,
    )
