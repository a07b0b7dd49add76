"""What the reader writes in the chapter on the forward pass."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import default_rng

from explorable.sentences import told, translated
from explorable.tutor.chance import RATE, Feature, counted, never_varies, unlike
from explorable.tutor.comparing import Numbers, as_numbers
from explorable.tutor.examples import quarters, seed, size, sizes, small
from explorable.tutor.task import Case, Mistake, Seed, Task
from mathdl.concepts import relu
from mathdl.forward import Layer
from mathdl.forward import forward as pass_forward
from mathdl.forward.regions import local_affine

Arrays = Sequence[Numbers]


def layers_of(weights: Arrays, biases: Arrays) -> list[Layer]:
    """Return a network with ReLU after every layer but the last."""
    pairs = list(zip(weights, biases, strict=True))
    return [Layer(w, b, "relu") for w, b in pairs[:-1]] + [Layer(*pairs[-1])]


def forward(x: Numbers, weights: Arrays, biases: Arrays) -> Numbers:
    """Return the output of a network, ReLU between its layers."""
    return pass_forward(layers_of(weights, biases), x).output


def _plainly(
    x: Numbers,
    weights: Arrays,
    biases: Arrays,
    *,
    affine: Callable[[Numbers, Numbers, Numbers], Numbers] = lambda x, w, b: x @ w.T + b,
    between: Callable[[Numbers], Numbers] = relu,
    last: Callable[[Numbers], Numbers] = np.asarray,
) -> Numbers:
    """Pass forward, with one rule of one's own."""
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        x = between(affine(x, w, b))
    return last(affine(x, weights[-1], biases[-1]))


def _with_late_biases(x: Numbers, weights: Arrays, biases: Arrays) -> Numbers:
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        x = relu(x @ w.T) + b
    return np.asarray(x @ weights[-1].T + biases[-1])


def _nothing(biases: Arrays) -> list[Numbers]:
    return [0 * b for b in biases]


def network(
    rng: np.random.Generator, *sizes: int, draw: Callable[..., Numbers] = quarters
) -> tuple[list[Numbers], list[Numbers]]:
    """Draw weights and biases, at first quarters, which can be followed with a pencil."""
    weights = [draw(rng, n_out, n_in) for n_in, n_out in pairwise(sizes)]
    return weights, [draw(rng, len(w)) for w in weights]


def _passed(rng: np.random.Generator) -> tuple[Any, ...]:
    of_layers = sizes(rng)
    return small(rng, size(rng), of_layers[0]), *network(rng, *of_layers, draw=small)


FORWARD = Task(
    chapter="forward",
    right=forward,
    returns=("the output",),
    cases=(
        Case(
            "one layer",
            (
                np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
                [np.array([[1.0, -1.0, 0.5], [-1.0, 0.5, 0.0]])],
                [np.array([0.25, 0.5])],
            ),
        ),
        Case(
            "two layers",
            (np.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 3.0]]), *network(default_rng(1), 2, 4, 3)),
        ),
        Case("a single sample", (np.array([[2.0, -1.0, 0.5]]), *network(default_rng(3), 3, 5, 2))),
    ),
    fresh=_passed,
    mistakes=(
        Mistake(
            "ReLU after the last layer",
            "A ReLU after the last layer erases all negative logits",
            (partial(_plainly, last=relu),),
        ),
        Mistake(
            "no ReLU",
            "A network is a chain of such layers, each followed by its activation.",
            (partial(_plainly, between=np.asarray),),
        ),
        Mistake(
            "weights reshaped instead of transposed",
            "Another is reshape, which cuts the thirty numbers into new rows, in the order in "
            "which they lie in memory.",
            (partial(_plainly, affine=lambda x, w, b: x @ w.reshape(x.shape[1], -1) + b),),
        ),
        Mistake(
            "bias as a column",
            "it fails with two samples, lies with ten, and makes ten rows of one.",
            (
                partial(_plainly, affine=lambda x, w, b: x @ w.T + b.reshape(-1, 1)),
                partial(
                    _plainly, affine=lambda x, w, b: np.add(z := x @ w.T, b.reshape(-1, 1), out=z)
                ),
            ),
        ),
        Mistake(
            "weights not transposed",
            "So we turn the neurons into columns before we multiply.",
            (
                partial(_plainly, affine=lambda x, w, b: x @ w + b),
                partial(_plainly, affine=lambda x, w, b: np.dot(x, w) + b),
            ),
        ),
        Mistake(
            "bias forgotten",
            "So the one row of biases is added to every row of x W⊤, to each sample the same.",
            (
                partial(_plainly, affine=lambda x, w, b: x @ w.T),
                lambda x, weights, biases: _plainly(
                    x, weights, [*_nothing(biases[:-1]), biases[-1]]
                ),
            ),
        ),
        Mistake(
            "bias added after the ReLU",
            "an affine map, which multiplies by a matrix and adds a vector, and an activation, "
            "which bends every number by itself",
            (_with_late_biases,),
        ),
    ),
    adds="mathdl.forward.forward also takes other activations, and keeps what back-propagation "
    "needs.",
)


def he_weights(n_out: int, n_in: int, rng: np.random.Generator) -> Numbers:
    """Draw weights for a layer that a ReLU follows."""
    return rng.normal(0.0, np.sqrt(2 / n_in), size=(n_out, n_in))


def _spread(arguments: tuple[Any, ...], results: list[Any]) -> list[Feature] | str:
    """Measure the spread of weights, and how often two of them are alike."""
    n_out, n_in, _ = arguments
    drawn = [as_numbers(each) for each in results]
    for each in drawn:
        if each is None:
            return told(
                "The weights should be an array of shape {wanted}, but are no array.",
                wanted=(n_out, n_in),
            )
        if each.shape != (n_out, n_in):
            return told(
                "The weights should be an array of shape {wanted}, but are of shape {shape}.",
                wanted=(n_out, n_in),
                shape=each.shape,
            )
    deviation = np.sqrt(2 / n_in)
    u = np.array(drawn).ravel() / deviation
    # Laurent and Massart: χ² of n degrees is off by more than 2√(nx) + 2x in 2e⁻ˣ of all cases.
    x = np.log(2 / RATE) / u.size
    square, large = float((u**2).mean()), abs(u) > np.median(abs(u))
    mean = float(u.mean())
    features = [
        Feature(
            translated("the mean of the weights"),
            deviation * mean,
            0.0,
            not abs(mean) <= np.sqrt(2 * np.log(2 / RATE) / u.size) * max(1.0, np.sqrt(square)),
            deviation * max(1.0, np.sqrt(square)) / np.sqrt(u.size),
        ),
        Feature(
            translated("the standard deviation of the weights"),
            deviation * np.sqrt(square),
            deviation,
            not abs(square - 1) <= 2 * np.sqrt(x) + 2 * x,
            deviation / np.sqrt(u.size),
        ),
        counted("the share of weights above 0", u > 0, 0.5),
        counted(
            "the share of calls in which weight {place} is above 0",
            u.reshape(len(drawn), -1) > 0,
            0.5,
            place=list(np.ndindex(n_out, n_in)),
        ),
    ]
    rows = u.reshape(len(drawn), -1)
    spreads = [each for each in ((rows**2).mean(axis=1), rows.var(axis=1)) if each.any()]
    if any(np.ptp(each) < 1e-7 for each in spreads):
        return told(
            "Every call gives weights of exactly the same spread; that of drawn weights varies."
        )
    if 1 < n_out * n_in < 100:
        ones, others = np.triu_indices(n_out * n_in, 1)
        places = list(np.ndindex(n_out, n_in))
        for bits in (u > 0, large):
            each = bits.reshape(len(drawn), -1)
            features.append(
                counted(
                    "the share of calls in which the weights {one} and {other} differ in sign or "
                    "in size",
                    each[:, ones] != each[:, others],
                    0.5,
                    one=[places[place] for place in ones],
                    other=[places[place] for place in others],
                )
            )
    for lag in sorted({1, 2, 3, n_in, 2 * n_in}):
        for bits in (u > 0, large, u[lag:] > 0, large[lag:]):
            features.append(
                counted(
                    "the share of weights {lag} apart that differ in sign or in size",
                    unlike(bits, lag),
                    0.5,
                    lag=[lag],
                )
            )
    return features


def _sizes(rng: np.random.Generator) -> tuple[int, int, Seed]:
    return size(rng, 9), size(rng, 9), seed(rng)


HE_WEIGHTS = Task(
    chapter="forward",
    right=he_weights,
    returns=("weights",),
    cases=(
        Case("60 neurons of 120 inputs", (60, 120, Seed(0, 3))),
        Case("128 neurons of 32 inputs", (128, 32, Seed(1, 5))),
        Case("3 neurons of 3 inputs", (3, 3, Seed(6, 400))),
    ),
    fresh=_sizes,
    mistakes=(
        Mistake(
            "variance for deviation",
            "what the second argument of rng.normal is.",
            (
                lambda n_out, n_in, rng: rng.normal(0, 2 / n_in, size=(n_out, n_in)),
                lambda n_out, n_in, rng: rng.normal(0, 2 / n_out, size=(n_out, n_in)),
            ),
        ),
        Mistake(
            "n_out for n_in",
            "to keep the activations' size, 2/nₗ₋₁.",
            (lambda n_out, n_in, rng: rng.normal(0, np.sqrt(2 / n_out), size=(n_out, n_in)),),
        ),
        Mistake(
            "uniform where half-width is the deviation",
            "Suppose they are drawn from a normal distribution with mean 0, and the only choice "
            "left is the variance σ².",
            (
                lambda n_out, n_in, rng: rng.uniform(
                    -np.sqrt(2 / n_in), np.sqrt(2 / n_in), size=(n_out, n_in)
                ),
            ),
        ),
        Mistake(
            "not drawn from rng",
            "A function that draws should be handed its generator and draw from nothing else: "
            "the same seed must give the same weights.",
            sign=lambda outcome: never_varies(outcome) and bool(np.any(outcome.value[0])),
        ),
        Mistake(
            "1 for 2",
            "The 2 makes up for the half that ReLU erased.",
            (lambda n_out, n_in, rng: rng.normal(0, np.sqrt(1 / n_in), size=(n_out, n_in)),),
        ),
        Mistake(
            "Glorot's variance",
            "Glorot initialisation or Xavier initialisation, after Xavier Glorot.",
            (
                lambda n_out, n_in, rng: rng.normal(
                    0, np.sqrt(2 / (n_in + n_out)), size=(n_out, n_in)
                ),
            ),
        ),
        Mistake(
            "numbers of one sign",
            "With positive numbers only, np.maximum(z, 0) could be deleted without any change in "
            "the result.",
            (
                lambda n_out, n_in, rng: np.sqrt(2 / n_in) * rng.random((n_out, n_in)),
                lambda n_out, n_in, rng: abs(he_weights(n_out, n_in, rng)),
            ),
        ),
    ),
    adds="mathdl.forward.initialize draws a whole network, by He's or Glorot's rule.",
    measure=_spread,
)


CARRIED = "in each layer A becomes W Dₚ A, and c becomes W Dₚ c + b."


def local_map(x: Numbers, weights: Arrays, biases: Arrays) -> tuple[Numbers, Numbers]:
    """Return the affine map that a network is around x."""
    matrix, offset = local_affine(layers_of(weights, biases), x[np.newaxis])
    return matrix[0], offset[0]


Mask = Callable[[list[Numbers], list[Numbers], int], Any]
"""``mask(inputs, zs, l)``: which outputs of layer l pass on, as a wrong function has it."""


def _open(inputs: list[Numbers], zs: list[Numbers], layer: int) -> Any:
    return zs[layer] > 0


def _mapped(
    x: Numbers,
    weights: Arrays,
    biases: Arrays,
    mask: Mask = _open,
    side: str = "rows",
    kept: Arrays | None = None,
) -> tuple[Numbers, Numbers]:
    """Multiply the factors out: with another mask, on another side, with other biases in c."""
    inputs, zs = [x], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(w @ inputs[-1] + b)
        inputs.append(relu(zs[-1]))
    kept = biases if kept is None else kept
    matrix, offset = weights[0], kept[0]
    for layer, (w, b) in enumerate(zip(weights[1:], kept[1:], strict=True)):
        passes = mask(inputs, zs, layer)
        if side == "rows":
            matrix = (w * passes) @ matrix
        elif side == "columns":
            matrix = w @ (matrix @ np.diag(passes))
        else:
            matrix = np.diag(passes) @ w @ matrix
        offset = (passes * (w @ offset) if side == "outputs" else w @ (passes * offset)) + b
    return matrix, offset


def _patterned(
    x: Numbers, weights: Arrays, biases: Arrays, z: Callable[..., Numbers]
) -> tuple[Numbers, Numbers]:
    """Take the patterns from something else than A x + c: ``z(matrix, x, before, weights, bias)``.

    There `before` is what stood for the preactivation of the layer before, at first x.
    """
    matrix, offset, before = weights[0], biases[0], x
    for layer, (w, b) in enumerate(zip(weights[1:], biases[1:], strict=True)):
        before = z(matrix, x, before, weights[layer], biases[layer])
        passes = before > 0
        matrix, offset = (w * passes) @ matrix, w @ (passes * offset) + b
    return matrix, offset


def _with_the_output(
    x: Numbers, weights: Arrays, biases: Arrays, **wrong: Any
) -> tuple[Numbers, Numbers]:
    """Find A wrongly, and c from it and the output."""
    matrix, _ = _mapped(x, weights, biases, **wrong)
    return matrix, forward(x[np.newaxis], weights, biases)[0] - matrix @ x


def _with_the_right_c(
    x: Numbers, weights: Arrays, biases: Arrays, **wrong: Any
) -> tuple[Numbers, Numbers]:
    return _mapped(x, weights, biases, **wrong)[0], local_map(x, weights, biases)[1]


_WAYS = (_mapped, _with_the_output, _with_the_right_c)
"""With a wrong A, c is found like A, or from the output, or is right."""


def _masked_at_the_end(x: Numbers, weights: Arrays, biases: Arrays) -> tuple[Numbers, Numbers]:
    matrix, offset = local_map(x, weights, biases)
    passes = matrix @ x + offset > 0
    return matrix * passes[:, np.newaxis], offset * passes


def near_boundaries(rng: np.random.Generator, x: Numbers, w: Numbers) -> Numbers:
    """Return biases with which a sample's preactivations are 1 or −1, 0, or close to it."""
    return rng.choice([-1, -(2.0**-12), 0, 2.0**-12, 1], size=len(w)) - w @ x


def _at_a_point(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a point on boundaries, or close to them."""
    weights, biases = network(rng, *sizes(rng))
    x = quarters(rng, weights[0].shape[1])
    return x, weights, [near_boundaries(rng, x, weights[0]), *biases[1:]]


LOCAL_MAP = Task(
    chapter="forward",
    right=local_map,
    returns=("A", "c"),
    cases=(
        Case(
            "one hidden layer",
            (
                np.array([1.0, -2.0]),
                [np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0, 3.0], [2.0, -1.0]])],
                [np.array([0.5, -1.0]), np.array([1.0, -0.5])],
            ),
        ),
        Case(
            "two hidden layers", (np.array([1.0, -0.5, 2.0]), *network(default_rng(6), 3, 3, 3, 3))
        ),
        Case("a single layer", (np.array([1.0, 2.0]), *network(default_rng(6), 2, 3))),
        Case(
            "a neuron at exactly 0",
            (
                np.array([1.0, 1.0]),
                [np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([[3.0, 2.0], [1.0, -1.0]])],
                [np.zeros(2), np.array([1.0, 0.5])],
            ),
        ),
    ),
    fresh=_at_a_point,
    mistakes=(
        Mistake(
            "the pattern not taken from A x + c",
            "A x + c is the preactivation whose signs decide.",
            (
                partial(_patterned, z=lambda matrix, x, before, w, b: matrix @ x),
                partial(_patterned, z=lambda matrix, x, before, w, b: matrix @ x + b),
                partial(_patterned, z=lambda matrix, x, before, w, b: w @ before + b),
            ),
        ),
        Mistake(
            "masks from the wrong layer",
            "Within one piece every neuron keeps its state, open or closed.",
            (
                *(
                    partial(way, mask=mask)
                    for mask in (
                        lambda inputs, zs, layer: inputs[layer] > 0,
                        lambda inputs, zs, layer: zs[layer + 1] > 0,
                        lambda inputs, zs, layer: zs[0] > 0,
                        lambda inputs, zs, layer: zs[-2 - layer] > 0,
                    )
                    for way in _WAYS
                ),
            ),
        ),
        Mistake(
            "a preactivation of exactly 0 taken for open",
            "Where z is positive the neuron is open.",
            tuple(partial(way, mask=lambda inputs, zs, layer: zs[layer] >= 0) for way in _WAYS),
        ),
        Mistake(
            "biases left out of c",
            "A ReLU network is a continuous function that is affine on each of finitely many "
            "pieces.",
            (
                lambda x, weights, biases: (
                    local_map(x, weights, biases)[0],
                    np.zeros(len(biases[-1])),
                ),
                lambda x, weights, biases: _mapped(
                    x, weights, biases, kept=[*_nothing(biases[:-1]), biases[-1]]
                ),
                lambda x, weights, biases: _mapped(
                    x, weights, biases, kept=[*biases[:-1], 0 * biases[-1]]
                ),
                lambda x, weights, biases: local_map(x, weights, _nothing(biases)),
            ),
        ),
        Mistake(
            "mask applied on the wrong side",
            "it keeps the open rows and erases the closed ones",
            tuple(partial(way, side=side) for side in ("columns", "outputs") for way in _WAYS),
        ),
        Mistake(
            "c carried on without the mask",
            CARRIED,
            (
                lambda x, weights, biases: (
                    local_map(x, weights, biases)[0],
                    _mapped(x, weights, biases, lambda inputs, zs, layer: 1)[1],
                ),
            ),
        ),
        Mistake(
            "a mask after the last layer",
            "A ReLU after the last layer erases all negative logits",
            (_masked_at_the_end,),
        ),
        Mistake(
            "mask forgotten",
            "ReLU then does nothing but multiply by Dₚ",
            tuple(partial(way, mask=lambda inputs, zs, layer: 1) for way in _WAYS),
        ),
    ),
    adds="mathdl.forward.regions.local_affine gives the maps of many samples at once.",
)


def forward_all(
    x: Numbers, weights: Arrays, biases: Arrays
) -> tuple[list[Numbers], list[Numbers]]:
    """Return what each layer receives, and what it computes before its activation."""
    passed = pass_forward(layers_of(weights, biases), x)
    return list(passed.inputs), list(passed.preactivations)


def _handed_on(x: Numbers, weights: Arrays, biases: Arrays) -> list[Numbers]:
    """Return what each layer hands on."""
    inputs, preactivations = forward_all(x, weights, biases)
    return [*inputs[1:], preactivations[-1]]


FORWARD_ALL = Task(
    chapter="forward",
    right=forward_all,
    returns=("inputs", "preactivations"),
    cases=FORWARD.cases[:3],
    fresh=_passed,
    mistakes=(
        Mistake(
            "what the layers hand on instead of what they receive",
            "what each layer received",
            (
                lambda x, weights, biases: (
                    _handed_on(x, weights, biases),
                    forward_all(x, weights, biases)[1],
                ),
                lambda x, weights, biases: (
                    list(map(relu, forward_all(x, weights, biases)[1])),
                    forward_all(x, weights, biases)[1],
                ),
            ),
        ),
        Mistake(
            "preactivations after the ReLU",
            "what it computed before the activation",
            (
                lambda x, weights, biases: (
                    forward_all(x, weights, biases)[0],
                    list(map(relu, forward_all(x, weights, biases)[1])),
                ),
                lambda x, weights, biases: (
                    forward_all(x, weights, biases)[0],
                    _handed_on(x, weights, biases),
                ),
            ),
        ),
    ),
    adds="mathdl.forward.forward keeps the same, and puts the output beside it.",
)


def leaky_variance(n_in: int, slope: float) -> float:
    """Return the variance of weights that keeps the mean square through a leaky ReLU."""
    return 2 / ((1 + slope**2) * n_in)


LEAKY_VARIANCE = Task(
    chapter="forward",
    right=leaky_variance,
    returns=("the variance",),
    cases=(
        Case("a ReLU", (50, 0.0)),
        Case("the identity", (50, 1.0)),
        Case("a slope of one half", (8, 0.5)),
        Case("a negative slope", (100, -0.25)),
    ),
    fresh=lambda rng: (size(rng, 99), float(quarters(rng))),
    mistakes=(
        Mistake(
            "slope not squared",
            "Both halves contribute the same to the mean square",
            (lambda n_in, slope: 2 / ((1 + slope) * n_in),),
        ),
        Mistake(
            "deviation for variance",
            "the only choice left is the variance σ².",
            (lambda n_in, slope: np.sqrt(leaky_variance(n_in, slope)),),
        ),
    ),
    adds="mathdl.forward.signals.predicted_signals follows the mean square through the layers, "
    "for other activations too.",
)

TASKS = {
    "forward": FORWARD,
    "he_weights": HE_WEIGHTS,
    "local_map": LOCAL_MAP,
    "forward_all": FORWARD_ALL,
    "leaky_variance": LEAKY_VARIANCE,
}
