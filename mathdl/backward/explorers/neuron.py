"""The explorer of one neuron, swept forward and back node by node."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.scalar_graph import draw_graph
from mathdl.backward.tape import NEURON_ARROWS, NEURON_LEAVES, sweep

N_NEURON_STEPS = len(NEURON_ARROWS) + 1
"""Steps back: the seed, then the operations in reverse."""

LOSS = (
    r"L = (\max(0, wx + b) - t)^2 = (\max(0, \num{w:.2f}\cdot\num{(x):.2f} + \num{(b):.2f})"
    r" - \num{(t):.2f})^2 = \num{loss:.4f}"
)
"""The forward pass, in numbers."""

SLOPE = (
    r"\frac{\partial L}{\partial w} = 2d\cdot\num{gate}\cdot x = "
    r"2\cdot\num{(d):.2f}\cdot\num{gate}\cdot\num{(x):.2f} = \num{adjoint:.2f}"
)
"""The product of the slopes on the way from L back to w."""


def neuron_explorer() -> Explorer:
    """Let the reader set the four numbers of a neuron and sweep back through it."""
    figure, axes = panels(1, height=230, width=360)
    forward = len(NEURON_ARROWS)
    drawn = draw_graph(axes, sweep(NEURON_LEAVES, neuron=True)[forward], neuron=True)
    values, targets = np.arange(-3, 4.01, 0.5), np.arange(0, 8.01, 0.5)

    @explore(
        figure,
        drawn.artists,
        "Who is to blame for the loss?",
        name="node",
        computed=True,
        prediction=_predict_neuron(),
        step=steps(N_NEURON_STEPS, label="steps back", start=0, pace=700),
        w=slider(values, label="weight w", start=NEURON_LEAVES["w"]),
        x=slider(values, label="input x", start=NEURON_LEAVES["x"]),
        b=slider(values, label="bias b", start=NEURON_LEAVES["b"]),
        t=slider(targets, label="target t", start=NEURON_LEAVES["t"]),
    )
    def update(step: int, w: float, x: float, b: float, t: float) -> Sentence:
        now = sweep.plain({"x": x, "w": w, "b": b, "t": t}, neuron=True)[forward + step]
        drawn.move(now, backward=step > 0)
        known = now.values
        if step == 0:
            said = say("The neuron answers {a:.3g}. The target is {t:.3g}.", a=known["a"], t=t)
        elif step == 1:
            said = say("Begin at the loss. A loss that grows by 1 grows by 1: its number is 1.")
        elif step < N_NEURON_STEPS:
            result = list(NEURON_ARROWS)[forward + 1 - step]
            first = NEURON_ARROWS[result][0]
            said = say(
                "{result} hands back to {first}: {above:.3g} times the slope of {result} is "
                "{below:.3g}.",
                result=result,
                first=first,
                above=now.adjoints[result] + 0.0,
                below=now.adjoints[first] + 0.0,
            )
        elif known["s"] == 0:
            said = say(
                "All known. But s is 0, on the kink of relu: the slope is 0 to the left and 1 to "
                "the right, and 0 was taken."
            )
        elif (known["s"] > 0) != (known["s"] + 0.01 * x > 0):
            said = say(
                "All known. But s is {s:.2g}: raise w by 0.01, and relu opens or closes.",
                s=known["s"],
            )
        else:
            said = say(
                "All known. Raise w by 0.01, and the loss changes by about {change:.3g}.",
                change=0.01 * now.adjoints["w"] + 0.0,
            )
        if step < N_NEURON_STEPS:
            return said.typeset(LOSS, w=w, x=x, b=b, t=t, loss=known["L"])
        return said.typeset(
            SLOPE, d=known["d"], gate=1 * (known["s"] > 0), x=x, adjoint=now.adjoints["w"] + 0.0
        )

    return update


def _predict_neuron() -> Prediction:
    closed = {**NEURON_LEAVES, "w": -2.0}
    adjoints = sweep(closed, neuron=True)[-1].adjoints
    zero = {name for name in "wxbt" if adjoints[name] == 0}
    return predict(
        say("Make the weight w negative, −2. Which numbers are to blame for the loss then?"),
        ["w, x and b", "only the target t", "all four numbers"],
        answer={frozenset(): 2, frozenset("wxb"): 1}[frozenset(zero)],
        why=say(
            "The sum s is negative, so relu gives 0, and a little more or less of w, x or b "
            "leaves it at 0. Nothing gets back past a closed relu."
        ),
        show=[{"step": N_NEURON_STEPS, "w": w} for w in (2.0, -2.0)],
    )
