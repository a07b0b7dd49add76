"""Overfitting that can be seen: polynomials through noisy samples of a curve."""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
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
from mathdl.faq import fit_weights, legendre


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
    w = fit_weights(features, y, penalty=fit.penalty, keep_rate=fit.keep_rate)
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
