"""Classify by the nearest training samples: the model that has nothing to train."""

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    class_labels,
    finite_array,
    refuses_overflow,
    whole_number,
)


def k_nearest_neighbours(
    x_train: npt.ArrayLike, y_train: npt.ArrayLike, x: npt.ArrayLike, *, k: int, n_classes: int
) -> IntegerArray:
    """Return for each sample the class that most of its k nearest training samples have.

    Parameters
    ----------
    x_train : array_like, shape (n_train, n_in)
        Training samples.
    y_train : array_like of int, shape (n_train,)
        Their classes.
    x : array_like, shape (n_samples, n_in)
        What to classify.
    k : int
        How many neighbours vote, from 1 to n_train.
    n_classes : int
        Classes run from 0 to n_classes − 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        Classes; of classes with equally many votes the one whose nearest member is nearest, and
        of neighbours equally far away the one that stands first in x_train.

    Raises
    ------
    ValueError
        If shapes do not fit, something is empty or not finite, or k is out of range.

    References
    ----------
    cover1967nearest.

    Examples
    --------
    >>> k_nearest_neighbours([[0.0], [1.0], [5.0]], [0, 0, 1], [[0.4], [4.0]], k=1, n_classes=2)
    array([0, 1])
    """
    known = finite_array(x_train, "x_train", ("n_train", "n_in"))
    classes = class_labels(y_train, "y_train", len(known), whole_number(n_classes, "n_classes"))
    if whole_number(k, "k") > len(known):
        raise ValueError(f"k must be at most the {len(known)} training samples, but is {k}.")
    nearest = np.argsort(_squared_distances(x, known), axis=1, kind="stable")[:, :k]
    names, numbers = np.unique(classes, return_inverse=True)
    return names[_vote(numbers[nearest], len(names))]


@refuses_overflow
def _squared_distances(x: npt.ArrayLike, x_train: Array) -> Array:
    """Return ‖x − t‖² up to ‖x‖², which is the same for all t; rounded, so that ties are ties."""
    rows = finite_array(x, "x", ("n_samples", x_train.shape[1]))
    centre = np.rint(x_train.mean(axis=0))  # far from the origin, squares would lose the distance
    kept = x_train - centre
    squares = (kept**2).sum(axis=1)
    distances: Array = squares - 2 * (rows - centre) @ kept.T
    unit = min(1.0, np.exp2(np.frexp(np.abs(distances).max())[1]))
    rounded: Array = np.round(distances / unit, 9)
    return rounded


def _vote(ballots: IntegerArray, n_classes: int) -> IntegerArray:
    """Return the class with the most votes; of several the one that the nearest of them names."""
    votes = np.zeros((len(ballots), n_classes), dtype=np.int64)
    voter = np.arange(len(ballots))
    for ballot in ballots.T:
        votes[voter, ballot] += 1
    most = votes == votes.max(axis=1, keepdims=True)
    nearest = np.take_along_axis(most, ballots, axis=1).argmax(axis=1)
    winners: IntegerArray = ballots[voter, nearest]
    return winners
