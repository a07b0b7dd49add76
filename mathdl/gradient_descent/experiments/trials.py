"""Trials of many learning rates on the digits, in parallel."""

from collections.abc import Sequence

import numpy as np

from explorable.checks import WORKERS, Array, ArrayLike, array, checked, several, whole
from mathdl.datasets import load_digits
from mathdl.forward import initialize
from mathdl.gradient_descent import gradient_descent, train
from mathdl.gradient_descent.experiments.digits import DIGITS_SIZES


@checked(
    rates=array("n_rates", within="(0, inf)"),
    n_epochs=whole(),
    n_jobs=WORKERS,
    seeds=several(whole(0, 10**9), at_least=1),
    diverges=True,
)
def digits_errors(
    rates: ArrayLike, seeds: Sequence[int], *, n_epochs: int = 4, n_jobs: int = -1
) -> Array:
    """Return the test error that plain descent with constant rates reaches on the digits.

    Parameters
    ----------
    rates
        The learning rates.
    seeds
        One training a seed and rate.
    n_epochs
        How often each digit is seen, in batches of 32.
    n_jobs
        Over how many workers joblib spreads the trainings; -1 means all cores, or the cluster
        that ``joblib.parallel_config`` names.

    Returns
    -------
    ndarray, shape (n_rates, n_seeds)
        Wrong answers in per cent. A training that diverges answers at random, or always alike.

    Examples
    --------
    >>> errors = digits_errors([0.1, 100.0], [0], n_epochs=2, n_jobs=1)
    >>> errors[0, 0] < 15 < 80 < errors[1, 0]
    np.True_
    """
    # Not above: importing joblib takes longer than all the rest of this chapter's kernels.
    from joblib import Parallel, delayed

    found = Parallel(n_jobs=n_jobs)(
        delayed(_digits_error)(float(rate), seed, n_epochs) for rate in rates for seed in seeds
    )
    return np.reshape(np.array(found, dtype=np.float64), (len(rates), len(seeds)))


def _digits_error(rate: float, seed: int, n_epochs: int) -> float:
    digits, rng = load_digits(), np.random.default_rng(seed)
    history = train(
        initialize(DIGITS_SIZES, rng=rng),
        digits.x_train,
        digits.y_train,
        loss="cross_entropy",
        optimizer=gradient_descent(rate),
        n_epochs=n_epochs,
        batch_size=32,
        rng=rng,
        validation=(digits.x_test, digits.y_test),
    )
    assert history.validation_accuracies is not None
    return 100 * (1 - float(history.validation_accuracies[-1]))
