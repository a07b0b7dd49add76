"""The explorer of the border: what a descent does beyond 2/L where the curvature can change."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.sentences import Sentence
from mathdl.gradient_descent.experiments.border import (
    START,
    ProductDescent,
    product_curvature,
    product_descent,
)
from mathdl.gradient_descent.figures.border import draw_border

RATES = np.round(np.geomspace(0.05, 0.8, 25), 3)
CHAINS = {"1": "two links, uv", "2": "four links, uvuv"}
KINDS = ("diverges", "falls", "jumps")


def border_explorer() -> Explorer:
    """Let the reader raise a constant rate past 2/L on two small chains of weights."""
    figure, axes = panels(3, width=700, height=250, widths=[0.9, 1, 1])
    picture = draw_border(axes)
    first = float(product_curvature(START))
    calm = float(RATES[np.abs(RATES - 0.2).argmin()])
    beyond = next(float(rate) for rate in RATES if rate > 1.2 * 2 / first)
    shown = product_descent(beyond)

    @explore(
        figure,
        picture.artists,
        "What lies beyond 2/L?",
        computed=True,
        prediction=predict(
            say(
                "The loss ½(uv − 1)² has the curvature {first:.2g} at the ring, so 2/L is "
                "{limit:.2g}. On a bowl every larger rate diverges. What does η = {rate:.2g} do "
                "here?",
                first=first,
                limit=2 / first,
                rate=beyond,
            ),
            [
                "it diverges",
                "it lowers the loss at each step",
                "it raises the loss first, and arrives all the same",
            ],
            answer=KINDS.index(shown.kind),
            why=say(
                "The loss rises to {most:.0f} times its first value; then it vanishes. The jumps "
                "end at a minimum with the curvature {last:.2g}, below 2/η = {limit:.2g}.",
                most=shown.losses.max() / shown.losses[0],
                last=shown.curvatures[-1],
                limit=2 / beyond,
            ),
            show=[{"rate": calm}, {"rate": beyond}],
            panel=2,
        ),
        rate=slider(RATES, label="learning rate η", start=calm),
        chain=choice(CHAINS, label="chain"),
    )
    def update(rate: float, chain: str) -> Sentence:
        power = int(chain)
        run = product_descent(rate, power=power)
        picture.move(run, rate, power)
        return _told(run, 2 / rate).typeset(
            r"\frac{2}{\eta} = \frac{2}{\num{rate:.3f}} = \num{border:.2f}",
            rate=rate,
            border=2 / rate,
        )

    return update


def _told(run: ProductDescent, border: float) -> Sentence:
    numbers = {
        "border": border,
        "first": run.curvatures[0],
        "last": run.curvatures[-1],
        "rises": run.n_rises,
        "most": np.maximum(run.losses.max() / run.losses[0], 1.01),  # not 1 times
    }
    if run.kind == "diverges":
        return say(
            "2/η = {border:.3g}, and the curvature is {first:.3g} at the start. The jumps grow: "
            "after {steps} steps the descent has diverged.",
            steps=run.n_steps,
            **numbers,
        )
    if run.kind == "falls":
        return say(
            "2/η = {border:.3g}. The loss falls at each step. The curvature is {first:.3g} at the "
            "start and {last:.3g} at the end, which is below the border.",
            **numbers,
        )
    if run.kind == "jumps":
        return say(
            "2/η = {border:.3g}. Steps that raise the loss: {rises}. It is at most {most:.3g} "
            "times its first value, and the jumps end at a minimum. The curvature there is "
            "{last:.3g}; at the start it was {first:.3g}.",
            **numbers,
        )
    return say(
        "2/η = {border:.3g}. The edge: {rises} steps raise the loss, the last of them step {end}; "
        "the curvature rose to {most_curved:.2g} on the way. The jumps end at a minimum with the "
        "curvature {last:.3g}, just below the border.",
        end=run.last_rise,
        most_curved=run.curvatures.max(),
        **numbers,
    )
