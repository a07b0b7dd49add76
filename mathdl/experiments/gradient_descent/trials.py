"""Trials of many learning rates: on a surface at once, on the digits in parallel."""

from collections.abc import Callable, Sequence

import numpy as np

from mathdl.checks import (
    FUNCTION,
    WORKERS,
    Array,
    ArrayLike,
    an_instance,
    array,
    check_shape,
    checked,
    instance,
    several,
    whole,
)
from mathdl.datasets import load_digits
from mathdl.experiments.gradient_descent.digits import DIGITS_SIZES
from mathdl.forward import initialize
from mathdl.gradient_descent import Optimizer, Surface, descend, gradient_descent, train


@checked(
    surface=instance(Surface),
    rates=array("n_rates", within="(0, inf)"),
    start=array("d"),
    rule=FUNCTION,
    n_steps=whole(0),
    diverges=True,
)
def lowest_loss(
    surface: Surface,
    start: ArrayLike,
    rule: Callable[..., Optimizer],
    *,
    rates: ArrayLike,
    n_steps: int,
) -> float:
    """Return the lowest loss at which a rule ends from a start, over many learning rates.

    Parameters
    ----------
    surface
        Where to descend.
    start
        Where each descent begins.
    rule
        Such as `adam`; takes the learning rate first.
    rates
        The learning rates tried.
    n_steps
        How many steps each descent takes.

    Returns
    -------
    float
        The lowest final loss; infinite if every descent diverges.

    Raises
    ------
    ValueError
        If the start is not a point of the surface, or the rule makes no optimizer.

    Examples
    --------
    >>> from mathdl.gradient_descent import SURFACES
    >>> ravine = SURFACES["ravine"]  # 1/L = 0.05 solves the steep mode in one step
    >>> lowest_loss(ravine, [0.0, 1.0], gradient_descent, rates=[0.01, 0.05, 1.0], n_steps=1)
    0.0
    """
    check_shape(start, "start", (len(surface.bounds),))
    optimizer = an_instance(rule(rates), "what rule returns", Optimizer)
    ends = descend(surface.gradient, np.tile(start, (len(rates), 1)), optimizer, n_steps)[-1]
    losses = surface.value(ends)
    return float(np.where(np.isnan(losses), np.inf, losses).min())


@checked(
    rates=array("n_rates", within="(0, inf)"),
    n_epochs=whole(),
    n_jobs=WORKERS,
    seeds=several(whole(0), at_least=1),
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
