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
    """Slide a digit to the right by so many pixels.

    Parameters
    ----------
    image : ndarray (64,)
        Ink, row by row.
    distance : float
        Negative to the left. Between pixels the ink is interpolated linearly; what leaves is
        lost.

    Returns
    -------
    ndarray (64,)
    """
    places, came_from = np.arange(-1, 9), np.arange(8) - distance
    rows = np.pad(image.reshape(8, 8), ((0, 0), (1, 1)))
    return np.array([np.interp(came_from, places, row) for row in rows]).ravel()


@dataclass(frozen=True)
class Slide:
    """What a network makes of a digit on its way, one row per place.

    Attributes
    ----------
    images : ndarray (n, 64)
        The digit at each place.
    probabilities : ndarray (n, 10)
        The network's answers.
    rivals : ndarray of int (n,)
        The strongest class beside the right one.
    votes : ndarray (n, 64)
        Weights of the local map, right class minus rival, times ink.
    offsets : ndarray (n,)
        The same difference of the local map's offsets.
    leads : ndarray (n,)
        Logit of the right class minus that of the rival: the votes and the offset together.
    foretold : ndarray (n, n)
        In row i, the lead over the rival of place i that its local map gives at every place.
    patterns : ndarray of bool (n, n_hidden)
        Which hidden neurons are open.
    """

    images: Array
    probabilities: Array
    rivals: npt.NDArray[np.intp]
    votes: Array
    offsets: Array
    leads: Array
    foretold: Array
    patterns: npt.NDArray[np.bool_]


def follow_slide(layers: Sequence[Layer], image: Array, truth: int, distances: Array) -> Slide:
    """Let a network read a digit at several places, and take its local map at each.

    Parameters
    ----------
    layers : sequence of Layer
        Reads 64 pixels, answers with ten logits.
    image : ndarray (64,)
    truth : int
        The right class.
    distances : ndarray (n,)
        The places, in pixels to the right.
    """
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
