"""The largest curvature of a network's loss, found from gradients alone."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, random_generator, refuses_overflow, whole_number
from mathdl.forward import Layer, parameter_vector
from mathdl.gradient_descent.training import checked_samples, layers_from, plain_objective

STEP = 1e-4
"""The step h of the central difference of two gradients, along a vector of length 1."""


@refuses_overflow
def sharpness(
    layers: Sequence[Layer],
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    loss: str,
    *,
    rng: np.random.Generator,
    n_iterations: int = 20,
) -> float:
    """Return the largest curvature of a network's loss at its parameters.

    Parameters
    ----------
    layers : sequence of Layer
        The network, with smooth activations: where a step crosses the kink of a ReLU, the
        difference of two gradients is no curvature.
    x : array_like, shape (n_samples, n_in)
        Inputs.
    target : array_like
        What is wanted, as `loss` takes it.
    loss : str
        A name in `mathdl.concepts.LOSSES`.
    rng : numpy.random.Generator
        Draws the vector from which the iteration starts.
    n_iterations : int, default 20
        How often a vector is multiplied by the Hessian; each time costs two gradients.

    Returns
    -------
    float
        The eigenvalue of the Hessian with the largest absolute value, with its sign.

    Raises
    ------
    ValueError
        If samples and network do not fit, or an argument cannot be meant.

    Notes
    -----
    A power iteration, v ← Hv/‖Hv‖, and then v · Hv. The Hessian is never formed: Hv is
    (∇f(θ + hv) − ∇f(θ − hv)) / 2h.

    References
    ----------
    pearlmutter1994fast, eq. 2; cohen2021gradient, fig. 1.

    Examples
    --------
    The mean of (wx + b − y)² over x = 1 and x = 3 has the Hessian 2 · [[5, 2], [2, 1]].

    >>> neuron = [Layer([[0.0]], [0.0], "identity")]
    >>> found = sharpness(neuron, [[1.0], [3.0]], [[2.0], [0.0]], "mean_squared_error",
    ...     rng=np.random.default_rng(0))
    >>> round(found, 6), round(6 + 2 * 8**0.5, 6)
    (11.656854, 11.656854)
    """
    samples = checked_samples(layers, x, target, loss)
    random_generator(rng)
    gradients_of, here = plain_objective(loss), parameter_vector(layers).astype(np.float64)

    def times_hessian(v: Array) -> Array:
        after, before = (
            parameter_vector(gradients_of(layers_from(layers, here + h * v), *samples)[1])
            for h in (STEP, -STEP)
        )
        return np.asarray((after - before) / (2 * STEP))

    v: Array = rng.standard_normal(here.size)
    for _ in range(whole_number(n_iterations, "n_iterations")):
        v = v / np.linalg.norm(v)
        product = times_hessian(v)
        if not product.any():  # flat in every direction that the start had a part in
            return 0.0
        curvature, v = float(v @ product), product
    return curvature
