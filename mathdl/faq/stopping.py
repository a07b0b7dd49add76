"""When to stop: patience on the validation loss, and the first step at which a loss is lost."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mathdl.checks import check_shape, finite_array, real_array, whole_number


class Stop(NamedTuple):
    """Where patience ended.

    Attributes
    ----------
    best : int
        The epoch (counted from 0) whose parameters one keeps.
    stopped : int
        The last epoch that was run.
    """

    best: int
    stopped: int


def stop_early(validation_losses: npt.ArrayLike, patience: int) -> Stop:
    """Say when training would have stopped, and which epoch is kept.

    Parameters
    ----------
    validation_losses : array_like, shape (n_epochs,)
        The loss on the validation samples after each epoch.
    patience : int
        After how many epochs without a new smallest loss to stop, at least 1.

    Returns
    -------
    Stop
        The best epoch until then, and the epoch of the stop, or the last one.

    Raises
    ------
    ValueError
        If the losses have another shape, are empty or not finite, or patience is out of range.

    References
    ----------
    goodfellow2016deep, alg. 7.1; prechelt1998early, on other criteria.

    Examples
    --------
    >>> stop_early([3.0, 2.0, 2.5, 2.1, 1.0], patience=2)
    Stop(best=1, stopped=3)
    """
    losses = finite_array(validation_losses, "validation_losses", ("n_epochs",))
    wait = whole_number(patience, "patience")
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= wait:
            return Stop(best, epoch)
    return Stop(best, len(losses) - 1)


def first_not_finite(losses: npt.ArrayLike) -> int | None:
    """Return the first step whose loss is infinite or NaN.

    Parameters
    ----------
    losses : array_like, shape (n_steps,)
        One loss a step.

    Returns
    -------
    int or None
        The step, counted from 0; None if all losses are finite.

    Raises
    ------
    ValueError
        If the losses are not numbers or have another shape, or there are none.

    Examples
    --------
    >>> first_not_finite([2.3, 9.9, float("inf"), float("nan")])
    2
    """
    values = real_array(losses, "losses")
    check_shape(values, "losses", ("n_steps",))
    if values.size == 0:
        raise ValueError("losses must hold at least one number, but is empty.")
    bad = ~np.isfinite(values)
    return int(bad.argmax()) if bad.any() else None
