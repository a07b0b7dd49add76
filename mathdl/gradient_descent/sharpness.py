"""The largest curvature of a network's loss, found from gradients alone."""

from collections.abc import Sequence

import numpy as np

from explorable.checks import GENERATOR, Array, ArrayLike, array, checked, one_of, whole
from mathdl.backward import LayerGradients, loss_and_gradients
from mathdl.concepts import LOSSES, TARGET
from mathdl.equations import equation, source
from mathdl.forward import NETWORK, Layer, parameter_vector
from mathdl.gradient_descent.training import in_the_type_of, layers_from

STEP = 1e-4
"""The step h of the central difference of two gradients, along a vector of length 1."""


@equation("gradient-descent-hessian-product")
@source("pearlmutter1994fast, eq. 2; cohen2021gradient, fig. 1.")
@checked(
    layers=NETWORK,
    loss=one_of(LOSSES),
    x=array("n_samples", "n_in"),
    target=TARGET,
    rng=GENERATOR,
    n_iterations=whole(),
)
def sharpness(
    layers: Sequence[Layer],
    x: ArrayLike,
    target: ArrayLike,
    loss: str,
    *,
    rng: np.random.Generator,
    n_iterations: int = 20,
) -> float:
    """Return the largest curvature of a network's loss at its parameters.

    Parameters
    ----------
    layers
        The network, with smooth activations: where a step crosses the kink of a ReLU, the
        difference of two gradients is no curvature.
    x
        Inputs.
    target
        What is wanted, as `loss` takes it.
    loss
    rng
        Draws the vector from which the iteration starts.
    n_iterations
        How often a vector is multiplied by the Hessian, at most once for each parameter; each
        time costs two gradients.

    Returns
    -------
    float
        The eigenvalue of the Hessian with the largest absolute value, with its sign; the positive
        one, where two are equally large.

    Notes
    -----
    Lanczos's method: each product Hv, less its parts along all vectors before, is the next v, and
    among the combinations of these vectors the largest eigenvalue is taken. Where the vectors are
    fewer than the parameters, it lies a little inside the Hessian's own. The Hessian is never
    formed: Hv is (∇f(θ + hv) − ∇f(θ − hv)) / 2h.

    Examples
    --------
    The mean of (wx + b − y)² over x = 1 and x = 3 has the Hessian 2 · [[5, 2], [2, 1]].

    >>> neuron = [Layer([[0.0]], [0.0], "identity")]
    >>> found = sharpness(neuron, [[1.0], [3.0]], [[2.0], [0.0]], "mean_squared_error",
    ...     rng=np.random.default_rng(0))
    >>> round(found, 6), round(6 + 2 * 8**0.5, 6)
    (11.656854, 11.656854)
    """
    x, target = in_the_type_of(layers, x, target)
    here = parameter_vector(layers).astype(np.float64)
    h = STEP * max(1.0, np.abs(here).max() / 100)  # beside large parameters, STEP is round-off

    def gradients_at(parameters: Array) -> list[LayerGradients]:
        return loss_and_gradients.plain(layers_from(layers, parameters), x, target, loss)[1]

    def times_hessian(v: Array) -> Array:
        after, before = (parameter_vector(gradients_at(here + by * v)) for by in (h, -h))
        return np.asarray((after - before) / (2 * h))

    v: Array = rng.standard_normal(here.size)
    basis, products = np.zeros((2, 0, here.size))
    for _ in range(min(n_iterations, here.size)):
        basis = np.vstack([basis, v / np.linalg.norm(v)])
        products = np.vstack([products, times_hessian(basis[-1])])
        v = products[-1]
        for _ in range(2):  # after one round-off would leave some of what is subtracted
            v = v - (basis @ v) @ basis
        if np.linalg.norm(v) <= 1e-6 * np.linalg.norm(products[-1]):  # no direction is left
            break
    seen = basis @ products.T
    curvatures = np.linalg.eigvalsh((seen + seen.T) / 2)
    lowest, highest = float(curvatures[0]), float(curvatures[-1])
    return lowest if -lowest > highest * (1 + 1e-6) else highest
