"""The explorers of the backward chapter: paths, a scalar graph, the step of a difference."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from mathdl.backward import numerical_gradient
from mathdl.backward.paths import example_chain, layer_jacobians, path_products
from mathdl.backward.step_size import difference_quotient, error_terms, unit_roundoff
from mathdl.backward.tape import ARROWS, LEAVES, N_STEPS, Snapshot, loss_of_x, sweep
from mathdl.checks import Array
from mathdl.explorer import Explorer, choice, explore, predict, say, slider, steps
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import Sentence
from mathdl.figures.backward.paths import draw_path_sum, draw_paths
from mathdl.figures.backward.scalar_graph import draw_graph, draw_tangent
from mathdl.figures.backward.step_size import (
    draw_digits,
    draw_step_errors,
    shared_digits,
    step_error,
    written_digits,
)
from mathdl.plotting import panels

INPUTS = np.arange(-2, 2.01, 0.25)
"""Inputs of the small network whose paths are added."""


def products_at(x: float) -> Array:
    """Return the six products along the paths of the example network at an input."""
    return path_products(layer_jacobians(example_chain(), [x])).ravel()


def paths_explorer() -> Explorer:
    """Let the reader add the products along six paths, one by one, at any input."""
    figure, axes = panels(2, height=280)
    drawn = draw_paths(axes[0], layer_jacobians(example_chain(), [0.5]), path=0)
    total = draw_path_sum(axes[1], products_at(0.5), shown=0)
    axes[1].set_ylim(-1.1, 2.6)

    @explore(
        figure,
        drawn.artists | total.artists,
        "Which path decides?",
        prediction=_predict_paths(),
        path=steps(6, label="paths added", pace=250),
        x=slider(INPUTS, label="input x", start=0.5),
    )
    def update(path: int, x: float) -> Sentence:
        jacobians = layer_jacobians(example_chain(), [x])
        terms = products_at(x)
        drawn.move(jacobians, path - 1 if path else None)
        total.move(terms, path)
        if path == 0:
            return say(
                "Six paths lead from x to y; none has been added yet. At x = {x:.3g} their sum, "
                "dy/dx, is {all:.3f}.",
                x=x,
                all=terms.sum(),
            )
        if path < len(terms):
            return say(
                "Path {path} adds {term:.3f}; the sum so far is {so_far:.3f}, "
                "and dy/dx is {all:.3f}.",
                path=path,
                term=terms[path - 1],
                so_far=terms[:path].sum(),
                all=terms.sum(),
            )
        return say(
            "All six paths added: {all:.3f}, which is dy/dx. "
            "The largest single product is {largest:.3f}.",
            all=terms.sum(),
            largest=terms[np.abs(terms).argmax()],
        )

    return update


def _predict_paths() -> Prediction:
    terms = products_at(1.0)
    strongest, total = float(np.abs(terms).max()), float(terms.sum())
    share = abs(total) / strongest
    return predict(
        say(
            "At x = 1 the strongest path has the product {strongest:.2f}. How large is dy/dx, "
            "the sum of all six?",
            strongest=strongest,
        ),
        ["larger than that", "about as large", "much smaller"],
        answer=0 if share > 1.2 else 1 if share > 0.8 else 2,
        why=say(
            "Positive and negative products cancel: the six add up to {all:.3f}. No path decides "
            "alone.",
            all=total,
        ),
    )


XS = np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
"""Values of the leaf x."""

RULES: Mapping[str, bool] = MappingProxyType({"+=": True, "=": False})
"""Whether an adjoint that arrives is added, by how it is written in code."""


def measured_slope(x: float) -> float:
    """Return the derivative of the loss in x by central differences."""
    return float(numerical_gradient(lambda value: loss_of_x(float(value)), np.float64(x)))


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
        prediction=_predict_graph(),
        step=steps(N_STEPS, label="step", start=len(ARROWS), pace=250),
        x=slider(XS, label="leaf x", start=2.0),
        rule=choice({"+=": "+= (add)", "=": "= (overwrite)"}, label="an adjoint arrives"),
    )
    def update(step: int, x: float, rule: str) -> Sentence:
        snapshots = sweep({**LEAVES, "x": x}, accumulate=RULES[rule])
        now, finished = snapshots[step], step == N_STEPS
        drawn.move(now, backward=step > len(ARROWS))
        slope = now.adjoints["x"] if finished else None
        tangent.move(x, slope, measured_slope(x) if finished else None)
        if finished:
            return _verdict(x, now, RULES[rule])
        if step == 0:
            return say("Four leaves are given; everything else is to be computed.")
        if step <= len(ARROWS):
            return _say_forward(now)
        return _say_backward(now)

    return update


def _say_forward(now: Snapshot) -> Sentence:
    operands = ARROWS[now.result]
    values: dict[str, str | float] = {"result": now.result, "value": now.values[now.result]}
    for place, name in zip(("first", "second"), operands, strict=False):
        values[place] = name
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
        values[place], values[f"{place}_adjoint"] = name, now.adjoints[name]
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
    if abs(now.values["s"]) < 1e-12:
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
        ["those of w and b", "all that are computed after m", "none"],
        answer=2 if not spoiled else 0 if spoiled == {"w", "b"} else 1,
        why=say(
            "Only x is used twice, and nothing is computed from its adjoint. All the others are "
            "right, so that a test which does not look at x sees nothing."
        ),
    )


STEPS = 10.0 ** np.arange(-16, 0.25, 0.5)
"""Steps of the differences, two a decade."""


def step_size_explorer() -> Explorer:
    """Let the reader choose step, scheme and arithmetic of a difference, and see its digits."""
    figure, axes = panels(2, height=290)
    digits = draw_digits(axes[0])
    errors = draw_step_errors(axes[1])

    @explore(
        figure,
        digits.artists | errors.artists,
        "Is a smaller step better?",
        prediction=_predict_step(),
        step=slider(
            STEPS,
            label="step h",
            start=float(STEPS[24]),
            marks={"√u": unit_roundoff() ** (1 / 2), "³√u": unit_roundoff() ** (1 / 3)},
            spec=".2g",
        ),
        scheme=choice(
            {"forward": "one-sided", "central": "central", "complex": "complex step"},
            label="scheme",
        ),
        dtype=choice(
            {"float64": "double (float64)", "float32": "single (float32)"}, label="arithmetic"
        ),
    )
    def update(step: float, scheme: str, dtype: str) -> Sentence:
        digits.move(step, scheme, dtype)
        errors.move(STEPS, step, scheme, dtype)
        return _say_step(step, scheme, dtype)

    return update


def _say_step(step: float, scheme: str, dtype: str) -> Sentence:
    if _quotient(step, scheme, dtype) == 0:
        return say(
            "1 + h is rounded to 1: both values are those at 1, and the quotient is 0. A larger "
            "step would help."
        )
    rows = written_digits(step, scheme, dtype)
    right = max(shared_digits(rows[2][1], rows[3][1]) - 1, 0)
    truncation, roundoff = (
        float(term[0]) for term in error_terms([step], scheme=scheme, dtype=dtype)
    )
    values: dict[str, float] = {
        "right": right,
        "error": step_error(step, scheme, dtype),
        "truncation": truncation,
        "roundoff": roundoff,
    }
    if scheme == "complex" and truncation < roundoff:
        return say(
            "Right digits: {right}. Nothing is subtracted, so nothing is lost: a smaller step "
            "does no harm.",
            **values,
        )
    if truncation > 5 * roundoff:
        return say(
            "Right digits: {right} (error {error:.1e}). Truncation, about {truncation:.1e}, "
            "outweighs round-off: a smaller step would help.",
            **values,
        )
    if roundoff > 5 * truncation:
        return say(
            "Right digits: {right} (error {error:.1e}). Round-off, up to {roundoff:.1e}, "
            "outweighs truncation: a larger step would help.",
            **values,
        )
    return say(
        "Right digits: {right} (error {error:.1e}). Truncation and round-off are about equal: "
        "this scheme can't do much better.",
        **values,
    )


def _predict_step() -> Prediction:
    quotient = _quotient(1e-16, "forward", "float64")
    return predict(
        "We ask for the derivative of exp at 1, which is 2.718…, by a one-sided difference with "
        "h = 10⁻¹⁶, in double precision. What comes out?",
        ["about 2.72", "a number between 1 and 10, at random", "0"],
        answer=2 if quotient == 0 else 0 if abs(quotient - np.e) < 0.01 else 1,
        why=say(
            "The next number after 1 is {gap:.2g} away, more than twice as far as h. So 1 + h is "
            "rounded to 1, and the difference is exactly {quotient:.0f}.",
            gap=np.finfo(np.float64).eps,
            quotient=quotient,
        ),
    )


def _quotient(step: float, scheme: str, dtype: str) -> float:
    """Return the difference quotient of exp at 1."""
    return difference_quotient(np.exp, [1.0], [step], scheme=scheme, dtype=dtype).item()
