"""The explorer of momentum: every pair (η, β) on one map, with its descent."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, point, predict, say
from explorable.sentences import Sentence
from mathdl.gradient_descent import figures, heavy_ball_radius
from mathdl.gradient_descent.figures.momentum import LONG, bowl_radius, bowl_rate, tuned

RATES = np.round(np.arange(0.2, 4.0, 0.2), 1)
ROOTS = (
    r"r^2 - (1 + \beta - \eta L)\,r + \beta = "
    r"r^2 - \num{(middle):.2f}\,r + \num{decay:.2f} = 0"
)
"""Whose roots are the factors of the steep mode."""

DECAYS = np.round(np.append(np.arange(0, 0.96, 0.05), 0.98), 2)


def momentum_explorer() -> Explorer:
    """Let the reader pick learning rate and decay on a map of spectral radii."""
    figure, axes = panels(3, width=700, height=250, widths=[1.35, 1.2, 0.85])
    start = nearest(*tuned())
    picture = figures.draw_momentum_plane(axes, *start)
    plain, with_memory = (float(heavy_ball_radius(3.0, decay, 1.0)) for decay in (0.0, 0.7))

    @explore(
        figure,
        picture.artists,
        "What does momentum do, over all its settings?",
        computed=True,
        prediction=predict(
            "The largest curvature is 1, so plain descent (β = 0) diverges with η = 3. "
            "We leave η = 3 and raise β to 0.7. What happens?",
            ["it diverges faster", "it diverges more slowly", "it converges"],
            answer=2 if with_memory < 1 else int(with_memory < plain),
            why=say(
                "With β = 0.7 rates up to 2(1 + β)/L = {limit:.3g} are stable: the factor per "
                "step falls from {plain:.3g} to {radius:.3g}. Momentum does not only damp, it "
                "lets larger steps converge.",
                limit=2 * 1.7,
                plain=plain,
                radius=with_memory,
            ),
            show=[{"pair": (3, 0)}, {"pair": (3, 0.7)}],
            panel=3,
        ),
        pair=point(axes[0], xs=RATES, ys=DECAYS, label="(η, β)", start=start),
    )
    def update(pair: np.ndarray) -> Sentence:
        rate, decay = pair
        picture.move(rate, decay)
        return _told(rate, decay).typeset(ROOTS, middle=1 + decay - rate, decay=decay)

    return update


def _told(rate: float, decay: float) -> Sentence:
    radius = bowl_radius(rate, decay)
    numbers = {
        "rate": rate,
        "decay": decay,
        "radius": radius,
        "measured": bowl_rate(rate, decay),
        "long": LONG,
    }
    if radius > 1 + 1e-9:
        return say(
            "η = {rate:.3g}, β = {decay:.3g}: predicted factor per step {radius:.3f}, above 1. "
            "The descent diverges; measured {measured:.3f}.",
            **numbers,
        )
    if radius > 1 - 1e-9:
        return say(
            "η = {rate:.3g}, β = {decay:.3g}: predicted factor per step {radius:.3f}, measured "
            "{measured:.3f}. On the border the steep mode jumps to and fro for ever.",
            **numbers,
        )
    return say(
        "η = {rate:.3g}, β = {decay:.3g}: predicted factor per step {radius:.3f}, measured "
        "{measured:.3f} over the second half of {long} steps. In the long run the error falls to "
        "a tenth every {steps:.0f} steps.",
        **numbers,
        steps=np.log(10) / -np.log(radius),
    )


def nearest(rate: float, decay: float) -> tuple[float, float]:
    """Return the pair of the grid that lies nearest to a rate and a decay."""
    return (float(RATES[abs(RATES - rate).argmin()]), float(DECAYS[abs(DECAYS - decay).argmin()]))
