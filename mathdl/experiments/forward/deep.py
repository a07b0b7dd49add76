"""Does a deep network learn? Trainings that differ in how their weights were drawn."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from mathdl.backward import loss_and_gradients
from mathdl.checks import WORKERS, Array, ArrayLike, array, checked, several, whole
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward, parameter_vector
from mathdl.gradient_descent import layers_from, mini_batches, momentum

WIDTH = 64
"""Inputs, and neurons of each hidden layer."""

N_DIGITS = 1000
"""Digits to learn from: few, for there are many trainings."""


@checked(
    gains=array("n_gains", within="(0, 1e6]"),
    rates=array("n_rates", within="(0, inf)"),
    seeds=several(whole(0), at_least=1),
    n_hidden=whole(),
    n_epochs=whole(),
    n_jobs=WORKERS,
    diverges=True,
)
def deep_accuracies(
    n_hidden: int,
    gains: ArrayLike,
    rates: ArrayLike,
    seeds: Sequence[int],
    *,
    n_epochs: int = 8,
    n_jobs: int = -1,
) -> Array:
    """Return how many digits networks read that begin with weights of different gains.

    Parameters
    ----------
    n_hidden
        Hidden layers of 64 ReLU neurons each.
    gains
        Variance of a hidden weight times 64.
    rates
        The learning rates of descent with momentum 0.9.
    seeds
        One training a gain, rate and seed; trainings of one seed share weights up to scale, and
        the order of digits.
    n_epochs
        How often each of the 1,000 digits is seen, in batches of 32.
    n_jobs
        Over how many workers joblib spreads the trainings; -1 means all cores, or the cluster
        that ``joblib.parallel_config`` names.

    Returns
    -------
    ndarray, shape (n_gains, n_rates, n_seeds)
        Share of the test digits that are read right; NaN where the training overflowed.

    Notes
    -----
    In single precision. The weights of the output layer have variance 1/64, whatever the gain.

    Examples
    --------
    >>> bool(deep_accuracies(1, [2.0], [0.01], [0], n_epochs=2, n_jobs=1) > 0.7)
    True
    >>> deep_accuracies(30, [4.0], [0.01], [0], n_epochs=1, n_jobs=1)
    array([[[nan]]])
    """
    # Not above: importing joblib takes longer than all the rest of this chapter's kernels.
    from joblib import Parallel, delayed

    found = Parallel(n_jobs=n_jobs)(
        delayed(_accuracy)(n_hidden, float(gain), float(rate), seed, n_epochs)
        for gain in gains
        for rate in rates
        for seed in seeds
    )
    return np.reshape(np.array(found, dtype=np.float64), (len(gains), len(rates), len(seeds)))


def _accuracy(n_hidden: int, gain: float, rate: float, seed: int, n_epochs: int) -> float:
    digits, rng = load_digits(), np.random.default_rng(seed)
    x, target = digits.x_train[:N_DIGITS].astype(np.float32), digits.y_train[:N_DIGITS]
    layers = [_layer(WIDTH, gain, "relu", rng) for _ in range(n_hidden)]
    layers.append(_layer(10, 1.0, "identity", rng))
    with np.errstate(all="ignore"):
        trained = _trained(layers, x, target, rate, n_epochs, rng)
        logits = forward.plain(trained, digits.x_test.astype(np.float32)).output
    if not np.isfinite(logits).all():
        return math.nan
    return float(np.mean(logits.argmax(axis=1) == digits.y_test))


def _trained(
    layers: list[Layer],
    x: Array,
    target: Any,
    rate: float,
    n_epochs: int,
    rng: np.random.Generator,
) -> list[Layer]:
    """Train as `mathdl.gradient_descent.train` does, but stop when all is lost."""
    optimizer, parameters = momentum(rate), parameter_vector(layers)
    state = optimizer.init(parameters)
    for _ in range(n_epochs):
        for batch in mini_batches.plain(x, target, 32, rng=rng):
            here = layers_from(layers, parameters)
            loss, gradients = loss_and_gradients.plain(here, *batch, "cross_entropy")
            parameters, state = optimizer.move(parameters, parameter_vector(gradients), state)
            if not np.isfinite(loss):
                return layers_from(layers, np.full_like(parameters, np.nan))
    return layers_from(layers, parameters)


def _layer(n_out: int, gain: float, activation: str, rng: np.random.Generator) -> Layer:
    weights = math.sqrt(gain / WIDTH) * rng.standard_normal((n_out, WIDTH))
    return Layer(weights.astype(np.float32), np.zeros(n_out, np.float32), activation)
