"""The explorer of a graph of scalars, swept forward and back."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.scalar_graph import draw_graph, draw_tangent
from mathdl.backward.tape import ARROWS, LEAVES, N_STEPS, Snapshot, loss_of_x, sweep

XS = np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
"""Values of the leaf x."""

RULES: Mapping[str, bool] = MappingProxyType({"+=": True, "=": False})
"""Whether an adjoint that arrives is added, by how it is written in code."""


LOSS = (
    r"L = \bigl(x\cdot\operatorname{relu}(wx + b) - t\bigr)^2 = \bigl(\num{x:.2f}\cdot"
    r"\operatorname{relu}(\num{w}\cdot\num{(x):.2f} + \num{(b)}) - \num{t}\bigr)^2 = \num{L:.4g}"
)
SUM = (
    r"\bar x = \bar m\cdot h + \bar q\cdot w = "
    r"\num{m:.4g}\cdot\num{h:.4g} + \num{(q):.4g}\cdot\num{w} = \num{adjoint:.4g}"
)
"""The loss in numbers, and what its two uses hand back to x."""

STEP = 1e-5
"""Of the finite difference."""


def measured_slope(x: float) -> float:
    """Return the derivative of the loss with respect to x by central differences."""
    return (loss_of_x(x + STEP) - loss_of_x(x - STEP)) / (2 * STEP)


def graph_explorer() -> Explorer:
    """Let the reader step forward and back through a graph, by the right rule or a wrong one."""
    figure, axes = panels(2, height=280)
    start = sweep(LEAVES)[len(ARROWS)]
    drawn = draw_graph(axes[0], start)
    tangent = draw_tangent(axes[1], LEAVES["x"], None, None)

    @explore(
        figure,
        drawn.artists | tangent.artists,
        "What does each node hand back?",
        computed=True,
        prediction=_predict_graph(),
        step=steps(N_STEPS, label="step", start=len(ARROWS), pace=250),
        x=slider(XS, label="leaf x", start=2.0),
        rule=choice({"+=": "+= (add)", "=": "= (overwrite)"}, label="an adjoint arrives"),
    )
    def update(step: int, x: float, rule: str) -> Sentence:
        snapshots = sweep.plain({**LEAVES, "x": x}, accumulate=RULES[rule])
        now, finished = snapshots[step], step == N_STEPS
        drawn.move(now, backward=step > len(ARROWS))
        slope = now.adjoints["x"] if finished else None
        tangent.move(x, slope, measured_slope(x) if finished else None)
        if finished:
            said = _verdict(x, now, RULES[rule])
            if not RULES[rule]:
                return said
            above = {name: now.adjoints[name] + 0.0 for name in "mq"}
            known = {"h": now.values["h"], "w": LEAVES["w"]}
            return said.typeset(SUM, **above, **known, adjoint=now.adjoints["x"] + 0.0)
        if step == 0:
            return say("Four leaves are given; everything else is to be computed.")
        said = _say_forward(now) if step <= len(ARROWS) else _say_backward(now)
        if step < len(ARROWS):
            return said
        return said.typeset(LOSS, **{**LEAVES, "x": x}, L=now.values["L"])

    return update


def _say_forward(now: Snapshot) -> Sentence:
    operands = ARROWS[now.result]
    values: dict[str, str | float] = {"result": now.result, "value": now.values[now.result] + 0.0}
    values.update(zip(("first", "second"), operands, strict=False))
    if len(operands) == 1:
        return say("Forward: {result} is computed from {first} and is {value:.4g}.", **values)
    return say(
        "Forward: {result} is computed from {first} and {second} and is {value:.4g}.", **values
    )


def _say_backward(now: Snapshot) -> Sentence:
    if not now.used:
        return say("Backward begins at the loss, whose adjoint is ∂L/∂L = 1.")
    operands = ARROWS[now.result]
    values: dict[str, str | float] = {"result": now.result}
    for place, name in zip(("first", "second"), operands, strict=False):
        values[place], values[f"{place}_adjoint"] = name, now.adjoints[name] + 0.0
    if len(operands) == 1:
        return say(
            "Backward: {result} hands its adjoint times its slope to {first}, "
            "whose adjoint is now {first_adjoint:.4g}.",
            **values,
        )
    return say(
        "Backward: {result} hands on to {first}, now {first_adjoint:.4g}, "
        "and to {second}, now {second_adjoint:.4g}.",
        **values,
    )


def _verdict(x: float, now: Snapshot, accumulate: bool) -> Sentence:
    adjoint, difference = now.adjoints["x"], measured_slope(x)
    if abs(now.values["s"]) < STEP:
        return say(
            "The adjoint of x is {adjoint:.4g}, the finite difference says {difference:.4g}: "
            "x stands on the kink of the ReLU, and the difference averages the slopes of the two "
            "sides.",
            adjoint=adjoint,
            difference=difference,
        )
    if not np.isclose(adjoint, difference, rtol=1e-6, atol=1e-6):
        return say(
            "The adjoint of x is {adjoint:.4g}, but the finite difference says {difference:.4g}: "
            "overwriting kept only the last of two contributions.",
            adjoint=adjoint,
            difference=difference,
        )
    if now.values["s"] < 0:
        return say(
            "The gate is closed: the adjoint of x is {adjoint:.4g}, and the finite difference "
            "agrees.",
            adjoint=adjoint,
        )
    return say(
        "The adjoint of x is {adjoint:.4g}, the sum of two contributions, and the finite "
        "difference agrees.",
        adjoint=adjoint,
    )


def _predict_graph() -> Prediction:
    right, wrong = (sweep(LEAVES, accumulate=rule)[-1].adjoints for rule in (True, False))
    spoiled = {name for name, adjoint in right.items() if wrong[name] != adjoint} - {"x"}
    return predict(
        say(
            "With = in place of +=, the adjoint of x ends at {last:.4g} instead of {right:.4g}. "
            "Which of the other adjoints come out wrong as well?",
            last=wrong["x"],
            right=right["x"],
        ),
        ["those of w and b", "all that are computed after m", "none of them"],
        answer=2 if not spoiled else 0 if spoiled == {"w", "b"} else 1,
        why=say(
            "Only x is used twice, and nothing is computed from its adjoint. All the others are "
            "right, so that a test which does not look at x sees nothing."
        ),
        show=[{"step": N_STEPS, "rule": rule} for rule in ("+=", "=")],
    )
