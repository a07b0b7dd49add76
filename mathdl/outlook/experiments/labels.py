"""Labels that say nothing, and a network that learns them all the same."""

from typing import NamedTuple

import numpy as np

from explorable.checks import IntegerArray, checked, number, whole
from mathdl.datasets import load_digits
from mathdl.equations import source
from mathdl.forward import initialize
from mathdl.gradient_descent import accuracy, adam, train

BATCH = 50
"""Digits a step when shuffled labels are learned."""


def shuffle_labels(
    labels: IntegerArray, share: float, *, rng: np.random.Generator
) -> IntegerArray:
    """Permute a share of some labels among themselves."""
    fresh = labels.copy()
    chosen = rng.permutation(len(fresh))[: round(share * len(fresh))]
    fresh[chosen] = fresh[rng.permutation(chosen)]
    return fresh


class LabelTrial(NamedTuple):
    """How a network learns labels of which a share was shuffled.

    Attributes
    ----------
    train : float
        Share of the given labels that the network reproduces at the end.
    test : float
        Share of the test digits that it reads rightly at the end.
    """

    train: float
    test: float


@source("zhang2017understanding, Section 2.")
@checked(
    n_samples=whole(10),
    seed=whole(0, 10**9),
    share=number("[0, 1]"),
    n_epochs=whole(),
    refuses="there are not so many digits",
)
def learn_shuffled(
    share: float, *, seed: int, n_samples: int = 400, n_epochs: int = 120
) -> LabelTrial:
    """Train a network of 256 hidden units on digits of which a share carries shuffled labels.

    Parameters
    ----------
    share
        Which part of the labels is permuted.
    seed
        Of everything random.
    n_samples
        Training digits, at most all.
    n_epochs
        How often each is seen.

    Returns
    -------
    LabelTrial
        The final training and test accuracy.

    Examples
    --------
    >>> trial = learn_shuffled(0.0, seed=0, n_samples=200, n_epochs=60)
    >>> trial.train == 1 and trial.test > 0.8
    True
    """
    digits = load_digits()
    if n_samples > len(digits.x_train):
        raise ValueError(f"n_samples must be at most {len(digits.x_train)}, but is {n_samples}.")
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(digits.x_train))[:n_samples]
    x, labels = digits.x_train[chosen], shuffle_labels(digits.y_train[chosen], share, rng=rng)
    history = train(
        initialize((64, 256, 10), rng=rng),
        x,
        labels,
        loss="cross_entropy",
        optimizer=adam(5e-3),
        n_epochs=n_epochs,
        batch_size=BATCH,
        rng=rng,
    )
    return LabelTrial(
        accuracy(history.layers, x, labels), accuracy(history.layers, digits.x_test, digits.y_test)
    )
