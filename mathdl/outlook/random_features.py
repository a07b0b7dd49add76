"""Least squares with more features than samples, and how its error depends on their number."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from mathdl.checks import (
    Array,
    finite_array,
    listed,
    nonnegative_number,
    positive_number,
    random_generator,
    refuses_overflow,
    require_room,
    require_workers,
    whole_number,
)


@refuses_overflow
def minimum_norm(features: npt.ArrayLike, target: npt.ArrayLike) -> Array:
    """Solve a least-squares problem; among all solutions take the shortest.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ, one sample a row.
    target : array_like, shape (n_samples,) or (n_samples, n_targets)
        y, or several of them side by side.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ that minimises ‖Φθ − y‖ and, if many do, has the smallest ‖θ‖.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    Examples
    --------
    >>> minimum_norm([[1.0, 1.0]], [2.0]).round(6)
    array([1., 1.])
    """
    phi, y = _problem(features, target)
    return _minimum_norm(phi, y)


@refuses_overflow
def ridge_fit(features: npt.ArrayLike, target: npt.ArrayLike, penalty: float) -> Array:
    """Minimise ‖Φθ − y‖² + penalty·‖θ‖².

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ, one sample a row.
    target : array_like, shape (n_samples,) or (n_samples, n_targets)
        y, or several of them side by side.
    penalty : float
        Greater than 0.

    Returns
    -------
    ndarray, shape (n_features,) or (n_features, n_targets)
        θ.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is not finite, or the penalty is not positive.

    References
    ----------
    hastie2009elements, equations 3.44 and 3.47.

    Examples
    --------
    >>> ridge_fit([[1.0, 1.0]], [2.0], penalty=2.0).round(6)  # half of the minimum-norm solution
    array([0.5, 0.5])
    """
    phi, y = _problem(features, target)
    return _ridge(phi, y, positive_number(penalty, "penalty"))


@refuses_overflow
def random_relu_features(x: npt.ArrayLike, directions: npt.ArrayLike) -> Array:
    """Return one layer of ReLU units whose weights are not learned.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples.
    directions : array_like, shape (n_features, n_in)
        One unit's weights a row.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        relu(v_j·x)/√n_features; the factor keeps the length of a row the same for all sizes.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    References
    ----------
    rahimi2008random, for features that are drawn and not trained.

    Examples
    --------
    >>> random_relu_features([[1.0, 2.0]], [[1.0, 0.0], [0.0, -1.0]]).round(4)
    array([[0.7071, 0.    ]])
    """
    rows = finite_array(x, "x", ("n_samples", "n_in"))
    units = finite_array(directions, "directions", ("n_features", rows.shape[1]))
    return _relu_features(rows, units)


class World(NamedTuple):
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


def draw_world(
    n_samples: int,
    n_features: int,
    *,
    rng: np.random.Generator,
    n_inputs: int = 10,
    n_test: int = 500,
) -> World:
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
    World
        The draw.

    Raises
    ------
    ValueError
        If a number is not a positive integer.

    Examples
    --------
    >>> draw_world(3, 5, rng=np.random.default_rng(0)).features.shape
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
    return World(
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
        world = draw_world(n, p, rng=np.random.default_rng(seed))
        with np.errstate(all="ignore"):  # a worker does not know what its caller ignores
            y = world.truth[:, None] + sigma * world.noise[:, None]
            phi = world.features
            theta = _ridge(phi, y, penalty) if penalty else _minimum_norm(phi, y)
            risks[0, :, column] = ((phi @ theta - y) ** 2).mean(axis=0)
            miss = world.test_features @ theta - world.test_truth[:, None]
            risks[1, :, column] = (miss**2).mean(axis=0)
    return risks


@refuses_overflow
def noise_gain(features: npt.ArrayLike) -> float:
    """Return by how much a least-squares fit amplifies noise of variance 1.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_features)
        Φ.

    Returns
    -------
    float
        Σ 1/s_i² over the singular values of Φ that are not 0: the expected ‖θ‖² of the
        minimum-norm fit to noise alone.

    Raises
    ------
    ValueError
        If a number is not finite or all are 0.

    References
    ----------
    hastie2022surprises, Lemma 1, who take the variance as this trace.

    Examples
    --------
    >>> noise_gain([[2.0, 0.0], [0.0, 0.1]])  # 1/4 + 100
    100.25
    """
    phi = finite_array(features, "features", ("n_samples", "n_features"))
    s = np.linalg.svd(phi, compute_uv=False)
    s = s[s > 1e-12 * s[0]]
    if s.size == 0:
        raise ValueError("features must not all be 0.")
    return round(float((1 / s**2).sum()), 12)


def _problem(features: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    phi = finite_array(features, "features", ("n_samples", "n_features"))
    y = finite_array(target, "target")
    if y.ndim not in (1, 2) or len(y) != len(phi):
        raise ValueError(f"target must hold {len(phi)} rows, but its shape is {y.shape}.")
    return phi, y


def _minimum_norm(phi: Array, y: Array) -> Array:
    solution: Array = np.linalg.lstsq(phi, y, rcond=None)[0]
    return solution


def _ridge(phi: Array, y: Array, penalty: float) -> Array:
    n, p = phi.shape
    if p <= n:
        added = penalty * np.eye(p, dtype=phi.dtype)
        solution: Array = np.linalg.solve(phi.T @ phi + added, phi.T @ y)
    else:  # the same solution by way of an n × n matrix
        added = penalty * np.eye(n, dtype=phi.dtype)
        solution = phi.T @ np.linalg.solve(phi @ phi.T + added, y)
    return solution


def _relu_features(x: Array, directions: Array) -> Array:
    features: Array = np.maximum(x @ directions.T, 0) / math.sqrt(len(directions))
    return features
