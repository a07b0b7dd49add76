"""The nearest training samples: the model that has nothing to train."""

import numpy as np

from explorable.checks import Array, ArrayLike, IntegerArray, array, checked, require_room, whole

__all__ = ["nearest_rows"]

_BLOCK = 10**7
"""How many distances stand in memory at once."""


@checked(
    x_train=array("n_train", "n_in"),
    x=array("n_samples", "n_in"),
    k=whole(),
    refuses="k exceeds the number of training samples",
)
def nearest_rows(x_train: ArrayLike, x: ArrayLike, k: int = 1) -> IntegerArray:
    """Find for each sample the k nearest training samples.

    Parameters
    ----------
    x_train
        The samples among which to look.
    x
        The samples whose neighbours are wanted.
    k
        How many, at most n_train.

    Returns
    -------
    ndarray of int, shape (n_samples, k)
        Rows of `x_train`, the nearest first; of rows equally far away the first.

    Notes
    -----
    ‖x − t‖² = ‖x‖² − 2x·t + ‖t‖² costs one matrix product for all pairs, but loses to round-off
    what lies close together. It therefore only says which rows may be among the nearest; these
    few are compared by the differences themselves.

    Examples
    --------
    >>> nearest_rows([[0.0], [1.0], [5.0]], [[0.4], [4.0]], 2)
    array([[0, 1],
           [2, 1]])
    """
    if k > len(x_train):
        raise ValueError(f"k must be at most the {len(x_train)} training samples, but is {k}.")
    require_room(len(x_train) * len(x), "x_train and x")  # distances
    # Divided by a power of two, which changes no digit, no square overflows.
    exponent = int(np.frexp(max(np.abs(x_train).max(), np.abs(x).max()))[1])
    rows, asked = (np.ldexp(samples, -exponent).astype(np.float64) for samples in (x_train, x))
    centre = rows.mean(axis=0)
    found = [
        _nearest(rows, block, k, centre)
        for block in np.array_split(asked, -(-asked.shape[0] * len(rows) // _BLOCK))
    ]
    return np.concatenate(found)


def _nearest(rows: Array, asked: Array, k: int, centre: Array) -> IntegerArray:
    t, x = rows - centre, asked - centre
    squares = (t**2).sum(axis=1)
    rough = squares - 2 * x @ t.T  # ‖x − t‖² up to ‖x‖², which is the same for all t
    size = squares.max() + (x**2).sum(axis=1)
    doubt = 4 * (t.shape[1] + 4) * np.finfo(np.float64).eps * size
    near_enough = rough <= (np.partition(rough, k - 1, axis=1)[:, k - 1] + doubt)[:, np.newaxis]
    nearest = np.empty((len(asked), k), np.int64)
    for number, near in enumerate(near_enough):
        (among,) = near.nonzero()
        distances = ((rows[among] - asked[number]) ** 2).sum(axis=1)
        nearest[number] = among[distances.argsort(kind="stable")[:k]]
    return nearest
