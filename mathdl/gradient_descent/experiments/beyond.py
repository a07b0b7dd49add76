"""Networks trained with a rate beyond the border 2/L of their start, from many starts."""

import numpy as np

from explorable.checks import Array, checked, number, whole
from mathdl.datasets import load_digits
from mathdl.forward import initialize
from mathdl.gradient_descent import gradient_descent, scheduled, sharpness, train

__all__ = ["BEYOND", "FAR_BEYOND", "losses_beyond"]

BEYOND = {1.5: (2, 20), 3.0: (20, 18)}
"""Of the seeds 0 to 19, by rate in borders: how many losses rise, how many end below 0.1."""

FAR_BEYOND = {0: (16, 1), 100: (1, 18)}
"""Of the same at five borders, by steps of warm-up: how many end above log 10, how many below 0.3.

Over 300 steps, of which the last 20 are averaged.
"""


@checked(
    seed=whole(0, 10**9),
    share=number("(0, 100]"),
    n_steps=whole(),
    warm_up=whole(0, 10**6),
    diverges=True,
)
def losses_beyond(seed: int, share: float, *, n_steps: int = 150, warm_up: int = 0) -> Array:
    """Return the losses of a descent with a multiple of the largest stable rate at its start.

    Parameters
    ----------
    seed
        Draws the weights of a network with 32 hidden tanh units.
    share
        The rate, in units of 2/L at the start.
    n_steps
        Steps of plain descent, each on the same 500 digits.
    warm_up
        Over how many steps the rate rises along a line.

    Returns
    -------
    ndarray, shape (n_steps)
        The cross-entropy before each step.

    Examples
    --------
    >>> losses = losses_beyond(0, 0.5, n_steps=20)
    >>> bool((np.diff(losses) < 0).all())
    True
    """
    digits = load_digits()
    few = digits.x_train[:500], digits.y_train[:500]
    start = initialize(
        [64, 32, 10], hidden="tanh", scheme="glorot", rng=np.random.default_rng(seed)
    )
    border = 2 / sharpness(start, *few, "cross_entropy", rng=np.random.default_rng(0))
    rule = gradient_descent(share * border)
    if warm_up:
        rule = scheduled(rule, lambda k: min(1.0, (k + 1) / warm_up))
    return train(
        start,
        *few,
        loss="cross_entropy",
        n_epochs=n_steps,
        batch_size=500,
        optimizer=rule,
        rng=np.random.default_rng(0),
    ).batch_losses
