"""The explorer that opens the chapter: a step size, a bowl that can be stretched, and momentum."""

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider
from explorable.sentences import Sentence
from mathdl.gradient_descent import contraction_factor, figures, largest_stable_rate
from mathdl.gradient_descent.figures.opening import NEAR, START, STEPS, first_slope

RATES = [0.02, 0.1, 0.3, 0.5, 0.8, 1.0, 1.2, 1.5, 1.8, 1.9, 2.0, 2.1, 2.5, 3.0, 3.5]
STRETCHES = [1.0, 2.0, 4.0, 9.0, 16.0, 25.0]
DECAYS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

FIRST_STEP = (
    r"\theta_1 = \theta_0 - \eta\,g = "
    rf"\begin{{pmatrix}} {START[0]:.0f} \\ {START[1]:.0f} \end{{pmatrix}} - \num{{rate:.3f}} "
    r"\begin{pmatrix} \num{across:.2f} \\ \num{up:.2f} \end{pmatrix} \approx "
    r"\begin{pmatrix} \num{x:.2f} \\ \num{y:.2f} \end{pmatrix}"
)
"""The first step, with its numbers: η times the slope g at the start, whatever the momentum."""


def opening_explorer() -> Explorer:
    """Let the reader drag the step size on a bowl, stretch the bowl and give the ball momentum."""
    figure, axes = panels(2, height=250)
    picture = figures.draw_opening(axes, 0.3, 1, 0)
    limit = float(largest_stable_rate(1.0))
    factor = float(contraction_factor(2.1, 1.0, 1.0))

    @explore(
        figure,
        picture.artists,
        "How long may a step downhill be?",
        computed=True,
        prediction=predict(
            "On this round bowl a step of the size marked 1/L lands in the lowest point at once. "
            "What do steps of a little more than twice that size do?",
            ["they arrive in two steps", "they arrive, to and fro", "they never arrive"],
            answer=2 if factor > 1 else 1,
            why=say(
                "They jump across the bowl and land {factor:.3g} times as far away, each time, "
                "though each follows the slope down. The limit is 2/L.",
                factor=factor,
            ),
            show=[{"rate": 1.0}, {"rate": 1.9}, {"rate": 2.1}],
        ),
        rate=slider(RATES, label="step size η", start=0.3, marks={"1/L": 1.0, "2/L": limit}),
        stretch=slider(STRETCHES, label="stretch κ", start=1),
        decay=slider(DECAYS, label="momentum β", start=0),
    )
    def update(rate: float, stretch: float, decay: float) -> Sentence:
        away, arrived = picture.move(rate, stretch, decay)
        slope = first_slope(stretch)
        landed = START - rate * slope
        return _told(away, arrived, rate - limit * (1 + decay)).typeset(
            FIRST_STEP, rate=rate, across=slope[0], up=slope[1], x=landed[0], y=landed[1]
        )

    return update


def _told(away: Array, arrived: int, beyond: float) -> Sentence:
    """Say what becomes of the ball, whose step size is so much beyond the limit."""
    if abs(beyond) < 1e-9:
        return say("Exactly at the limit: it jumps to and fro across the bowl for ever.")
    if beyond > 0:
        return say(
            "Too long: in the long run the ball flies off. After ten steps its distance is "
            "{away:.3g} times the first.",
            away=away[10],
        )
    if arrived == 1:
        return say("One step, and the ball has arrived.")
    if away[STEPS] < NEAR:  # it may leave again, but not for long
        return say(
            "After {steps} steps the ball is within a hundredth of its first distance, and "
            "stays there.",
            steps=arrived,
        )
    return say(
        "After {steps} steps {left:.2g} of the first distance is left, more than a hundredth: not "
        "there yet.",
        steps=STEPS,
        left=away[STEPS],
    )
