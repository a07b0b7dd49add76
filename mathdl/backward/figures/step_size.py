"""Draw the two errors of a finite difference."""

import math

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

import explorable.drawing.toolkit as tk
from mathdl.backward.step_size import difference_quotient, error_terms, unit_roundoff

ROOTS = {"forward": (1 / 2, "√u"), "central": (1 / 3, "³√u"), "complex": (0.0, "")}
"""The power of the unit roundoff that the best step of a scheme is of the order of."""


class StepErrors(tk.MovingParts):
    """What can move in a drawing of errors against the step."""

    def move(self, steps: npt.ArrayLike, step: float, scheme: str, dtype: str) -> None:
        """Show the errors of another scheme or arithmetic, and stand at another step."""
        h = np.asarray(steps, dtype=float)
        self.measured.set_data(h, [step_error(value, scheme, dtype) for value in h])
        truncation, roundoff = error_terms(h, scheme=scheme, dtype=dtype)
        self.truncation.set_data(h, truncation)
        self.roundoff.set_data(h, roundoff)
        self.here.set_data([step], [step_error(step, scheme, dtype)])
        power, word = ROOTS[scheme]
        place = unit_roundoff(dtype) ** power if power else math.nan
        self.root.set_data([place, place] if power else [], [3e-17, 30] if power else [])
        self.root_label.set_text(word)
        self.root_label.set_x(0.6 * place if power else 1.0)


def draw_step_errors(axes: Axes) -> StepErrors:
    """Prepare a plane of relative error against step, to be moved."""
    tk.style_curve(axes, x="step h", y="relative error", log="xy")
    axes.set(xlim=(0.6e-16, 1.8), ylim=(3e-17, 30))
    dashed = (0, (4, 3))
    made = StepErrors(
        measured=axes.plot([], [], color=tk.ONE)[0],
        truncation=axes.plot([], [], color=tk.THREE, linewidth=1.5, linestyle=dashed)[0],
        roundoff=axes.plot([], [], color=tk.TWO, linewidth=1.5, linestyle=dashed)[0],
        here=axes.plot([], [], "o", color=tk.ONE, markersize=12, zorder=4)[0],
        root=axes.plot([], [], color=tk.MUTED, linewidth=1)[0],
        root_label=axes.text(1, 1.5e-16, "", color=tk.MUTED, fontsize=12, ha="right", va="center"),
    )
    tk.label(axes, 1e-16, 12, "round-off", color=tk.TWO, dx=4, weight="normal", ha="left")
    tk.label(axes, 1, 12, "truncation", color=tk.THREE, dx=-2, weight="normal", ha="right")
    return made


def step_error(step: float, scheme: str, dtype: str) -> float:
    """Return the relative error of a difference quotient of exp at 1, at least 10⁻¹⁶.

    Examples
    --------
    >>> f"{step_error(0.01, 'central', 'float64'):.1e}"
    '1.7e-05'
    """
    quotient = difference_quotient(np.exp, [1.0], [step], scheme=scheme, dtype=dtype)[0, 0]
    return max(abs(float(quotient) / np.e - 1), 1e-16)


def right_digits(error: float) -> int:
    """Return how many digits of a number are right whose relative error is given.

    Examples
    --------
    >>> right_digits(2e-5), right_digits(2.0)
    (4, 0)
    """
    return max(0, math.floor(-math.log10(error)))
