"""Classify by the nearest training samples: the model that has nothing to train."""

import numpy as np

from explorable.checks import ArrayLike, IntegerArray, array, checked, labels, whole
from mathdl.background import nearest_rows
from mathdl.equations import source


@source("cover1967nearest.")
@checked(
    x_train=array("n_train", "n_in"),
    n_classes=whole(),
    y_train=labels("n_train", "n_classes"),
    k=whole(),
    x=array("n_samples", "n_in"),
    refuses="k exceeds the number of training samples",
)
def k_nearest_neighbours(
    x_train: ArrayLike, y_train: ArrayLike, x: ArrayLike, *, k: int, n_classes: int
) -> IntegerArray:
    """Return for each sample the class that most of its k nearest training samples have.

    Parameters
    ----------
    x_train
        Training samples.
    y_train
        Their classes.
    x
        What to classify.
    k
        How many neighbours vote, at most n_train.
    n_classes
        Classes run from 0 to n_classes − 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        Classes; of classes with equally many votes the one whose nearest member is nearest, and
        of neighbours equally far away the one that stands first in x_train.

    Examples
    --------
    >>> k_nearest_neighbours([[0.0], [1.0], [5.0]], [0, 0, 1], [[0.4], [4.0]], k=1, n_classes=2)
    array([0, 1])
    """
    names, numbers = np.unique(y_train, return_inverse=True)
    return names[_vote(numbers[nearest_rows.plain(x_train, x, k)], len(names))]


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
