"""A small ReLU network that learns a curve from its values."""

import numpy as np

from mathdl.background.piecewise import RealFunction, spread_network
from mathdl.checks import a_function, finite_array, positive_number, random_generator, whole_number
from mathdl.forward import Layer
from mathdl.gradient_descent import adam, train


def train_on_curve(
    function: RealFunction,
    n_units: int,
    *,
    rng: np.random.Generator,
    n_steps: int = 2000,
    learning_rate: float = 0.01,
) -> list[Layer]:
    """Let a one-hidden-layer ReLU network learn a function on [0, 1] from 129 of its values.

    Parameters
    ----------
    function : callable
        Takes an array (129, 1) and returns one of the same shape.
    n_units : int
        Hidden units, at least 1.
    rng : numpy.random.Generator
        Draws the start (`spread_network`).
    n_steps : int, default 2000
        Steps of Adam on the mean squared error of all samples, at least 1.
    learning_rate : float, default 0.01
        Greater than 0.

    Returns
    -------
    list of Layer
        The trained network.

    Raises
    ------
    ValueError
        If the function's values do not fit, or a setting is out of range.

    Examples
    --------
    >>> from mathdl.forward import forward
    >>> line = train_on_curve(lambda x: 2 * x, 4, rng=np.random.default_rng(0))
    >>> forward(line, [[0.5]]).output.round(2)
    array([[1.]])
    """
    x = np.linspace(0, 1, 129)[:, None]
    a_function(function, "function")
    target = finite_array(function(x), "function(x)", x.shape)
    start = spread_network(n_units, rng=random_generator(rng))
    history = train(
        start,
        x,
        target,
        loss="mean_squared_error",
        optimizer=adam(positive_number(learning_rate, "learning_rate")),
        n_epochs=whole_number(n_steps, "n_steps"),
        batch_size=len(x),
        rng=rng,
    )
    return history.layers
