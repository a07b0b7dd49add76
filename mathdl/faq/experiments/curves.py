"""Overfitting that can be seen: polynomials through noisy samples of a curve."""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from explorable.checks import (
    GENERATOR,
    Array,
    ArrayLike,
    array,
    check_fields,
    checked,
    instance,
    number,
    one_of,
    whole,
)
from mathdl.faq import fit_weights, legendre

N_DRAWS = 40
"""Draws of the noise over which errors are taken."""


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

    Examples
    --------
    >>> CurveFit(degree=3, n_samples=10, penalty=0.1, keep_rate=0.5).degree
    3
    """

    degree: int = 15
    n_samples: int = 20
    penalty: float = 0.0
    keep_rate: float = 1.0

    def __post_init__(self) -> None:
        check_fields(self, degree=whole(at_most=30))
        check_fields(
            self,
            n_samples=whole(self.degree + 1),
            penalty=number("[0, inf)"),
            keep_rate=number("(0, 1]"),
        )


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


@checked(x=array())
def wave(x: ArrayLike) -> Array:
    """Return the curve that the samples come from, sin 4x + x/2.

    Parameters
    ----------
    x
        Places.

    Returns
    -------
    ndarray
        In the shape of x.

    Examples
    --------
    >>> wave([0.0, 1.0]).round(3)
    array([ 0.   , -0.257])
    """
    return np.sin(4 * x) + x / 2


@checked(n_samples=whole(2), noise=number("[0, inf)"), rng=GENERATOR)
def sample_curve(n_samples: int, noise: float, *, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return places and noisy heights of the wave.

    Parameters
    ----------
    n_samples
        How many, at even places from −1 to 1.
    noise
        Standard deviation of the Gaussian noise.
    rng
        Draws the noise.

    Returns
    -------
    x, y : ndarray, shape (n_samples,)

    Examples
    --------
    >>> sample_curve(3, 0, rng=np.random.default_rng(0))[0]
    array([-1.,  0.,  1.])
    """
    x = np.linspace(-1, 1, n_samples)
    return x, wave(x) + noise * rng.standard_normal(len(x))


@checked(fit=instance(CurveFit), noise=number("[0, inf)"))
def curve_errors(fit: CurveFit, noise: float) -> CurveErrors:
    """Return the median errors of a fit over draws of the noise, those of the seeds 0 to 39.

    Parameters
    ----------
    fit
        Which polynomial, how penalised.
    noise
        Standard deviation.

    Returns
    -------
    CurveErrors

    Examples
    --------
    >>> errors = curve_errors(CurveFit(), 0.3)
    >>> bool(errors.train < 0.3 < 3 * errors.test)
    True
    """
    draws = [
        sample_curve(fit.n_samples, noise, rng=np.random.default_rng(k)) for k in range(N_DRAWS)
    ]
    x, y = draws[0][0], np.stack([heights for _, heights in draws], axis=1)
    features = legendre(x, fit.degree)
    w = fit_weights(features, y, penalty=fit.penalty, keep_rate=fit.keep_rate)
    train = np.sqrt(np.mean((features @ w - y) ** 2, axis=0))
    places = np.linspace(-1, 1, 201)
    distance = legendre(places, fit.degree) @ w - wave(places)[:, None]
    test = np.sqrt(np.mean(distance**2, axis=0))
    return CurveErrors(float(np.median(train)), float(np.median(test)))


REMEDIES: dict[str, tuple[CurveFit, ...]] = {
    "capacity": tuple(CurveFit(degree=d) for d in (15, 13, 11, 9, 7, 5, 3, 2, 1)),
    "data": tuple(CurveFit(n_samples=n) for n in (20, 25, 30, 40, 60, 100, 160, 250, 400)),
    "penalty": tuple(CurveFit(penalty=a) for a in (0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 1)),
    "dropout": tuple(
        CurveFit(keep_rate=q) for q in (1, 0.9999, 0.999, 0.99, 0.97, 0.93, 0.85, 0.7, 0.4)
    ),
}
"""Each remedy from not at all to far too much, alone; nine strengths."""


@checked(remedy=one_of(REMEDIES), noise=number("[0, inf)"))
@functools.cache
def remedy_errors(remedy: str, noise: float) -> tuple[CurveErrors, ...]:
    """Return the median errors of a remedy's nine strengths; kept, since they are asked often.

    Parameters
    ----------
    remedy
    noise
        Standard deviation.

    Returns
    -------
    tuple of CurveErrors
        From not at all to far too much.

    Examples
    --------
    >>> errors = remedy_errors("capacity", 0.25)  # from degree 15 down to 1
    >>> bool(errors[0].test > errors[4].test < errors[8].test)
    True
    """
    return tuple(curve_errors(fit, noise) for fit in REMEDIES[remedy])
