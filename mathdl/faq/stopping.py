"""When to stop: patience on the validation loss."""

from typing import NamedTuple

from explorable.checks import ArrayLike, array, checked, whole
from mathdl.equations import source


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


@source("goodfellow2016deep, alg. 7.1; prechelt1998early, on other criteria.")
@checked(validation_losses=array("n_epochs"), patience=whole())
def stop_early(validation_losses: ArrayLike, patience: int) -> Stop:
    """Say when training would have stopped, and which epoch is kept.

    Parameters
    ----------
    validation_losses
        The loss on the validation samples after each epoch.
    patience
        After how many epochs without a new smallest loss to stop.

    Returns
    -------
    Stop
        The best epoch until then, and the epoch of the stop, or the last one.

    Examples
    --------
    >>> stop_early([3.0, 2.0, 2.5, 2.1, 1.0], patience=2)
    Stop(best=1, stopped=3)
    """
    best = 0
    for epoch, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = epoch
        if epoch - best >= patience:
            return Stop(best, epoch)
    return Stop(best, len(validation_losses) - 1)
