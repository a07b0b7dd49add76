"""What the reader writes in the chapter on back-propagation."""

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.random import default_rng

from explorable.tutor.comparing import Numbers
from explorable.tutor.examples import alike, arrays, numbers, quarters, shape, size, sizes
from explorable.tutor.running import Outcome
from explorable.tutor.task import Case, Mistake, Task, Watched
from mathdl.backward import affine_backward as affine_gradients
from mathdl.backward import backward as pass_backward
from mathdl.backward import numerical_gradient as central_gradient
from mathdl.concepts import relu, relu_derivative, sigmoid_derivative
from mathdl.forward import forward as pass_forward
from mathdl.forward.tasks import layers_of, near_boundaries, network

Arrays = Sequence[Numbers]

EVERY_SAMPLE = "So one arrow leads from it into each sample, and the sum runs over s"
SAME_SHAPE = "An adjoint has the shape of its quantity."
USED_TWICE = "Second, accumulation: a node used twice receives twice."
AT_PREACTIVATION = (
    "Mind the argument: the derivative is taken at the preactivation z, the number that went "
    "into f."
)


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
    fresh=arrays("no", "ni", "oi"),
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
    function, x, *_ = outcome.arguments
    places = [place for place in function.places if place.shape == x.shape]
    return np.array([(place - x).ravel() for place in places]).reshape(len(places), x.size)


def _one_sided(outcome: Outcome) -> bool:
    """Say whether a function was asked beside x, but never on two opposite sides of it."""
    steps = _steps(outcome)
    return bool(steps.any() and (steps @ steps.T >= 0).all() and outcome.changed is None)


_ONE_SIDED = Mistake(
    "one-sided quotients",
    "The even terms of the two Taylor series cancel, and what is left of the truncation "
    "is of second order",
    sign=_one_sided,
)


def _too_small(outcome: Outcome) -> bool:
    steps = abs(_steps(outcome))
    return steps.size > 0 and float(steps.max()) < 1e-9


def _truncated(outcome: Outcome) -> bool:
    """Say whether x holds integers, and so does every step, or what came back."""
    _, x = outcome.arguments
    steps = _steps(outcome)
    whole = bool((steps == np.round(steps)).all()) or np.asarray(outcome.value).dtype.kind == "i"
    return x.dtype.kind == "i" and whole


def _changed(outcome: Outcome) -> bool:
    """Say whether x was changed, or a copy of integers, in which the steps piled up."""
    piled = np.count_nonzero(_steps(outcome), axis=1) > 1
    return outcome.changed == 1 or (outcome.arguments[1].dtype.kind == "i" and bool(piled.any()))


def _row_by_row(function: Callable[[Numbers], float], x: Numbers) -> Numbers:
    """Move all numbers of a row together."""
    gradient = numerical_gradient(function, x)
    return np.stack([np.full(row.shape, row.sum()) for row in gradient])


def _undivided(function: Callable[[Numbers], float], x: Numbers) -> Numbers:
    return 2 * numerical_gradient(function, x)


_SQUARES = Watched("lambda x: (x**2).sum()")
_WAVE = Watched("lambda x: (np.sin(x) * x).sum() + np.exp(x).prod()")


def _function(rng: np.random.Generator) -> Watched:
    """Draw a function whose gradient is nowhere near 0."""
    texts = (
        "lambda x: ((np.arange(x.size).reshape(x.shape) + 2) * (2 * x + np.sin(x))).sum()",
        "lambda x: np.exp(x / 2).sum() + np.exp(x).prod()",
    )
    return Watched(str(rng.choice(texts)))


def _place(rng: np.random.Generator) -> Numbers:
    x = numbers(rng, *shape(rng), largest=2)
    return x.round().astype(int) if rng.random() < 0.2 else x


NUMERICAL_GRADIENT = Task(
    chapter="backward",
    right=numerical_gradient,
    returns=("the gradient",),
    cases=(
        Case("a sum of squares", (_SQUARES, np.array([1.0, -2.0]))),
        Case("the minimum of a parabola", (_SQUARES, np.array([0.0, 0.0]))),
        Case("a matrix", (_WAVE, np.array([[0.5, -1.0, 0.25], [1.0, 0.0, -0.5]]))),
        Case(
            "a vector of integers",
            (Watched("lambda x: (x**2).sum() / 4 + x[0] * x[-1] / 8"), np.array([1, 2, 3])),
        ),
    ),
    fresh=lambda rng: (_function(rng), _place(rng)),
    mistakes=(
        Mistake(
            "integer x cuts off fractions",
            "x may hold integers.",
            sign=_truncated,
        ),
        Mistake(
            "x changed",
            "Write it for an array of any shape, and leave x as it was.",
            sign=_changed,
        ),
        Mistake(
            "a step of 0, or so small that only rounding is left",
            "Checking in single precision, or with h = 10⁻¹². Round-off leaves four or five "
            "digits at best, and a small mistake passes unseen.",
            sign=_too_small,
        ),
        _ONE_SIDED,
        Mistake(
            "divided by h instead of 2h",
            "The central quotient D₀ = (f(x+h) − f(x−h))/(2h) does better.",
            (_undivided,),
        ),
        Mistake(
            "row by row, not number by number",
            "Write it for an array of any shape, and leave x as it was.",
            (_row_by_row,),
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


OfLayer = Callable[[list[Numbers], list[Numbers], int], Any]
"""What is chosen for layer l of the inputs and preactivations: ``choose(inputs, zs, l)``."""


def _gated(
    x: Numbers,
    weights: Arrays,
    biases: Arrays,
    upstream: Numbers,
    gate: OfLayer = lambda inputs, zs, layer: zs[layer - 1] > 0,
    told: OfLayer = lambda inputs, zs, layer: inputs[layer],
    divisor: float = 1,
) -> tuple[list[Numbers], list[Numbers]]:
    """Go back through a network, with a gate or a layer's input of one's own."""
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(inputs[-1] @ w.T + b)
        inputs.append(relu(zs[-1]))
    grads_weights: list[Numbers] = []
    grads_biases: list[Numbers] = []
    for layer in reversed(range(len(weights))):
        grads_weights.insert(0, upstream.T @ told(inputs, zs, layer) / divisor)
        grads_biases.insert(0, upstream.sum(axis=0) / divisor)
        if layer:
            upstream = (upstream @ weights[layer]) * gate(inputs, zs, layer)
    return grads_weights, grads_biases


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


_SQUARE = (np.array([[1.0, -2.0], [-0.5, 1.0]]), *network(default_rng(4), 2, 2, 2))


def _network_and_upstream(rng: np.random.Generator) -> tuple[Any, ...]:
    weights, biases = network(rng, *sizes(rng))
    x = quarters(rng, size(rng), weights[0].shape[1])
    biases[0] = near_boundaries(rng, x[0], weights[0])
    return x, weights, biases, numbers(rng, len(x), len(biases[-1]))


NETWORK_BACKWARD = Task(
    chapter="backward",
    right=backward,
    returns=("grads_weights", "grads_biases"),
    cases=(
        Case("two layers of one width", (*_SQUARE, np.array([[1.0, -1.0], [2.0, 0.5]]))),
        Case(
            "three layers of one width",
            (
                np.array([[1.0, -0.5, 2.0], [-1.0, 1.0, 0.5], [0.5, 2.0, -1.0]]),
                *network(default_rng(2), 3, 3, 3, 3),
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
        ),
        Case(
            "a single layer",
            (np.array([[1.0, 2.0]]), *network(default_rng(6), 2, 3), np.array([[1.0, -1.0, 0.5]])),
        ),
    ),
    fresh=_network_and_upstream,
    mistakes=(
        Mistake(
            "gate by the output of the wrong layer",
            AT_PREACTIVATION,
            (
                partial(_gated, gate=lambda inputs, zs, layer: inputs[layer - 1] > 0),
                partial(_gated, gate=lambda inputs, zs, layer: zs[layer] > 0),
                partial(_gated, gate=lambda inputs, zs, layer: zs[0] > 0),
                partial(_gated, gate=lambda inputs, zs, layer: zs[-1] > 0),
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
            (partial(_gated, gate=lambda inputs, zs, layer: zs[layer - 1] >= 0),),
        ),
        Mistake(
            "gate forgotten, or a gate >= 0 on outputs, which never closes",
            "A ReLU's output is never negative, so this gate is always open",
            (partial(_gated, gate=lambda inputs, zs, layer: 1),),
        ),
        Mistake(
            "z, or its ReLU, in place of the gate",
            AT_PREACTIVATION,
            (
                partial(_gated, gate=lambda inputs, zs, layer: inputs[layer]),
                partial(_gated, gate=lambda inputs, zs, layer: zs[layer - 1]),
            ),
        ),
        Mistake(
            "a layer's output, or a preactivation, in place of its input",
            "must therefore keep its preactivations and the inputs of its layers",
            (
                partial(
                    _gated,
                    told=lambda inputs, zs, layer: (
                        inputs[layer + 1] if layer + 1 < len(zs) else zs[layer]
                    ),
                ),
                partial(
                    _gated, told=lambda inputs, zs, layer: zs[layer - 1] if layer else inputs[0]
                ),
            ),
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


def dropout_backward(upstream: Numbers, z: Numbers, mask: Numbers) -> Numbers:
    """Return the adjoint of a preactivation behind a ReLU and a mask that doubles."""
    return np.asarray(upstream * 2 * mask * relu_derivative(z))


_DROPPED = "Dropout's mask and its scale belong to the forward pass and must be used again"


def _masked(rng: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    upstream, z = alike(rng, 2)
    return upstream, z, rng.integers(2, size=z.shape)


DROPOUT_BACKWARD = Task(
    chapter="backward",
    right=dropout_backward,
    returns=("the adjoint",),
    cases=(
        Case(
            "one sample with open gates",
            (np.array([[1.0, -2.0, 3.0]]), np.array([[0.5, 1.0, 2.0]]), np.array([[1, 0, 1]])),
        ),
        Case(
            "two samples",
            (
                np.array([[1.0, -0.5, 2.0], [0.25, 4.0, -1.0]]),
                np.array([[2.0, -1.0, 0.5], [-0.5, 1.0, 3.0]]),
                np.array([[1, 1, 0], [1, 0, 1]]),
            ),
        ),
        Case(
            "a preactivation of exactly 0",
            (np.array([[2.0, 1.0]]), np.array([[0.0, 1.0]]), np.array([[1, 1]])),
        ),
    ),
    fresh=_masked,
    mistakes=(
        Mistake(
            "the mask without its scale",
            _DROPPED,
            (lambda upstream, z, mask: upstream * mask * (z > 0),),
        ),
        Mistake(
            "the scale without the mask",
            _DROPPED,
            (lambda upstream, z, mask: upstream * 2 * (z > 0),),
        ),
        Mistake(
            "gate >= 0",
            "whose slope is 1 where z > 0 and 0 elsewhere",
            (lambda upstream, z, mask: upstream * 2 * mask * (z >= 0),),
        ),
        Mistake(
            "z, or its ReLU, in place of the gate",
            "whose slope is 1 where z > 0 and 0 elsewhere",
            (
                lambda upstream, z, mask: upstream * 2 * mask * relu(z),
                lambda upstream, z, mask: upstream * 2 * mask * z,
            ),
        ),
        Mistake(
            "the gate of the ReLU forgotten",
            "whose slope is 1 where z > 0 and 0 elsewhere",
            (lambda upstream, z, mask: upstream * 2 * mask,),
        ),
    ),
    adds="mathdl.faq.dropout makes the mask, for any keep rate.",
)


def rms_norm_backward(upstream: Numbers, x: Numbers) -> Numbers:
    """Return the adjoint of the input of a root-mean-square normalisation."""
    return _through_size(upstream, x, -1)


def _through_size(upstream: Numbers, x: Numbers, factor: float) -> Numbers:
    """Multiply what comes back through r by a factor, which is −1 in truth."""
    y = x / _sizes(x)
    back = y * (upstream * y).mean(axis=1, keepdims=True)
    return np.asarray((upstream + factor * back) / _sizes(x))


def _sizes(x: Numbers) -> Numbers:
    return np.asarray(np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-6))


RMS_NORM_BACKWARD = Task(
    chapter="backward",
    right=rms_norm_backward,
    returns=("the adjoint",),
    cases=(
        Case("one sample", (np.array([[1.0, 0.0]]), np.array([[3.0, 4.0]]))),
        Case(
            "numbers beside which ε counts", (np.array([[1.0, 0.5]]), np.array([[0.001, -0.002]]))
        ),
    ),
    fresh=arrays("ni", "ni", largest=10.0),
    mistakes=(
        Mistake(
            "r held fixed, although it depends on x",
            "The contributions of all intermediate quantities h_k add up.",
            (lambda upstream, x: upstream / _sizes(x),),
        ),
        Mistake(
            "a sum over the sample for the mean",
            "Root-mean-square normalisation divides each sample by its own size: with n numbers "
            "in a sample",
            (lambda upstream, x: _through_size(upstream, x, -x.shape[1]),),
        ),
        Mistake(
            "wrong sign of the way through r",
            "The contributions of all intermediate quantities h_k add up.",
            (lambda upstream, x: _through_size(upstream, x, 1),),
        ),
        Mistake(
            "each output by its own input alone",
            "Each input influences every output of its sample: mind the sum over paths.",
            (
                lambda upstream, x: (
                    upstream * (1 / _sizes(x) - x**2 / (x.shape[1] * _sizes(x) ** 3))
                ),
            ),
        ),
    ),
    adds="mathdl.backward.check_gradient would have told you the worst entry, too.",
)


def skip_backward(upstream: Numbers, x: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return the adjoints of the input and the weights of x + σ(xWᵀ)."""
    z_bar = upstream * sigmoid_derivative(x @ weights.T)
    return upstream + z_bar @ weights, z_bar.T @ x


def _without_skip(upstream: Numbers, x: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    of_x, of_weights = skip_backward(upstream, x, weights)
    return of_x - upstream, of_weights


def _slope_of_output(upstream: Numbers, x: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    a = 1 / (1 + np.exp(-x @ weights.T))
    z_bar = upstream * sigmoid_derivative(a)
    return upstream + z_bar @ weights, z_bar.T @ x


SKIP_BACKWARD = Task(
    chapter="backward",
    right=skip_backward,
    returns=("grad_x", "grad_weights"),
    cases=(
        Case(
            "one sample",
            (np.array([[1.0, -2.0]]), np.array([[1.0, 0.5]]), np.array([[1.0, 2.0], [0.0, -1.0]])),
        ),
    ),
    fresh=arrays("nw", "nw", "ww", largest=3.0),
    mistakes=(
        Mistake("the plain way forgotten", USED_TWICE, (_without_skip,)),
        Mistake("the slope taken at the output", AT_PREACTIVATION, (_slope_of_output,)),
    ),
    adds="A deep network of such layers is a loop over this function.",
)


TASKS = {
    "affine_backward": AFFINE_BACKWARD,
    "numerical_gradient": NUMERICAL_GRADIENT,
    "network_backward": NETWORK_BACKWARD,
    "dropout_backward": DROPOUT_BACKWARD,
    "rms_norm_backward": RMS_NORM_BACKWARD,
    "skip_backward": SKIP_BACKWARD,
}
