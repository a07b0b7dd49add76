"""Trials of many learning rates: on a surface at once, on the digits in parallel."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from mathdl.checks import (
    Array,
    a_function,
    an_instance,
    finite_array,
    listed,
    require_workers,
    whole_number,
)
from mathdl.datasets import load_digits
from mathdl.experiments.gradient_descent.digits import DIGITS_SIZES
from mathdl.forward import initialize
from mathdl.gradient_descent import Optimizer, Surface, descend, gradient_descent, train
from mathdl.gradient_descent._checks import positive


def lowest_loss(
    surface: Surface,
    start: npt.ArrayLike,
    rule: Callable[..., Optimizer],
    *,
    rates: npt.ArrayLike,
    n_steps: int,
) -> float:
    """Return the lowest loss at which a rule ends from a start, over many learning rates.

    Parameters
    ----------
    surface : Surface
    start : array_like, shape (d,)
        Where each descent begins.
    rule : callable
        Such as `adam`; takes the learning rate first.
    rates : array_like, shape (n_rates,)
        The learning rates tried, above 0.
    n_steps : int
        How many steps each descent takes.

    Returns
    -------
    float
        The lowest final loss; infinite if every descent diverges.

    Raises
    ------
    ValueError
        If a rate is not positive or the start is not a point of the surface.

    Examples
    --------
    >>> from mathdl.gradient_descent import SURFACES
    >>> ravine = SURFACES["ravine"]  # 1/L = 0.05 solves the steep mode in one step
    >>> lowest_loss(ravine, [0.0, 1.0], gradient_descent, rates=[0.01, 0.05, 1.0], n_steps=1)
    0.0
    """
    an_instance(surface, "surface", Surface)
    tried = positive(finite_array(rates, "rates", ("n_rates",)), "rates")
    point = finite_array(start, "start", (len(surface.bounds),))
    optimizer = an_instance(a_function(rule, "rule")(tried), "what rule returns", Optimizer)
    ends = descend(surface.gradient, np.tile(point, (len(tried), 1)), optimizer, n_steps)[-1]
    losses = surface.value(ends)
    return float(np.where(np.isnan(losses), np.inf, losses).min())


def digits_errors(
    rates: npt.ArrayLike, seeds: Sequence[int], *, n_epochs: int = 4, n_jobs: int = -1
) -> Array:
    """Return the test error that plain descent with constant rates reaches on the digits.

    Parameters
    ----------
    rates : array_like, shape (n_rates,)
        The learning rates, above 0.
    seeds : sequence of int
        One training a seed and rate.
    n_epochs : int, default 4
        How often each digit is seen, in batches of 32.
    n_jobs : int, default -1
        Over how many workers joblib spreads the trainings; -1 means all cores, or the cluster
        that ``joblib.parallel_config`` names.

    Returns
    -------
    ndarray, shape (n_rates, n_seeds)
        Wrong answers in per cent. A training that diverges answers at random, or always alike.

    Raises
    ------
    ValueError
        If a rate is not positive or `n_epochs` is not a whole number of at least 1.

    Examples
    --------
    >>> errors = digits_errors([0.1, 100.0], [0], n_epochs=2, n_jobs=1)
    >>> errors[0, 0] < 15 < 80 < errors[1, 0]
    np.True_
    """
    # Not above: importing joblib takes longer than all the rest of this chapter's kernels.
    from joblib import Parallel, delayed

    tried = positive(finite_array(rates, "rates", ("n_rates",)), "rates")
    epochs, workers = whole_number(n_epochs, "n_epochs"), require_workers(n_jobs)
    numbers = [whole_number(seed, "each of seeds", 0) for seed in listed(seeds, "seeds")]
    if not numbers:
        raise ValueError("seeds must hold at least one number, but is empty.")
    found = Parallel(n_jobs=workers)(
        delayed(_digits_error)(float(rate), seed, epochs) for rate in tried for seed in numbers
    )
    return np.reshape(np.array(found, dtype=np.float64), (len(tried), len(numbers)))


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
