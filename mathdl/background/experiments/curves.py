"""A small ReLU network that learns a curve from its values."""

import numpy as np

from explorable.checks import FUNCTION, GENERATOR, checked, finite_array, whole
from mathdl.background.piecewise import RealFunction, spread_network
from mathdl.forward import Layer
from mathdl.gradient_descent import adam, train


@checked(
    function=FUNCTION,
    n_units=whole(),
    rng=GENERATOR,
    n_steps=whole(),
    diverges=True,
    refuses="the function's values do not fit",
)
def train_on_curve(
    function: RealFunction,
    n_units: int,
    *,
    rng: np.random.Generator,
    n_steps: int = 2000,
) -> list[Layer]:
    """Let a one-hidden-layer ReLU network learn a function on [0, 1] from 129 of its values.

    Parameters
    ----------
    function
        Takes an array (129, 1) and returns one of the same shape.
    n_units
        Hidden units.
    rng
        Draws the start (`spread_network`).
    n_steps
        Steps of Adam, at the rate 0.01, on the mean squared error of all samples.

    Returns
    -------
    list of Layer
        The trained network.

    Examples
    --------
    >>> from mathdl.forward import forward
    >>> line = train_on_curve(lambda x: 2 * x, 4, rng=np.random.default_rng(0))
    >>> forward(line, [[0.5]]).output.round(2)
    array([[1.]])
    """
    x = np.linspace(0, 1, 129)[:, None]
    target = finite_array(function(x), "function(x)", x.shape)
    start = spread_network(n_units, rng=rng)
    history = train(
        start,
        x,
        target,
        loss="mean_squared_error",
        optimizer=adam(0.01),
        n_epochs=n_steps,
        batch_size=len(x),
        rng=rng,
    )
    return history.layers
