"""How the error of a fit with random features depends on their number: double descent."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, checked, number, require_room, several, whole
from mathdl.equations import source
from mathdl.outlook import minimum_norm, random_relu_features


class Regression(NamedTuple):
    """One draw of a regression problem; a target is truth + standard deviation · noise."""

    features: Array  # (n_samples, n_features)
    test_features: Array  # (n_test, n_features)
    truth: Array  # (n_samples,)
    test_truth: Array  # (n_test,)
    noise: Array  # (n_samples,): standard normal numbers


N_INPUTS, N_TEST = 10, 500
"""Inputs a sample, and new samples."""


def draw_regression(n_samples: int, n_features: int, *, rng: np.random.Generator) -> Regression:
    """Draw samples of ten normal inputs, a linear truth of slope 1, and random ReLU features.

    With equal seeds the samples of fewer features are those of more.
    """
    slope = rng.normal(size=N_INPUTS)
    x, x_test = (rng.normal(size=(n, N_INPUTS)) for n in (n_samples, N_TEST))
    noise = rng.normal(size=n_samples)
    directions = rng.normal(size=(n_features, N_INPUTS))
    slope /= np.linalg.norm(slope)
    return Regression(
        random_relu_features.plain(x, directions),
        random_relu_features.plain(x_test, directions),
        x @ slope,
        x_test @ slope,
        noise,
    )


class Risks(NamedTuple):
    """Mean squared errors of fits with random features.

    Attributes
    ----------
    train : ndarray, shape (n_noises, n_sizes, n_draws)
        On the noisy targets that were fitted.
    test : ndarray, shape (n_noises, n_sizes, n_draws)
        On new samples, against the truth.
    """

    train: Array
    test: Array


@source("belkin2019reconciling, Figure 2, for the shape of the test error over p.")
@checked(
    sizes=several(whole(at_most=10**5)),
    noises=several(number("[0, inf)")),
    n_samples=whole(),
    n_draws=whole(),
    refuses="there are no sizes or no noises",
)
def feature_risks(
    sizes: Sequence[int],
    *,
    n_samples: int = 40,
    noises: Sequence[float] = (0.3,),
    n_draws: int = 20,
) -> Risks:
    """Fit p random features to n noisy samples (`minimum_norm`), for several p, noises and draws.

    Parameters
    ----------
    sizes
        Numbers of features p, up to 100,000.
    n_samples
        n.
    noises
        Standard deviations of the noise in the targets.
    n_draws
        How often to draw everything anew; draw k takes ``numpy.random.default_rng(k)``.

    Returns
    -------
    Risks
        Errors by noise, size and draw.

    Examples
    --------
    >>> few, equal, many = np.median(feature_risks([10, 40, 400]).test, axis=2)[0]
    >>> bool(equal > 10 * few > 20 * many)  # p = 40 is the number of samples
    True
    """
    if not sizes or not noises:
        raise ValueError("sizes and noises must each hold at least one number.")
    require_room(n_samples * max(sizes), "n_samples and sizes")
    require_room(2 * n_draws * len(noises) * len(sizes), "n_draws, noises and sizes")
    rows = [_risks_of_draw(n_samples, sizes, noises, seed) for seed in range(n_draws)]
    return Risks(*np.stack(rows, axis=-1))  # (train or test, noise, size, draw)


def _risks_of_draw(n: int, sizes: Sequence[int], noises: Sequence[float], seed: int) -> Array:
    risks = np.empty((2, len(noises), len(sizes)))
    sigma = np.asarray(noises)
    for column, p in enumerate(sizes):
        drawn = draw_regression(n, p, rng=np.random.default_rng(seed))
        y = drawn.truth[:, None] + sigma * drawn.noise[:, None]
        phi = drawn.features
        theta = minimum_norm.plain(phi, y)
        risks[0, :, column] = ((phi @ theta - y) ** 2).mean(axis=0)
        miss = drawn.test_features @ theta - drawn.test_truth[:, None]
        risks[1, :, column] = (miss**2).mean(axis=0)
    return risks
