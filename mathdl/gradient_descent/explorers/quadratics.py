"""The explorer of the bowl: learning rate, condition number and start against two modes."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, point, predict, say, slider
from explorable.sentences import Sentence
from mathdl.gradient_descent import (
    Modes,
    best_rate,
    contraction_factor,
    figures,
    largest_stable_rate,
)
from mathdl.gradient_descent.figures.quadratics import mode_losses

RATES = [0.1, 0.3, 0.5, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 1.9, 1.96, 2.0, 2.04, 2.1]
CONDITION_NUMBERS = [1.0, 3.0, 10.0, 30.0, 100.0]
FACTORS = (
    r"1 - \eta\mu = 1 - \num{rate:.3f}\cdot\num{gentlest:.4f} = \num{gentle:.3f}, \qquad "
    r"1 - \eta L = 1 - \num{rate:.3f}\cdot 1 = \num{steep:.3f}"
)
"""The factors of the two modes."""

PLACES = (np.arange(-3, 4), np.arange(-2, 3))
"""Where a descent may start."""


def quadratic_explorer() -> Explorer:
    """Let the reader choose rate, condition number and start on a bowl with L = 1."""
    figure, axes = panels(2, height=320)
    picture = figures.draw_bowl(axes, 1.8, 10, (-3, 2))
    figures.name_modes(axes[1])
    limit = float(largest_stable_rate(1.0))
    factors = [float(contraction_factor(rate, 1 / 30, 1.0)) for rate in (1.9, 2.1)]

    @explore(
        figure,
        picture.artists,
        "Who decides how fast, and who decides whether at all?",
        name="bowl",
        computed=True,
        prediction=predict(
            "The largest curvature is 1 and the condition number 30. With η = 1.9 the descent "
            "arrives, zigzagging. What does η = 2.1 do, a tenth more?",
            ["it arrives, a little sooner", "it arrives, a little later", "it never arrives"],
            answer=2 if factors[1] > 1 else int(factors[1] > factors[0]),
            why=say(
                "The limit is 2/L = {limit:.3g}. Beyond it each step multiplies the error in the "
                "steep mode by −{factor:.3g}, and every step makes it larger.",
                limit=limit,
                factor=factors[1],
            ),
            show=[{"kappa": 30, "rate": 1.9}, {"kappa": 30, "rate": 2.1}],
        ),
        rate=slider(RATES, label="learning rate η", start=1.8, marks={"1/L": 1.0, "2/L": limit}),
        kappa=slider(CONDITION_NUMBERS, label="condition number κ", start=10),
        start=point(axes[0], xs=PLACES[0], ys=PLACES[1], label="start", start=(-3, 2)),
    )
    def update(rate: float, kappa: float, start: np.ndarray) -> Sentence:
        modes = picture.move(rate, kappa, start)
        return _told(modes, rate, kappa, start, limit).typeset(
            FACTORS, rate=rate, gentlest=1 / kappa, gentle=1 - rate / kappa, steep=1 - rate
        )

    return update


def _told(modes: Modes, rate: float, kappa: float, start: np.ndarray, limit: float) -> Sentence:
    if not start.any():
        return say("A descent that starts in the minimum stays there: the slope is 0.")
    if rate >= limit:
        return _beyond(rate, 1 - rate, bool(abs(modes.errors[0, 1]) < 1e-9))
    with np.errstate(divide="ignore"):
        parts = mode_losses(modes)
    return say(
        "Each step multiplies the error by {gentle:.3g} in the gentle mode and by {steep:.3g} "
        "in the steep one. After 60 steps {left:.2g} of the loss is left. {verdict}",
        gentle=1 - rate / kappa,
        steep=1 - rate,
        left=parts[-1].sum() / parts[0].sum(),
        verdict=str(_verdict(rate, kappa)),
    )


def _verdict(rate: float, kappa: float) -> Sentence:
    """Say which mode rules in the long run, and so whether to go up or down."""
    best = best_rate(1 / kappa, 1.0)
    if np.isclose(rate, best, rtol=1e-9):
        return say("No other rate is better in the long run.")
    if kappa == 1:
        if rate < best:
            return say("The bowl is round: a larger rate arrives sooner.")
        return say("The bowl is round: a smaller rate arrives sooner.")
    if rate < best:
        return say("In the long run the gentle mode is the slower one: go up.")
    return say("In the long run the steep mode is the slower one: go down.")


def _beyond(rate: float, factor: float, flat: bool) -> Sentence:
    if flat:
        return say("At η = {rate:.3g} the steep mode would grow, if the start had any.", rate=rate)
    if np.isclose(factor, -1, rtol=1e-9):
        return say(
            "Exactly at 2/L the steep mode is multiplied by −1: it jumps to and fro for ever and "
            "keeps its loss."
        )
    return say(
        "Beyond 2/L: each step multiplies the error in the steep mode by {factor:.3g}. The "
        "descent diverges, though every step follows the slope down.",
        factor=factor,
    )
