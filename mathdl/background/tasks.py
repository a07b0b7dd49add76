"""What the reader writes in the chapter on what deep learning adds: hats, a fit, tents, towers."""

from itertools import pairwise
from typing import Any

import numpy as np

from explorable.tutor.comparing import Numbers, as_numbers
from explorable.tutor.examples import alike, numbers, places, rounded, shape, size, sizes
from explorable.tutor.running import Outcome
from explorable.tutor.task import Case, Mistake, Task
from mathdl.background import best_affine_fit
from mathdl.background import tent as tent_once
from mathdl.concepts import relu


def hat(x: Numbers, left: float, middle: float, right: float) -> Numbers:
    """Return the hat of height 1 over [left, right]."""
    return np.asarray(np.interp(x, [left, middle, right], [0.0, 1.0, 0.0]))


def _equal_sides(x: Numbers, left: float, middle: float, right: float, width: float) -> Numbers:
    return (relu(x - left) - 2 * relu(x - middle) + relu(x - right)) / width


def _slopes_as_weights(x: Numbers, left: float, middle: float, right: float) -> Numbers:
    return relu(x - left) / (middle - left) - relu(x - middle) / (right - middle)


def _two_relus(x: Numbers, left: float, middle: float, right: float) -> Numbers:
    up, down = 1 / (middle - left), 1 / (right - middle)
    return up * relu(x - left) - (up + down) * relu(x - middle)


def _hat(rng: np.random.Generator) -> tuple[Any, ...]:
    knots = np.cumsum(rng.integers(1, 4, size=3)) / 4 - rng.integers(3)
    return places(rng, knots, *shape(rng)), *knots.tolist()


def _differs_in_width(outcome: Outcome) -> bool:
    """Say whether a hat that is wrong is one whose sides differ, and right at its ends."""
    x, left, middle, right = outcome.arguments
    got = as_numbers(outcome.value)
    if got is None or got.shape != x.shape or middle - left == right - middle:
        return False
    return bool(np.allclose(got[hat(*outcome.arguments) == 0], 0, atol=1e-6))


HAT = Task(
    chapter="background",
    right=hat,
    returns=("the hat",),
    cases=(
        Case("a hat of equal sides", (np.array([-0.5, 0.0, 0.25, 0.5, 1.25]), 0.0, 0.5, 1.0)),
        Case("one whose sides differ", (np.array([0.0, 1.5, 2.0, 3.0, 5.0, 9.0]), 1.0, 2.0, 5.0)),
    ),
    fresh=_hat,
    mistakes=(
        Mistake(
            "slopes instead of heights",
            "A ReLU unit relu(x − t) is flat up to its knot t, and then rises with slope 1.",
            (
                lambda x, left, middle, right: _equal_sides(x, left, middle, right, 1),
                lambda x, left, middle, right: relu(np.minimum(x - left, right - x)),
                lambda x, left, middle, right: np.where(
                    x < middle, relu(x - left), relu(right - x)
                ),
            ),
        ),
        Mistake(
            "slopes as weights instead of changes of slope",
            "The weights of that sum are changes of slope",
            (
                _slopes_as_weights,
                lambda x, left, middle, right: (
                    _slopes_as_weights(x, left, middle, right) + relu(x - right)
                ),
            ),
        ),
        Mistake(
            "not zero to the right",
            "the third brings it to rest at 0.",
            (
                _two_relus,
                lambda x, left, middle, right: relu(x - left) / (middle - left),
                lambda x, left, middle, right: np.minimum(relu(x - left) / (middle - left), 1.0),
                lambda x, left, middle, right: (
                    _two_relus(x, left, middle, right) + relu(x - right)
                ),
            ),
        ),
        Mistake(
            "wrong when the two sides differ in width",
            "The sides of a hat need not be equally wide; then the slope up and the slope down "
            "differ, and so do the three changes.",
            tuple(
                wrong
                for width in (
                    lambda left, middle, right: middle - left,
                    lambda left, middle, right: right - middle,
                    lambda left, middle, right: (right - left) / 2,
                )
                for wrong in (
                    lambda x, left, middle, right, width=width: _equal_sides(
                        x, left, middle, right, width(left, middle, right)
                    ),
                    lambda x, left, middle, right, width=width: relu(
                        1 - abs(x - middle) / width(left, middle, right)
                    ),
                )
            ),
            sign=_differs_in_width,
        ),
    ),
    adds="mathdl.background.hat_network puts many hats together into one network.",
)


def affine_fit(features: Numbers, targets: Numbers) -> tuple[Numbers, float]:
    """Return the weights and the bias of least squares."""
    fit = best_affine_fit(features, targets[:, np.newaxis])
    return fit.weights[0], float(fit.bias[0])


def _with_ones(features: Numbers) -> Numbers:
    return np.column_stack([features, np.ones(len(features))])


def _through_origin(features: Numbers, targets: Numbers) -> Numbers:
    return np.linalg.lstsq(features, targets)[0]


def _of_centred_targets(features: Numbers, targets: Numbers) -> tuple[Numbers, Any]:
    return _through_origin(features, targets - targets.mean()), targets.mean()


def _with_means(features: Numbers, targets: Numbers, mean: Any) -> tuple[Numbers, Any]:
    """Take the right weights, and find the bias from means of one's own."""
    weights, _ = affine_fit(features, targets)
    return weights, targets.mean() - (mean * weights).sum()


def _of_one_mean(features: Numbers, targets: Numbers) -> tuple[Numbers, Any]:
    """Subtract the mean of all numbers from each feature."""
    weights = _through_origin(features - features.mean(), targets - targets.mean())
    return weights, targets.mean() - features.mean(axis=0) @ weights


def _transposed(features: Numbers, targets: Numbers) -> Numbers:
    return np.linalg.solve(features @ features.T, features @ targets)


def _inverted(features: Numbers, targets: Numbers) -> Numbers:
    return np.asarray(np.linalg.inv(features @ features.T) @ (features @ targets))


def _mixed_up(features: Numbers, targets: Numbers) -> Numbers:
    return np.linalg.solve(features @ features.T, features.T @ targets)


def _parted(solution: Numbers) -> tuple[Numbers, Any]:
    return solution[:-1], solution[-1]


def _penalised(outcome: Outcome) -> bool:
    """Say whether a fit is that of ridge, whose penalty is on the bias too.

    With A for the features and a column of ones, Aᵀ (y − A w) is then α w for some α > 0.
    """
    if not isinstance(outcome.value, (tuple, list)) or len(outcome.value) != 2:
        return False
    features, targets = outcome.arguments
    weights, bias = map(as_numbers, outcome.value)
    if weights is None or bias is None:
        return False
    if weights.shape != features.shape[1:] or bias.size != 1:
        return False
    ones = _with_ones(features)
    shrunk = np.append(weights, bias)
    pull = ones.T @ (targets - ones @ shrunk)
    penalty = pull @ shrunk / (shrunk @ shrunk)
    return bool(penalty > 1e-9 and np.allclose(pull, penalty * shrunk, rtol=1e-6, atol=1e-9))


def _samples(rng: np.random.Generator) -> tuple[Any, ...]:
    d = size(rng)
    n = d + 2 + size(rng)
    return rounded(size(rng) * rng.normal(size=(n, d)) + size(rng)), numbers(rng, n)


_MEAN_DIFFERENCE = "The derivative with respect to b says that the mean difference is zero"

AFFINE_FIT = Task(
    chapter="background",
    right=affine_fit,
    returns=("weights", "bias"),
    cases=(
        Case(
            "three samples that fit exactly",
            (np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 1.0]]), np.array([2.0, 5.0, 7.0])),
        ),
        Case(
            "four samples on no line",
            (np.array([[0.0], [1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 6.0, 5.0])),
        ),
    ),
    fresh=_samples,
    mistakes=(
        Mistake(
            "bias forgotten",
            "with one weight in w for each feature and one more number b, the bias.",
            (
                lambda features, targets: (_through_origin(features, targets), 0.0),
                _through_origin,
                lambda features, targets: (
                    _through_origin(features, targets),
                    (targets - features @ _through_origin(features, targets)).mean(),
                ),
                lambda features, targets: (affine_fit(features, targets)[0], 0.0),
            ),
        ),
        Mistake(
            "the features' means left out",
            _MEAN_DIFFERENCE,
            (
                lambda features, targets: (_through_origin(features, targets), targets.mean()),
                _of_centred_targets,
                lambda features, targets: (affine_fit(features, targets)[0], targets.mean()),
            ),
        ),
        Mistake(
            "one mean for all features",
            _MEAN_DIFFERENCE,
            (
                lambda features, targets: _with_means(features, targets, features.mean()),
                _of_one_mean,
                lambda features, targets: (
                    _of_one_mean(features, targets)[0],
                    targets.mean() - (features.mean() * _of_one_mean(features, targets)[0]).sum(),
                ),
            ),
        ),
        Mistake(
            "the bias with a plus for a minus",
            _MEAN_DIFFERENCE,
            (lambda features, targets: _with_means(features, targets, -features.mean(axis=0)),),
        ),
        Mistake(
            "bias penalised or added to weights",
            _MEAN_DIFFERENCE,
            (
                lambda features, targets: (
                    affine_fit(features, targets)[0] + affine_fit(features, targets)[1],
                    affine_fit(features, targets)[1],
                ),
            ),
            sign=_penalised,
        ),
        Mistake(
            "normal equations of the transposed matrix",
            "Together they are a linear system, the normal equations.",
            (
                lambda features, targets: _parted(_transposed(_with_ones(features), targets)),
                lambda features, targets: _parted(_inverted(_with_ones(features), targets)),
                lambda features, targets: (_transposed(features, targets), 0.0),
                lambda features, targets: (_inverted(features, targets), 0.0),
                lambda features, targets: (_inverted(_with_ones(features), targets), 0.0),
                lambda features, targets: (_mixed_up(features, targets), 0.0),
                lambda features, targets: _parted(_mixed_up(_with_ones(features), targets)),
            ),
        ),
    ),
    adds="mathdl.background.best_affine_fit fits several targets at once, and takes features "
    "that depend on one another.",
)


def tent(x: Numbers, depth: int) -> Numbers:
    """Apply the tent map several times."""
    for _ in range(depth):
        x = tent_once(x)
    return x


_PLACES = np.array([0.0, 0.2, 0.5, 0.505, 0.9, 1.0])

TENT = Task(
    chapter="background",
    right=tent,
    returns=("the heights",),
    cases=(
        Case("one tent", (_PLACES, 1)),
        Case("two tents", (_PLACES, 2)),
        Case("six tents at a matrix of places", (_PLACES.reshape(2, 3), 6)),
    ),
    fresh=lambda rng: (np.clip(places(rng, (0.0, 0.5, 1.0), *shape(rng)), 0, 1), size(rng, 6)),
    mistakes=(
        Mistake(
            "applied once only",
            "Each application is one more hidden layer of two units",
            (lambda x, depth: tent_once(x),),
        ),
        Mistake(
            "multiplied by depth",
            "Apply it k times",
            (
                lambda x, depth: depth * tent_once(x),
                lambda x, depth: depth * x,
                lambda x, depth: tent_once(np.clip(depth * x, 0.0, 1.0)),
                lambda x, depth: np.minimum(2 * depth * x, 2 - 2 * depth * x),
                lambda x, depth: depth * tent(x, depth),
            ),
        ),
        Mistake(
            "applied once too often",
            "Each application is one more hidden layer of two units",
            (lambda x, depth: tent(x, depth + 1),),
        ),
        Mistake(
            "applied once too seldom",
            "Each application is one more hidden layer of two units",
            (lambda x, depth: tent(x, depth - 1),),
        ),
        Mistake(
            "steeper instead of folded again",
            "The points x and 1 − x land on each other, as in a fold.",
            (lambda x, depth: 2 ** (depth - 1) * tent_once(x),),
        ),
        Mistake(
            "no fall behind the middle",
            "from there on the slope is 2 − 4 = −2",
            (lambda x, depth: np.minimum(2**depth * x, 1.0),),
        ),
    ),
    adds="mathdl.background.tent_network builds the same as a network, two units per layer.",
)


def count_parameters(sizes: list[int]) -> int:
    """Count the weights and biases of a network with layers of these sizes."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


COUNT_PARAMETERS = Task(
    chapter="background",
    right=count_parameters,
    returns=("the number of parameters",),
    cases=(
        Case("a linear model on two numbers", ([2, 1],)),
        Case("one hidden layer", ([3, 4, 2],)),
        Case("two hidden layers", ([64, 32, 32, 1],)),
        Case("a network as large as the nearest neighbour", ([64, 3332, 1],)),
    ),
    fresh=lambda rng: (sizes(rng),),
    mistakes=(
        Mistake(
            "biases forgotten",
            "Weights and bias are the model's parameters.",
            (
                lambda sizes: sum(m * n for m, n in pairwise(sizes)),
                lambda sizes: sum(m * n for m, n in pairwise(sizes)) + 1,
            ),
        ),
        Mistake(
            "inputs counted as parameters",
            "Weights and bias are the model's parameters.",
            (lambda sizes: count_parameters(sizes) + sizes[0],),
        ),
    ),
    adds="mathdl.forward.n_parameters counts those of layers that are there already.",
)


def fitting_tower(u: Numbers, v: Numbers) -> Numbers:
    """Return the tower of six sides, affine on each triangle of the grid."""
    above = np.maximum(np.maximum(u, v), 0)
    below = np.maximum(np.maximum(-u, -v), 0)
    return relu(1 - above - below)


def _crossed(u: Numbers, v: Numbers) -> Numbers:
    return relu(relu(1 - abs(u)) + relu(1 - abs(v)) - 1)


FITTING_TOWER = Task(
    chapter="background",
    right=fitting_tower,
    returns=("the heights",),
    cases=(
        Case(
            "places along the axes",
            (np.array([0.0, 0.5, 0.0, -0.5]), np.array([0.0, 0.0, 0.5, 0.0])),
        ),
        Case(
            "places with u and v of one sign",
            (np.array([0.25, 0.75, -0.5, -0.25]), np.array([0.5, 0.5, -0.25, -0.5])),
        ),
        Case(
            "places with u and v of two signs",
            (np.array([0.5, -0.25, 0.75]), np.array([-0.25, 0.5, -0.75])),
        ),
    ),
    fresh=lambda rng: alike(rng, 2, largest=2),
    mistakes=(
        Mistake(
            "the tower that does not fit",
            "Towers of crossed hats drop to 0 in the middle of each cell.",
            (_crossed,),
        ),
    ),
    adds="mathdl.background.tower_network builds the towers of the text.",
)


TASKS = {
    "hat": HAT,
    "affine_fit": AFFINE_FIT,
    "tent": TENT,
    "count_parameters": COUNT_PARAMETERS,
    "fitting_tower": FITTING_TOWER,
}
