"""Labels that say nothing, and a network that learns them all the same."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    IntegerArray,
    as_array,
    class_labels,
    number_between,
    positive_number,
    random_generator,
    whole_number,
)
from mathdl.datasets import load_digits
from mathdl.forward import forward_unchecked, initialize
from mathdl.gradient_descent import adam, train

BATCH = 50
"""Digits a step when shuffled labels are learned."""


def shuffle_labels(
    labels: npt.ArrayLike, share: float, *, rng: np.random.Generator
) -> IntegerArray:
    """Permute a share of some labels among themselves.

    Parameters
    ----------
    labels : array_like of int, shape (n_samples,)
        Class labels.
    share : float
        Which part of the labels takes part, in [0, 1].
    rng : numpy.random.Generator
        Chooses and permutes them.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        As many labels of each class as before.

    Raises
    ------
    ValueError
        If a label is not an integer of at least 0, or the share is out of range.

    Examples
    --------
    >>> sorted(shuffle_labels([0, 0, 1, 2], 1.0, rng=np.random.default_rng(0)).tolist())
    [0, 0, 1, 2]
    """
    given = as_array(labels, "labels")
    limit = int(given.max()) + 1 if given.dtype.kind in "iu" and given.size else 1
    fresh = class_labels(given, "labels", given.size, max(limit, 1)).copy()
    part = number_between(share, "share", 0, 1)
    chosen = random_generator(rng).permutation(len(fresh))[: round(part * len(fresh))]
    fresh[chosen] = fresh[rng.permutation(chosen)]
    return fresh


class LabelTrial(NamedTuple):
    """How a network learns labels of which a share was shuffled.

    Attributes
    ----------
    train : ndarray, shape (n_epochs,)
        Share of the given labels that the network reproduces after each epoch.
    test : float
        Share of the test digits that it reads rightly at the end.
    """

    train: Array
    test: float


def learn_shuffled(
    share: float, *, seed: int, n_samples: int = 400, n_epochs: int = 120, rate: float = 5e-3
) -> LabelTrial:
    """Train a network of 256 hidden units on digits of which a share carries shuffled labels.

    Parameters
    ----------
    share : float
        Which part of the labels is permuted, in [0, 1].
    seed : int
        Of everything random.
    n_samples : int, default 400
        Training digits, at least 10 and at most all.
    n_epochs : int, default 120
        How often each is seen.
    rate : float, default 0.005
        Learning rate of Adam, greater than 0.

    Returns
    -------
    LabelTrial
        Training accuracy by epoch, and the final test accuracy.

    Raises
    ------
    ValueError
        If a setting is out of range.

    References
    ----------
    zhang2017understanding, Section 2.

    Examples
    --------
    >>> trial = learn_shuffled(0.0, seed=0, n_samples=200, n_epochs=60)
    >>> bool(trial.train[-1] == 1 and trial.test > 0.8)
    True
    """
    digits = load_digits()
    n = whole_number(n_samples, "n_samples", 10)
    if n > len(digits.x_train):
        raise ValueError(f"n_samples must be at most {len(digits.x_train)}, but is {n}.")
    rng = np.random.default_rng(whole_number(seed, "seed", 0))
    chosen = rng.permutation(len(digits.x_train))[:n]
    optimizer = adam(positive_number(rate, "rate"))
    x, labels = digits.x_train[chosen], shuffle_labels(digits.y_train[chosen], share, rng=rng)
    history = train(
        initialize((64, 256, 10), rng=rng),
        x,
        labels,
        loss="cross_entropy",
        optimizer=optimizer,
        n_epochs=n_epochs,
        batch_size=BATCH,
        rng=rng,
        validation=(x, labels),
    )
    with np.errstate(all="ignore"):  # a network that has diverged gives all digits one name
        answers = forward_unchecked(history.layers, digits.x_test).output.argmax(axis=1)
    return LabelTrial(
        np.asarray(history.validation_accuracies), float((answers == digits.y_test).mean())
    )
