"""Random numbers that are the same in Python and in the page, to the last bit: PCG32.

Only sums, products, quotients and square roots are taken, which are rounded alike everywhere;
``browser/pcg32.js`` does the same. O'Neill, PCG: A family of simple fast space-efficient
statistically good algorithms for random number generation, 2014.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

_CENTRE = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02,
           1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00)  # fmt: skip
_BELOW_CENTRE = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02,
                 6.680131188771972e01, -1.328068155288572e01, 1.0)  # fmt: skip
_TAIL = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
         -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00)  # fmt: skip
_BELOW_TAIL = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00,
               3.754408661907416e00, 1.0)  # fmt: skip


class PCG32:
    """The generator PCG-XSH-RR with 64 bits of state, which draws 32 bits at a time.

    Parameters
    ----------
    seed : int
        Where in the stream to begin.
    stream : int
        Which of 2⁶³ streams.

    Examples
    --------
    >>> rng = PCG32(42)
    >>> hex(rng.bits()), hex(rng.bits())
    ('0xa15c02b7', '0x7b47f409')
    """

    def __init__(self, seed: int, stream: int = 54) -> None:
        self._state, self._step = 0, 2 * stream + 1
        self.bits()
        self._state += seed
        self.bits()

    def bits(self) -> int:
        """Return the next whole number below 2³²."""
        old = self._state
        self._state = (old * 6364136223846793005 + self._step) % 2**64
        mixed, turn = ((old >> 18 ^ old) >> 27) % 2**32, old >> 59
        return (mixed >> turn | mixed << (-turn % 32)) % 2**32

    def below(self, n: int) -> int:
        """Return a whole number below n, which is at most 2³²; each is as probable.

        Draws below 2³² mod n are thrown away, the others taken mod n.
        """
        while (drawn := self.bits()) < 2**32 % n:
            pass
        return drawn % n

    def _unit(self) -> float:
        high, low = self.bits() >> 5, self.bits() >> 6
        return (high * 2.0**26 + low) / 2.0**53

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = ()) -> np.ndarray:
        """Return numbers of ``low + (high - low) u``, u = k/2⁵³ of 27 and 26 bits."""
        return low + (high - low) * self._drawn(self._unit, size)

    def random(self, size: Any = ()) -> np.ndarray:
        """Return numbers of at least 0 and below 1, as `uniform` draws them."""
        return self._drawn(self._unit, size)

    def standard_normal(self, size: Any = ()) -> np.ndarray:
        """Return numbers of the quantile function of N(0, 1) at (k + ½)/2⁵³, after Acklam (2003).

        It is right to 1.2·10⁻⁹, relatively.
        """
        return self._drawn(lambda: _quantile(self._unit() + 2.0**-54), size)

    def _drawn(self, draw: Callable[[], float], size: Any) -> np.ndarray:
        return np.reshape([draw() for _ in range(math.prod(np.atleast_1d(size)))], size)

    def permutation(self, n: int) -> np.ndarray:
        """Return the whole numbers below n in random order, by Fisher and Yates from the end."""
        order = list(range(n))
        for last in range(n - 1, 0, -1):
            at = self.below(last + 1)
            order[last], order[at] = order[at], order[last]
        return np.array(order)

    def choice(self, n: int, size: int, *, replace: bool = True) -> np.ndarray:
        """Return whole numbers below n, or the first of a permutation of them.

        Parameters
        ----------
        n, size : int
        replace : bool
            Whether a number can come twice.
        """
        if not replace:
            return self.permutation(n)[:size]
        return np.array([self.below(n) for _ in range(size)])


def _quantile(p: float) -> float:
    if p > 0.5:
        return -_quantile(1 - p)
    if p < 0.02425:
        q = math.sqrt(-2 * _log(p))
        return _polynomial(_TAIL, q) / _polynomial(_BELOW_TAIL, q)
    q = p - 0.5
    return _polynomial(_CENTRE, q * q) * q / _polynomial(_BELOW_CENTRE, q * q)


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


def _log(x: float) -> float:
    """Return ln x for x < 1: halvings of 1, and 2 artanh of what is left."""
    halvings = 0
    while x < 0.5:
        x, halvings = 2 * x, halvings + 1
    s = (x - 1) / (x + 1)
    series = 0.0
    for k in range(27, 0, -2):
        series = series * (s * s) + 1 / k
    return 2 * s * series - halvings * 0.6931471805599453
