"""A digit that slides, and the affine map of each of the network's pieces that it meets."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explorable.checks import Array
from mathdl.concepts import softmax
from mathdl.forward import Layer, forward
from mathdl.forward.regions import activation_pattern, local_affine
from mathdl.gradient_descent.experiments import train_digits

N_EPOCHS = 12
"""Rounds through the training digits, as in the chapter."""


@functools.cache
def chapters_reader() -> tuple[Layer, ...]:
    """Train the chapter's network that reads digits; once."""
    return tuple(train_digits(np.random.default_rng(0), n_epochs=N_EPOCHS).layers)


def slide(image: Array, distance: float) -> Array:
    """Slide a digit (64,) to the right by so many pixels, or, if negative, to the left.

    Between pixels the ink is interpolated linearly; what leaves is lost.
    """
    places, came_from = np.arange(-1, 9), np.arange(8) - distance
    rows = np.pad(image.reshape(8, 8), ((0, 0), (1, 1)))
    return np.array([np.interp(came_from, places, row) for row in rows]).ravel()


@dataclass(frozen=True)
class Slide:
    """What a network makes of a digit on its way, one row for each of n places."""

    images: Array  # (n, 64)
    probabilities: Array  # (n, 10): the network's answers
    rivals: npt.NDArray[np.intp]  # (n,): the strongest class beside the right one
    votes: Array  # (n, 64): weights of the local map, right class minus rival, times ink
    offsets: Array  # (n,): the same difference of the local map's offsets
    # (n,): logit of the right class minus that of the rival: votes and offset together
    leads: Array
    # (n, n): in row i, the lead over the rival of place i that its local map gives everywhere
    foretold: Array
    patterns: npt.NDArray[np.bool_]  # (n, n_hidden): which hidden neurons are open


def follow_slide(layers: Sequence[Layer], image: Array, truth: int, distances: Array) -> Slide:
    """Let a network of ten logits read a digit at several distances, and take its local maps."""
    images = np.array([slide(image, distance) for distance in distances])
    logits = forward(layers, images).output
    others = np.where(np.arange(logits.shape[1]) == truth, -np.inf, logits)
    rivals, rows = others.argmax(axis=1), np.arange(len(images))
    maps, shifts = local_affine(layers, images)
    weights = maps[:, truth] - maps[rows, rivals]
    offsets = shifts[:, truth] - shifts[rows, rivals]
    return Slide(
        images=images,
        probabilities=softmax(logits),
        rivals=rivals,
        votes=weights * images,
        offsets=offsets,
        leads=logits[:, truth] - logits[rows, rivals],
        foretold=weights @ images.T + offsets[:, None],
        patterns=activation_pattern(layers, images),
    )
