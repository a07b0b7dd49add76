"""Overfitting that can be seen: polynomials through noisy samples of a curve, in closed form."""

import functools
import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    all_finite,
    an_instance,
    finite_array,
    known_name,
    nonnegative_number,
    number_between,
    random_generator,
    refuses_overflow,
    require_room,
    whole_number,
)
from mathdl.faq.ridge import regression_data


@dataclass(frozen=True)
class CurveFit:
    """How a polynomial is fitted to samples of `wave` at even places of [−1, 1].

    Attributes
    ----------
    degree : int, default 15
        Of the polynomial, from 1 to 30.
    n_samples : int, default 20
        At least degree + 1.
    penalty : float, default 0
        α of ridge on all weights but the constant one, at least 0.
    keep_rate : float, default 1
        q in (0, 1] of dropout of all features but the constant one, in expectation.
    """

    degree: int = 15
    n_samples: int = 20
    penalty: float = 0.0
    keep_rate: float = 1.0

    def __post_init__(self) -> None:
        degree = whole_number(self.degree, "degree")
        number_between(degree, "degree", 1, 30)
        checked = {
            "degree": degree,
            "n_samples": whole_number(self.n_samples, "n_samples", at_least=degree + 1),
            "penalty": nonnegative_number(self.penalty, "penalty"),
            "keep_rate": number_between(self.keep_rate, "keep_rate", 0, 1, closed="right"),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)


class CurveErrors(NamedTuple):
    """Root mean squared errors of a fit.

    Attributes
    ----------
    train : float
        On the samples that it was fitted to.
    test : float
        Against the noiseless curve, on 201 even places of [−1, 1].
    """

    train: float
    test: float


@refuses_overflow
def wave(x: npt.ArrayLike) -> Array:
    """Return the curve that the samples come from, sin 4x + x/2.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    ndarray
        In the shape of x.

    Raises
    ------
    ValueError
        If x is empty or not finite.

    Examples
    --------
    >>> wave([0.0, 1.0]).round(3)
    array([ 0.   , -0.257])
    """
    places = finite_array(x, "x")
    return np.sin(4 * places) + places / 2


@refuses_overflow
def legendre(x: npt.ArrayLike, degree: int) -> Array:
    """Return the Legendre polynomials up to a degree, each with mean square 1 on [−1, 1].

    Parameters
    ----------
    x : array_like, shape (n_samples,)
        From −1 to 1.
    degree : int
        At least 1.

    Returns
    -------
    ndarray, shape (n_samples, degree + 1)
        Features, one polynomial a column.

    Raises
    ------
    ValueError
        If x has another shape, is empty or leaves [−1, 1], or the degree is too small.

    Examples
    --------
    >>> legendre([-1.0, 0.0, 1.0], 1).round(3)
    array([[ 1.   , -1.732],
           [ 1.   ,  0.   ],
           [ 1.   ,  1.732]])
    """
    places = finite_array(x, "x", ("n_samples",))
    furthest = places[np.abs(places).argmax()]
    if abs(furthest) > 1:
        raise ValueError(f"x must lie in [-1, 1], but one of them is {furthest:g}.")
    d = whole_number(degree, "degree")
    require_room(len(places) * (d + 1), "x and degree")
    polynomials: Array = np.polynomial.legendre.legvander(places, d)
    return polynomials * np.sqrt(2 * np.arange(d + 1) + 1).astype(polynomials.dtype)


@refuses_overflow
def fit_weights(
    features: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    penalty: float = 0.0,
    keep_rate: float = 1.0,
) -> Array:
    """Return the weights of a linear model under ridge and under dropout in expectation.

    Parameters
    ----------
    features : array_like, shape (n_samples, n_in)
        The first column is the constant 1, which is neither penalised nor dropped.
    target : array_like, shape (n_samples,)
        What is wanted.
    penalty : float, default 0
        α, at least 0.
    keep_rate : float, default 1
        q in (0, 1].

    Returns
    -------
    ndarray, shape (n_in,)
        The minimiser of ‖Φw − y‖²/n + α‖w‖² + (1 − q)/q · Σⱼ ‖Φⱼ‖²wⱼ²/n, sums without the
        constant; of several the shortest.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or a number is out of range.

    Examples
    --------
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], penalty=1.0)
    array([1. , 0.5])
    >>> fit_weights([[1.0, -1.0], [1.0, 1.0]], [0.0, 2.0], keep_rate=0.5)
    array([1. , 0.5])
    """
    phi, wanted = regression_data(features, target, names=("features", "target"))
    alpha = nonnegative_number(penalty, "penalty")
    keep = number_between(keep_rate, "keep_rate", 0, 1, closed="right")
    if not (phi[:, 0] == 1).all():
        raise ValueError("features must have the constant 1 in their first column.")
    return _solve(phi, wanted, _added(alpha, keep, phi))


def _added(penalty: float, keep_rate: float, phi: Array) -> Array:
    """Return what ridge and dropout add to the diagonal of ΦᵀΦ/n."""
    added: Array = penalty + (1 - keep_rate) / keep_rate * (phi**2).mean(axis=0)
    added[0] = 0
    if not all_finite(added):
        raise ValueError(
            "features must not be so large, nor keep_rate so small, that it overflows."
        )
    return added


def _solve(phi: Array, wanted: Array, added: Array) -> Array:
    """Solve with extra rows for what is added: better conditioned than the normal equations."""
    root = math.sqrt(len(phi))
    rows = np.vstack([phi / root, np.diag(np.sqrt(added))])
    zeros = np.zeros((len(added), *wanted.shape[1:]), wanted.dtype)
    solution: Array = np.linalg.lstsq(rows, np.concatenate([wanted / root, zeros]))[0]
    return solution


@refuses_overflow
def sample_curve(n_samples: int, noise: float, *, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return places and noisy heights of the wave.

    Parameters
    ----------
    n_samples : int
        At least 2, at even places from −1 to 1.
    noise : float
        Standard deviation of the Gaussian noise, at least 0.
    rng : numpy.random.Generator
        Draws the noise.

    Returns
    -------
    x, y : ndarray, shape (n_samples,)

    Raises
    ------
    ValueError
        If a number is out of range or rng is not a generator.

    Examples
    --------
    >>> sample_curve(3, 0, rng=np.random.default_rng(0))[0]
    array([-1.,  0.,  1.])
    """
    x = np.linspace(-1, 1, whole_number(n_samples, "n_samples", at_least=2))
    deviation = nonnegative_number(noise, "noise")
    return x, wave(x) + deviation * random_generator(rng).standard_normal(len(x))


@refuses_overflow
def curve_errors(fit: CurveFit, noise: float, *, n_draws: int = 40) -> CurveErrors:
    """Return the median errors of a fit over draws of the noise.

    Parameters
    ----------
    fit : CurveFit
    noise : float
        Standard deviation, at least 0.
    n_draws : int, default 40
        Draws with the seeds 0, 1, …; at least 1.

    Returns
    -------
    CurveErrors

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> errors = curve_errors(CurveFit(), 0.3)
    >>> bool(errors.train < 0.3 < 3 * errors.test)
    True
    """
    an_instance(fit, "fit", CurveFit)
    seeds = range(whole_number(n_draws, "n_draws"))
    require_room(len(seeds) * fit.n_samples, "n_draws and fit")
    draws = [sample_curve(fit.n_samples, noise, rng=np.random.default_rng(k)) for k in seeds]
    x, y = draws[0][0], np.stack([heights for _, heights in draws], axis=1)
    features = legendre(x, fit.degree)
    w = _solve(features, y, _added(fit.penalty, fit.keep_rate, features))
    train = np.sqrt(np.mean((features @ w - y) ** 2, axis=0))
    places = np.linspace(-1, 1, 201)
    distance = legendre(places, fit.degree) @ w - wave(places)[:, None]
    test = np.sqrt(np.mean(distance**2, axis=0))
    return CurveErrors(float(np.median(train)), float(np.median(test)))


def fitted_weights(fit: CurveFit, x: npt.ArrayLike, y: npt.ArrayLike) -> Array:
    """Return the weights of one fit to one draw."""
    features = legendre(x, an_instance(fit, "fit", CurveFit).degree)
    heights = finite_array(y, "y", (len(features),))
    return fit_weights(features, heights, penalty=fit.penalty, keep_rate=fit.keep_rate)


REMEDIES: dict[str, tuple[CurveFit, ...]] = {
    "capacity": tuple(CurveFit(degree=d) for d in (15, 13, 11, 9, 7, 5, 3, 2, 1)),
    "data": tuple(CurveFit(n_samples=n) for n in (20, 25, 30, 40, 60, 100, 160, 250, 400)),
    "penalty": tuple(CurveFit(penalty=a) for a in (0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 1)),
    "dropout": tuple(
        CurveFit(keep_rate=q) for q in (1, 0.9999, 0.999, 0.99, 0.97, 0.93, 0.85, 0.7, 0.4)
    ),
}
"""Each remedy from not at all to far too much, alone; nine strengths."""


def remedy_errors(remedy: str, noise: float) -> tuple[CurveErrors, ...]:
    """Return the median errors of a remedy's nine strengths; kept, since they are asked often."""
    known_name(remedy, "remedy", REMEDIES)
    return _remedy_errors(remedy, nonnegative_number(noise, "noise"))


@functools.cache
def _remedy_errors(remedy: str, noise: float) -> tuple[CurveErrors, ...]:
    return tuple(curve_errors(fit, noise) for fit in REMEDIES[remedy])
