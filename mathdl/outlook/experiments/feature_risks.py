"""How the error of a fit with random features depends on their number: double descent."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from explorable.checks import Array, checked, require_room, several, whole
from mathdl.equations import source
from mathdl.outlook import minimum_norm, random_relu_features


class Regression(NamedTuple):
    """One draw of a regression problem."""

    features: Array  # (n_samples, n_features)
    test_features: Array  # (n_test, n_features)
    target: Array  # (n_samples,)
    test_truth: Array  # (n_test,)


N_SAMPLES, N_INPUTS, N_TEST, NOISE = 40, 10, 500, 0.3
"""Samples, inputs of each, new samples, standard deviation of the noise in the targets."""


def draw_regression(n_features: int, *, rng: np.random.Generator) -> Regression:
    """Draw samples of ten normal inputs, a linear truth of slope 1, and random ReLU features.

    With equal seeds the samples of fewer features are those of more.
    """
    slope = rng.normal(size=N_INPUTS)
    x, x_test = (rng.normal(size=(n, N_INPUTS)) for n in (N_SAMPLES, N_TEST))
    noise = rng.normal(size=N_SAMPLES)
    directions = rng.normal(size=(n_features, N_INPUTS))
    slope /= np.linalg.norm(slope)
    return Regression(
        random_relu_features.plain(x, directions),
        random_relu_features.plain(x_test, directions),
        x @ slope + NOISE * noise,
        x_test @ slope,
    )


class Risks(NamedTuple):
    """Mean squared errors of fits with random features.

    Attributes
    ----------
    train : ndarray, shape (n_sizes, n_draws)
        On the noisy targets that were fitted.
    test : ndarray, shape (n_sizes, n_draws)
        On new samples, against the truth.
    """

    train: Array
    test: Array


@source("belkin2019reconciling, Figure 2, for the shape of the test error over p.")
@checked(sizes=several(whole(at_most=10**5)), n_draws=whole(), refuses="there are no sizes")
def feature_risks(sizes: Sequence[int], *, n_draws: int = 20) -> Risks:
    """Fit p random features to 40 noisy samples (`minimum_norm`), for several p and draws.

    Parameters
    ----------
    sizes
        Numbers of features p.
    n_draws
        How often to draw everything anew; draw k takes ``numpy.random.default_rng(k)``.

    Returns
    -------
    Risks
        Errors by size and draw.

    Examples
    --------
    >>> few, equal, many = np.median(feature_risks([10, 40, 400]).test, axis=1)
    >>> bool(equal > 10 * few > 20 * many)  # p = 40 is the number of samples
    True
    """
    if not sizes:
        raise ValueError("sizes must hold at least one number.")
    require_room(2 * n_draws * len(sizes), "n_draws and sizes")
    risks = np.array([[_risks_of_draw(p, seed) for seed in range(n_draws)] for p in sizes])
    return Risks(train=risks[..., 0], test=risks[..., 1])


def _risks_of_draw(n_features: int, seed: int) -> list[Any]:
    drawn = draw_regression(n_features, rng=np.random.default_rng(seed))
    theta = minimum_norm.plain(drawn.features, drawn.target)
    fitted, answered = drawn.features @ theta, drawn.test_features @ theta
    return [np.mean((fitted - drawn.target) ** 2), np.mean((answered - drawn.test_truth) ** 2)]
