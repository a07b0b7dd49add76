"""A descent beyond the border 2/L, on the smallest loss whose curvature changes on the way."""

import functools
from typing import NamedTuple

import numpy as np

from explorable.checks import Array, ArrayLike, array, checked, number, whole
from mathdl.equations import source
from mathdl.gradient_descent import descend, gradient_descent

__all__ = [
    "ProductDescent",
    "product_curvature",
    "product_descent",
    "product_gradient",
    "product_loss",
]

START = (2.5, 0.3)
"""Where the descents begin: out of balance, so that the valley there is narrow."""

N_STEPS = 400
"""How many steps they have: enough for the jumps of four weights to end."""

GONE = 1e6
"""A loss from which a descent is not followed further."""


@checked(points=array(..., 2), power=whole(1, 4), diverges=True)
def product_loss(points: ArrayLike, *, power: int = 1) -> Array:
    """Return the loss ½ (uᵐvᵐ − 1)²: that of a chain of 2m weights that is to give 1 for 1.

    Parameters
    ----------
    points
        Pairs (u, v). Every other weight is u, the others are v.
    power
        m.

    Returns
    -------
    ndarray, shape (...)

    Examples
    --------
    >>> product_loss([[2.0, 0.5], [2.0, 1.0]]).tolist()
    [0.0, 0.5]
    """
    missing: Array = points.prod(axis=-1) ** power - 1
    return missing**2 / 2


@checked(points=array(..., 2), power=whole(1, 4), diverges=True)
def product_gradient(points: ArrayLike, *, power: int = 1) -> Array:
    """Return the gradient of `product_loss`.

    Parameters
    ----------
    points
    power

    Returns
    -------
    ndarray, shape (..., 2)

    Examples
    --------
    >>> product_gradient([2.0, 1.0]).tolist()
    [1.0, 2.0]
    """
    product = points.prod(axis=-1, keepdims=True)
    slope = power * product ** (power - 1) * (product**power - 1)
    return slope * points[..., ::-1]


@checked(points=array(..., 2), power=whole(1, 4), diverges=True)
def product_curvature(points: ArrayLike, *, power: int = 1) -> Array:
    """Return the largest eigenvalue of the Hessian of `product_loss`.

    Parameters
    ----------
    points
    power

    Returns
    -------
    ndarray, shape (...)
        At a minimum it is m² (u² + v²).

    Examples
    --------
    >>> product_curvature([2.0, 0.5]).item()
    4.25
    """
    u, v = points[..., 0], points[..., 1]
    product = u * v
    first = power * product ** (power - 1) * (product**power - 1)
    second = power**2 * product ** (2 * power - 2)
    if power > 1:
        second = second + power * (power - 1) * product ** (power - 2) * (product**power - 1)
    above, below, beside = second * v**2, second * u**2, second * product + first
    return (above + below) / 2 + np.hypot((above - below) / 2, beside)


class ProductDescent(NamedTuple):
    """A descent on `product_loss` from `START`.

    Attributes
    ----------
    path : ndarray, shape (N_STEPS + 1, 2)
        The points; NaN after the first at which the loss passes `GONE`.
    losses, curvatures : ndarray, shape (n,)
        What they are there.
    n_steps : int
        How many steps there are before that, or in all.
    n_rises, last_rise : int
        How many of the steps raise the loss, and which does so last; 0, if none does.
    kind : str
        ``"diverges"``; ``"falls"``, if no step raises the loss; ``"edge"``, if a tenth of the
        steps do; else ``"jumps"``.
    """

    path: Array
    losses: Array
    curvatures: Array
    n_steps: int
    n_rises: int
    last_rise: int
    kind: str


@source(
    "lewkowycz2020large, for jumps to a flatter minimum; zhu2023understanding, for the edge on a "
    "product of four weights."
)
@checked(rate=number("(0, inf)"), power=whole(1, 4), diverges=True)
def product_descent(rate: float, *, power: int = 1) -> ProductDescent:
    """Descend on `product_loss` with a constant rate, for `N_STEPS` steps.

    Parameters
    ----------
    rate
    power

    Returns
    -------
    ProductDescent

    Examples
    --------
    >>> [product_descent(rate).kind for rate in (0.2, 0.4, 0.8)]
    ['falls', 'jumps', 'diverges']
    >>> product_descent(0.1, power=2).kind
    'edge'
    """
    gradient = functools.partial(product_gradient.plain, power=power)
    path = descend(gradient, START, gradient_descent(rate), N_STEPS)
    with np.errstate(all="ignore"):
        losses = product_loss.plain(path, power=power)
    lost = ~(losses < GONE)
    after = lost.cumsum() > lost
    path, losses = np.where(after[:, None], np.nan, path), np.where(after, np.nan, losses)
    rises = losses[1:] > losses[:-1] + 1e-12
    n_steps, n_rises = N_STEPS - after.sum(), rises.sum()
    last_rise = (np.arange(1, N_STEPS + 1) * rises).max()
    kinds = {"diverges": lost.any(), "edge": n_rises >= N_STEPS / 10, "jumps": n_rises > 0}
    kind = next((kind for kind, true in kinds.items() if true), "falls")
    with np.errstate(over="ignore", invalid="ignore"):  # the last point may lie far out
        curvatures = product_curvature.plain(path, power=power)
    return ProductDescent(path, losses, curvatures, n_steps, n_rises, last_rise, kind)
