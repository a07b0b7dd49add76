"""Drawing arguments for examples: any size, scale and sign, with ties, zeros and extremes.

All are short to type, and come out the same when they are.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from explorable.tutor.comparing import Numbers
from explorable.tutor.task import Seed


def size(rng: np.random.Generator, most: int = 4) -> int:
    """Draw a length."""
    return int(rng.integers(1, most + 1))


def either(rng: np.random.Generator) -> bool:
    """Draw True or False."""
    return bool(rng.integers(2))


def sizes(rng: np.random.Generator) -> list[int]:
    """Draw the sizes of the layers of a network, the inputs' first."""
    return [size(rng) for _ in range(1 + size(rng))]


def seed(rng: np.random.Generator) -> Seed:
    """Draw a seed of generators."""
    return Seed(int(rng.integers(10**6)), 300)


def rounded(values: Any) -> Numbers:
    """Keep three digits of each number."""
    array = np.asarray(values, dtype=float)
    return np.array([float(f"{value:.3g}") for value in array.flat]).reshape(array.shape)


def number(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number of three digits between two; where both are positive, from any power of 2."""
    if low > 0:
        return float(rounded(low * (high / low) ** rng.random()))
    return float(rounded(rng.uniform(low, high)))


def numbers(rng: np.random.Generator, *shape: int, largest: float = 1e3) -> Numbers:
    """Draw numbers: often of a few values with many ties and zeros, often of any size."""
    kind = rng.integers(6)
    if kind == 0:
        return rng.integers(-2, 3, size=shape) / 2
    if kind == 1:
        return quarters(rng, *shape)
    if kind == 2:
        return rounded(rng.choice([-1, 1]) * rng.uniform(0.5, 2, size=shape))
    scale = 1.0 if kind == 3 else largest ** rng.uniform(-1, 1)
    return rounded(min(scale, largest / 2) * rng.normal(size=shape))


small = partial(numbers, largest=3.0)
"""Draw numbers with which a few layers or powers of e stay small."""


def quarters(rng: np.random.Generator, *shape: int) -> Numbers:
    """Draw multiples of ¼, with which sums and products are exact, whatever their order."""
    return rng.integers(-8, 9, size=shape) / 4


def nonzero(rng: np.random.Generator, *shape: int) -> Numbers:
    """Draw multiples of ¼, of which none is 0."""
    values = quarters(rng, *shape)
    return np.where(values, values, 3.0)


def places(rng: np.random.Generator, points: Any, *shape: int) -> Numbers:
    """Draw places around some points, the points themselves among them."""
    low, high = np.min(points), np.max(points)
    drawn = rng.uniform(low - (high - low) / 2, high + (high - low) / 2, size=shape).round(2)
    return np.where(rng.random(shape) < 0.3, rng.choice(points, size=shape), drawn)


def shape(rng: np.random.Generator) -> tuple[int, ...]:
    """Draw the shape of a vector or of a matrix."""
    return tuple(size(rng) for _ in range(size(rng, 2)))


def alike(rng: np.random.Generator, n: int, largest: float = 1e3) -> tuple[Numbers, ...]:
    """Draw n arrays of one shape."""
    common = shape(rng)
    return tuple(numbers(rng, *common, largest=largest) for _ in range(n))


def arrays(
    *shapes: str, largest: float = 1e3
) -> Callable[[np.random.Generator], tuple[Numbers, ...]]:
    """Return what draws arrays: `shapes` has a letter for each axis, the same for one length."""

    def drawn(rng: np.random.Generator) -> tuple[Numbers, ...]:
        lengths = {letter: size(rng) for letter in dict.fromkeys("".join(shapes))}
        return tuple(
            numbers(rng, *(lengths[letter] for letter in axes), largest=largest) for axes in shapes
        )

    return drawn
