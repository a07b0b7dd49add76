"""What the reader writes in the chapter on back-propagation."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mathdl.backward import affine_backward as affine_gradients
from mathdl.backward import backward as pass_backward
from mathdl.backward import numerical_gradient as central_gradient
from mathdl.concepts import relu
from mathdl.forward import forward as pass_forward
from mathdl.judge.comparing import Numbers
from mathdl.judge.forward import layers_of, network
from mathdl.judge.running import Outcome
from mathdl.judge.task import Case, Mistake, Task, Watched

Arrays = Sequence[Numbers]

EVERY_SAMPLE = "So one arrow leads from it into each sample, and the sum runs over s"
SAME_SHAPE = "An adjoint has the shape of its quantity."


def affine_backward(
    upstream: Numbers, x: Numbers, weights: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the gradients of an affine map."""
    of_x, of_weights, of_bias = affine_gradients(upstream, x, weights)
    return of_x, of_weights, of_bias


AFFINE_BACKWARD = Task(
    chapter="backward",
    right=affine_backward,
    returns=("grad_x", "grad_weights", "grad_bias"),
    cases=(
        Case(
            "two samples, as many inputs and outputs",
            (
                np.array([[1.0, -1.0], [2.0, 0.5]]),
                np.array([[1.0, 3.0], [0.0, 2.0]]),
                np.array([[1.0, 2.0], [-1.0, 4.0]]),
            ),
        ),
        Case(
            "numbers of samples, inputs and outputs that all differ",
            (
                np.array([[1.0, -1.0, 0.5, 2.0], [2.0, 0.0, 1.0, -1.0], [0.5, 3.0, -2.0, 1.0]]),
                np.array([[1.0, 1.0], [0.0, 2.0], [-1.0, 0.5]]),
                np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5], [-2.0, 1.0]]),
            ),
        ),
        Case(
            "a single sample",
            (np.array([[2.0, -1.0]]), np.array([[1.0, 0.5, 3.0]]), np.arange(6.0).reshape(2, 3)),
        ),
    ),
    mistakes=(
        Mistake(
            "transposed weights' gradient",
            SAME_SHAPE,
            (
                lambda upstream, x, weights: (
                    upstream @ weights,
                    x.T @ upstream,
                    upstream.sum(axis=0),
                ),
            ),
        ),
        Mistake(
            "bias summed over the wrong axis",
            "The bias gradient sums over samples (rows).",
            (
                lambda upstream, x, weights: (
                    upstream @ weights,
                    upstream.T @ x,
                    upstream.sum(axis=1),
                ),
                lambda upstream, x, weights: (upstream @ weights, upstream.T @ x, upstream.sum()),
                lambda upstream, x, weights: (upstream @ weights, upstream.T @ x, upstream),
            ),
        ),
        Mistake(
            "mean over samples for sum",
            EVERY_SAMPLE,
            tuple(
                lambda upstream, x, weights, of_input=i, of_weights=w, of_bias=b: (
                    upstream @ weights / (len(x) if of_input else 1),
                    upstream.T @ x / (len(x) if of_weights else 1),
                    upstream.sum(axis=0) / (len(x) if of_bias else 1),
                )
                for i, w, b in itertools.product((0, 1), repeat=3)
                if i or w or b
            ),
        ),
        Mistake(
            "weights transposed on the way back",
            "Forward we multiplied by W⊤, backward by W: the same connections, used in the "
            "other direction.",
            (
                lambda upstream, x, weights: (
                    upstream @ weights.T,
                    upstream.T @ x,
                    upstream.sum(axis=0),
                ),
            ),
        ),
    ),
    adds="mathdl.backward.affine_backward refuses arrays whose shapes do not fit.",
)


def numerical_gradient(function: Callable[[Numbers], float], x: Numbers) -> Numbers:
    """Return central differences of a function, entry by entry."""
    return np.asarray(central_gradient(function, x))


def _steps(outcome: Outcome) -> Numbers:
    """Return where a function was asked, relative to x."""
    function, x = outcome.arguments
    places = [place for place in function.places if place.shape == x.shape]
    return np.array([(place - x).ravel() for place in places]).reshape(len(places), x.size)


def _one_sided(outcome: Outcome) -> bool:
    steps = _steps(outcome)
    one_way = (steps >= 0).all() or (steps <= 0).all()
    return bool(len(steps) and steps.any() and one_way and outcome.changed is None)


def _too_small(outcome: Outcome) -> bool:
    steps = abs(_steps(outcome))
    return steps.size > 0 and float(steps.max()) < 1e-9


def _truncated(outcome: Outcome) -> bool:
    """Say whether x holds integers, and every step was an integer too."""
    _, x = outcome.arguments
    steps = _steps(outcome)
    return x.dtype.kind == "i" and bool((steps == np.round(steps)).all())


def _changed(outcome: Outcome) -> bool:
    return outcome.changed == 1 and outcome.arguments[1].dtype.kind == "f"


def _undivided(function: Callable[[Numbers], float], x: Numbers) -> Numbers:
    return 2 * numerical_gradient(function, x)


def _squares(x: Any) -> float:
    return float((np.asarray(x) ** 2).sum())


def _mixed(x: Any) -> float:
    """Return Σ xᵢ² / 4 + x₁ xₙ / 8; at integers most entries of its gradient are none."""
    numbers = np.asarray(x, dtype=float).ravel()
    return float((numbers**2).sum() / 4 + numbers[0] * numbers[-1] / 8)


def _wavy(x: Any) -> float:
    numbers = np.asarray(x, dtype=float)
    return float((np.sin(numbers) * numbers).sum() + np.exp(numbers).prod())


NUMERICAL_GRADIENT = Task(
    chapter="backward",
    right=numerical_gradient,
    returns=("the gradient",),
    cases=(
        Case(
            "a sum of squares",
            (Watched(_squares, "lambda x: (x**2).sum()"), np.array([1.0, -2.0])),
        ),
        Case(
            "the minimum of a parabola",
            (Watched(_squares, "lambda x: (x**2).sum()"), np.array([0.0, 0.0])),
        ),
        Case(
            "a matrix", (Watched(_wavy, "wave"), np.array([[0.5, -1.0, 0.25], [1.0, 0.0, -0.5]]))
        ),
        Case(
            "a vector of integers",
            (
                Watched(_mixed, "lambda x: (x**2).sum() / 4 + x[0] * x[-1] / 8"),
                np.array([1, 2, 3]),
            ),
            "integer x truncates the step",
        ),
    ),
    mistakes=(
        Mistake(
            "x changed",
            "Move one weight by a small step, run the network again, divide the change of the "
            "loss by the step. Then the next weight.",
            sign=_changed,
        ),
        Mistake(
            "integer x truncates the step",
            "Move one weight by a small step, run the network again",
            sign=_truncated,
        ),
        Mistake(
            "h so small that only rounding is left",
            "Checking in single precision, or with h = 10⁻¹². Both measure round-off.",
            sign=_too_small,
        ),
        Mistake(
            "one-sided",
            "The even terms of the two Taylor series cancel, and what is left of the truncation "
            "is of second order",
            sign=_one_sided,
        ),
        Mistake(
            "divided by h instead of 2h",
            "The central quotient D₀ = (f(x+h) − f(x−h))/(2h) does better.",
            (_undivided,),
        ),
    ),
    adds="mathdl.backward.numerical_gradient chooses the step by the size of each entry, and can "
    "step into the complex plane.",
    precision=1e-5,
)


def backward(
    x: Numbers, weights: Arrays, biases: Arrays, upstream: Numbers
) -> tuple[list[Numbers], list[Numbers]]:
    """Return the gradients of all weights and biases."""
    layers = layers_of(weights, biases)
    gradients = pass_backward(layers, pass_forward(layers, x), upstream)
    return [g.weights for g in gradients], [g.bias for g in gradients]


Gate = Callable[[list[Numbers], list[Numbers], int], Any]
"""``gate(inputs, zs, l)``: what the adjoint is multiplied with at the input of layer l."""


def _gated(
    x: Numbers,
    weights: Arrays,
    biases: Arrays,
    upstream: Numbers,
    gate: Gate = lambda inputs, zs, layer: zs[layer - 1] > 0,
    divisor: float = 1,
) -> tuple[list[Numbers], list[Numbers]]:
    """Go back through a network, with a gate of one's own."""
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(inputs[-1] @ w.T + b)
        inputs.append(relu(zs[-1]))
    grads_weights: list[Numbers] = []
    grads_biases: list[Numbers] = []
    for layer in reversed(range(len(weights))):
        grads_weights.insert(0, upstream.T @ inputs[layer] / divisor)
        grads_biases.insert(0, upstream.sum(axis=0) / divisor)
        if layer:
            upstream = (upstream @ weights[layer]) * gate(inputs, zs, layer)
    return grads_weights, grads_biases


def _with_gate(gate: Gate) -> Callable[..., tuple[list[Numbers], list[Numbers]]]:
    return lambda x, weights, biases, upstream: _gated(x, weights, biases, upstream, gate)


def _reversed(
    x: Numbers, weights: Arrays, biases: Arrays, upstream: Numbers
) -> tuple[list[Numbers], list[Numbers]]:
    grads_weights, grads_biases = backward(x, weights, biases, upstream)
    return grads_weights[::-1], grads_biases[::-1]


def _activated(
    x: Numbers, weights: Arrays, biases: Arrays, upstream: Numbers
) -> tuple[list[Numbers], list[Numbers]]:
    """Close the gate of the last layer too, although no ReLU stands there."""
    output = pass_forward(layers_of(weights, biases), x).output
    return backward(x, weights, biases, upstream * (output > 0))


_SQUARE = (np.array([[1.0, -2.0], [-0.5, 1.0]]), *network(2, 2, 2, seed=4))

BACKWARD = Task(
    chapter="backward",
    right=backward,
    returns=("grads_weights", "grads_biases"),
    cases=(
        Case("two layers of one width", (*_SQUARE, np.array([[1.0, -1.0], [2.0, 0.5]]))),
        Case(
            "three layers of one width",
            (
                np.array([[1.0, -0.5, 2.0], [-1.0, 1.0, 0.5], [0.5, 2.0, -1.0]]),
                *network(3, 3, 3, 3, seed=2),
                np.array([[1.0, 0.5, -1.0], [0.25, -2.0, 1.0], [2.0, 1.0, 0.5]]),
            ),
        ),
        Case(
            "a preactivation of exactly 0",
            (
                np.array([[1.0, 2.0]]),
                [np.array([[2.0, -1.0], [1.0, 1.0]]), np.array([[1.0, -3.0]])],
                [np.array([0.0, 0.5]), np.array([0.25])],
                np.array([[2.0]]),
            ),
            "gate >= 0",
        ),
        Case(
            "four layers, two samples",
            (
                np.array([[0.5, -1.0, 1.5], [1.0, 2.0, -0.5]]),
                *network(3, 6, 5, 4, 2, seed=1),
                np.array([[1.0, -1.0], [0.5, 2.0]]),
            ),
        ),
        Case(
            "a single layer",
            (np.array([[1.0, 2.0]]), *network(2, 3, seed=6), np.array([[1.0, -1.0, 0.5]])),
        ),
    ),
    mistakes=(
        Mistake(
            "gate by the output of the wrong layer",
            "Mind the argument: the derivative is taken at the preactivation z, the number that "
            "went into f.",
            (
                _with_gate(lambda inputs, zs, layer: inputs[layer - 1] > 0),
                _with_gate(lambda inputs, zs, layer: zs[layer] > 0),
                _with_gate(lambda inputs, zs, layer: zs[0] > 0),
                _with_gate(lambda inputs, zs, layer: zs[-1] > 0),
            ),
        ),
        Mistake(
            "a gate after the last layer",
            "It starts with the adjoint of the network's output, which the loss provides",
            (_activated,),
        ),
        Mistake(
            "gate >= 0",
            "whose slope is 1 where z > 0 and 0 elsewhere",
            (_with_gate(lambda inputs, zs, layer: zs[layer - 1] >= 0),),
        ),
        Mistake(
            "gate forgotten, or a gate >= 0 on outputs, which never closes",
            "A ReLU's output is never negative, so this gate is always open",
            (_with_gate(lambda inputs, zs, layer: 1),),
        ),
        Mistake(
            "the ReLU itself in place of its gate",
            "Mind the argument: the derivative is taken at the preactivation z, the number that "
            "went into f.",
            (_with_gate(lambda inputs, zs, layer: inputs[layer]),),
        ),
        Mistake(
            "order of the lists reversed",
            "at every layer it leaves behind the gradients of that layer's parameters",
            (_reversed,),
        ),
        Mistake(
            "mean over samples for sum",
            EVERY_SAMPLE,
            (
                lambda x, weights, biases, upstream: _gated(
                    x, weights, biases, upstream, divisor=len(x)
                ),
            ),
        ),
        Mistake(
            "transposed weights' gradients",
            SAME_SHAPE,
            (
                lambda x, weights, biases, upstream: (
                    [g.T for g in backward(x, weights, biases, upstream)[0]],
                    backward(x, weights, biases, upstream)[1],
                ),
            ),
        ),
    ),
    adds="mathdl.backward.backward does it for any activations, and check_gradient judges yours.",
)

TASKS = {
    "affine_backward": AFFINE_BACKWARD,
    "numerical_gradient": NUMERICAL_GRADIENT,
    "backward": BACKWARD,
}
