"""The losses of a training in which something is wrong, beside those of a sound one."""

import numpy as np
from matplotlib.axes import Axes

from explorable.drawing.toolkit import MUTED, ONE, SHORT_DASH, TWO, MovingParts, label, style_curve
from mathdl.faq.experiments import Curves, Loop, follow

__all__ = ["draw_patient"]

LOWEST, HIGHEST = 1e-3, 300.0


class Patient(MovingParts):
    """The two losses of one training."""

    def move(self, curves: Curves) -> None:
        """Show another training."""
        for line, losses in (
            (self.training, curves.batch_losses),
            (self.held_out, curves.held_out_losses),
        ):
            steps = np.linspace(0, len(curves.batch_losses), len(losses))
            line.set_data(steps, np.clip(losses, LOWEST, HIGHEST))


def draw_patient(axes: Axes) -> Patient:
    """Draw a sound training and the loss of a guess; the losses of the other are still empty."""
    style_curve(axes, "step", "cross-entropy", log="y")
    sound = follow.plain(Loop(), 0)
    steps, guess = len(sound.batch_losses), float(np.log(10))
    axes.set(xlim=(0, steps), ylim=(LOWEST, HIGHEST), xticks=[0, 60, 120, steps])
    axes.plot([0, steps], [guess, guess], color=MUTED, linewidth=1.2, linestyle=SHORT_DASH)
    held = np.linspace(0, steps, len(sound.held_out_losses))
    for x, losses in ((np.arange(steps), sound.batch_losses), (held, sound.held_out_losses)):
        axes.plot(x, losses, color=MUTED, linewidth=1, alpha=0.45)
    key = "grey: a sound training; dashed: a guess"
    label(axes, 3, 1.8e-3, key, color=MUTED, ha="left", weight="normal")
    for place, word, color in ((0.6, "training", TWO), (1.0, "held out", ONE)):
        label(axes, place * steps, HIGHEST, word, color=color, ha="right", dy=9)
    return Patient(
        training=axes.plot([], [], color=TWO, linewidth=1.5)[0],
        held_out=axes.plot([], [], color=ONE, linewidth=2)[0],
    )
