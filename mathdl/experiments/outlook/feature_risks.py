"""How the error of a fit with random features depends on their number: double descent."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed

from mathdl.checks import (
    Array,
    listed,
    nonnegative_number,
    random_generator,
    refuses_overflow,
    require_room,
    require_workers,
    whole_number,
)
from mathdl.outlook.random_features import _minimum_norm, _relu_features, _ridge


class Regression(NamedTuple):
    """One draw of a regression problem with random features.

    Attributes
    ----------
    features, test_features : ndarray, shapes (n_samples, n_features) and (n_test, n_features)
        Φ for the samples to learn from and for new ones.
    truth, test_truth : ndarray, shapes (n_samples,) and (n_test,)
        What a sample's target is without noise.
    noise : ndarray, shape (n_samples,)
        Standard normal numbers; a target is ``truth + standard deviation · noise``.
    """

    features: Array
    test_features: Array
    truth: Array
    test_truth: Array
    noise: Array


def draw_regression(
    n_samples: int,
    n_features: int,
    *,
    rng: np.random.Generator,
    n_inputs: int = 10,
    n_test: int = 500,
) -> Regression:
    """Draw samples, a linear truth of slope 1, and random ReLU features.

    Parameters
    ----------
    n_samples, n_features : int
        n and p.
    rng : numpy.random.Generator
        Draws everything. With equal seeds the samples of a smaller p are those of a larger one.
    n_inputs : int, default 10
        Inputs a sample, standard normal.
    n_test : int, default 500
        New samples.

    Returns
    -------
    Regression
        The draw.

    Raises
    ------
    ValueError
        If a number is not a positive integer.

    Examples
    --------
    >>> draw_regression(3, 5, rng=np.random.default_rng(0)).features.shape
    (3, 5)
    """
    n, p = whole_number(n_samples, "n_samples"), whole_number(n_features, "n_features")
    inputs, tests = whole_number(n_inputs, "n_inputs"), whole_number(n_test, "n_test")
    require_room(
        max(n, tests) * p + (n + tests + p) * inputs, "n_samples, n_features, n_inputs and n_test"
    )
    slope = random_generator(rng).normal(size=inputs)
    x, x_test = rng.normal(size=(n, inputs)), rng.normal(size=(tests, inputs))
    noise = rng.normal(size=n)
    directions = rng.normal(size=(p, inputs))
    slope /= np.linalg.norm(slope)
    return Regression(
        _relu_features(x, directions),
        _relu_features(x_test, directions),
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


@refuses_overflow
def feature_risks(
    sizes: Sequence[int],
    *,
    n_samples: int = 40,
    noises: Sequence[float] = (0.3,),
    penalty: float = 0.0,
    n_draws: int = 20,
    n_jobs: int = 1,
) -> Risks:
    """Fit p random features to n noisy samples, for several p, noises and draws.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of features p, up to 100,000.
    n_samples : int, default 40
        n.
    noises : sequence of float, default (0.3,)
        Standard deviations of the noise in the targets, at least 0.
    penalty : float, default 0
        0 for the minimum-norm least-squares fit, else that of `ridge_fit`.
    n_draws : int, default 20
        How often to draw everything anew; draw k takes ``numpy.random.default_rng(k)``.
    n_jobs : int, default 1
        Workers of joblib, which share the draws.

    Returns
    -------
    Risks
        Errors by noise, size and draw.

    Raises
    ------
    ValueError
        If a setting is out of range.

    References
    ----------
    belkin2019reconciling, Figure 2, for the shape of the test error over p.

    Examples
    --------
    >>> few, equal, many = np.median(feature_risks([10, 40, 400]).test, axis=2)[0]
    >>> bool(equal > 10 * few > 20 * many)  # p = 40 is the number of samples
    True
    """
    counts = [whole_number(p, "each of sizes", at_most=10**5) for p in listed(sizes, "sizes")]
    levels = [nonnegative_number(s, "each of noises") for s in listed(noises, "noises")]
    if not counts or not levels:
        raise ValueError("sizes and noises must each hold at least one number.")
    alpha = nonnegative_number(penalty, "penalty")
    n, draws = whole_number(n_samples, "n_samples"), whole_number(n_draws, "n_draws")
    require_room(n * max(counts), "n_samples and sizes")
    require_room(2 * draws * len(levels) * len(counts), "n_draws, noises and sizes")
    rows = Parallel(n_jobs=require_workers(n_jobs))(
        delayed(_risks_of_draw)(n, counts, levels, alpha, seed) for seed in range(draws)
    )
    both = np.stack(rows, axis=-1)  # (train or test, noise, size, draw)
    return Risks(both[0], both[1])


def _risks_of_draw(
    n: int, sizes: Sequence[int], noises: Sequence[float], penalty: float, seed: int
) -> Array:
    risks = np.empty((2, len(noises), len(sizes)))
    sigma = np.asarray(noises)
    for column, p in enumerate(sizes):
        drawn = draw_regression(n, p, rng=np.random.default_rng(seed))
        with np.errstate(all="ignore"):  # a worker does not know what its caller ignores
            y = drawn.truth[:, None] + sigma * drawn.noise[:, None]
            phi = drawn.features
            theta = _ridge(phi, y, penalty) if penalty else _minimum_norm(phi, y)
            risks[0, :, column] = ((phi @ theta - y) ** 2).mean(axis=0)
            miss = drawn.test_features @ theta - drawn.test_truth[:, None]
            risks[1, :, column] = (miss**2).mean(axis=0)
    return risks
