"""The two errors of a finite difference, and the step that balances them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    FUNCTION,
    Array,
    ArrayLike,
    array,
    as_array,
    checked,
    finite_array,
    number,
    one_of,
    require_room,
)
from mathdl.concepts import LOSSES, TARGET
from mathdl.equations import equation
from mathdl.forward import NETWORK, Layer, forward, n_parameters

__all__ = [
    "best_step",
    "difference_quotient",
    "error_terms",
    "loss_of_parameters",
    "relative_error",
    "unit_roundoff",
]

SCHEMES = ("forward", "central", "complex")
DTYPES = ("float64", "float32")


@equation("backward-complex-step")
@checked(
    scheme=one_of(SCHEMES),
    dtype=one_of(DTYPES),
    points=array("n_points"),
    steps=array("n_steps", within="(0, inf)"),
    function=FUNCTION,
    refuses="the function does not work entry by entry",
)
def difference_quotient(
    function: Callable[[Any], Any],
    points: ArrayLike,
    steps: ArrayLike,
    *,
    scheme: str = "central",
    dtype: str = "float64",
) -> Array:
    """Approximate the derivative of a function of one variable, at all points with all steps.

    Parameters
    ----------
    function
        Works entry by entry; for ``"complex"`` it must take complex numbers.
    points
        Where to differentiate.
    steps
        Steps h.
    scheme
        How the difference is taken.
    dtype
        The arithmetic in which all is computed.

    Returns
    -------
    ndarray, shape (n_points, n_steps)
        The quotients, as float64.

    Examples
    --------
    >>> difference_quotient(np.square, [3.0], [0.5, 0.25], scheme="forward")
    array([[6.5 , 6.25]])
    """
    require_room(points.size * steps.size, "points and steps")
    kind, f = np.dtype(dtype).type, function
    x, h = points.astype(kind)[:, np.newaxis], steps.astype(kind)
    if scheme == "complex":
        quotient = np.imag(_values(f, x + kind(1) * 1j * h)) / h
    elif scheme == "central":
        quotient = (_values(f, x + h) - _values(f, x - h)) / (kind(2) * h)
    else:
        quotient = (_values(f, x + h) - _values(f, x)) / h
    return np.asarray(quotient, dtype=np.float64)


def _values(function: Callable[[Any], Any], places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the function's values, one a place, complex if the places are."""
    values = as_array(function(places.copy()), "the value of function")
    if values.shape != places.shape or values.dtype.kind != places.dtype.kind:
        raise ValueError(
            f"function must work entry by entry and return {places.dtype} in the shape "
            f"{places.shape}, but returned {values.dtype} in the shape {values.shape}."
        )
    return values


@equation("backward-forward-error", "backward-central-error")
@checked(scheme=one_of(SCHEMES), dtype=one_of(DTYPES), steps=array("n_steps", within="(0, inf)"))
def error_terms(
    steps: ArrayLike, *, scheme: str = "central", dtype: str = "float64"
) -> tuple[Array, Array]:
    """Return the truncation and the round-off term of the theory for f = exp.

    Parameters
    ----------
    steps
        Steps h.
    scheme, dtype
        As in `difference_quotient`.

    Returns
    -------
    truncation, roundoff : ndarray, shape (n_steps,)
        Relative to f′: h/2 and 2u/h one-sided, h²/6 and u/h central, h²/6 and u for the complex
        step, where u is the unit roundoff of the arithmetic.

    Examples
    --------
    >>> truncation, roundoff = error_terms([1e-8], scheme="forward")
    >>> truncation[0], float(roundoff[0].round(10))
    (np.float64(5e-09), 2.22e-08)
    """
    h, u = steps.astype(np.float64), unit_roundoff(dtype)
    if scheme == "forward":
        return h / 2, 2 * u / h
    return h**2 / 6, u / h if scheme == "central" else np.full_like(h, u)


@checked(dtype=one_of(DTYPES))
def unit_roundoff(dtype: str = "float64") -> float:
    """Return u, half the distance from 1 to the next larger number: 2⁻⁵³ or 2⁻²⁴.

    Parameters
    ----------
    dtype
        The arithmetic.

    Returns
    -------
    float
        2⁻⁵³ or 2⁻²⁴.

    Examples
    --------
    >>> f"{unit_roundoff():.1e}"
    '1.1e-16'
    """
    return float(np.finfo(dtype).eps) / 2


@equation("backward-forward-step", "backward-central-error")
@checked(
    scheme=one_of(SCHEMES[:2]),
    value=number("(0, inf)"),
    curvature=number("(0, inf)"),
    dtype=one_of(DTYPES),
)
def best_step(
    scheme: str, *, value: float = 1.0, curvature: float = 1.0, dtype: str = "float64"
) -> float:
    """Return the step at which truncation and round-off together are smallest.

    Parameters
    ----------
    scheme
        The complex step has no best one: smaller is never worse.
    value
        Size of f.
    curvature
        Size of f″ for one-sided, of f‴ for central differences.
    dtype
        The arithmetic.

    Returns
    -------
    float
        ``2 √(u f / f″)`` or ``(3 u f / f‴)^(1/3)``.

    Examples
    --------
    >>> f"{best_step('forward'):.1e}", f"{best_step('central'):.1e}"
    ('2.1e-08', '6.9e-06')
    """
    ratio, u = value / curvature, unit_roundoff(dtype)
    return float(2 * np.sqrt(u * ratio) if scheme == "forward" else np.cbrt(3 * u * ratio))


@equation("backward-relative-error")
@checked(first=array(), second=array(same_as="first"))
def relative_error(first: ArrayLike, second: ArrayLike) -> float:
    """Return ``‖first - second‖ / max(‖first‖, ‖second‖)``, 0 if both are zero.

    Parameters
    ----------
    first, second
        Two arrays of one shape.

    Returns
    -------
    float
        ``‖first - second‖ / max(‖first‖, ‖second‖)``, 0 if both are zero.

    Examples
    --------
    >>> round(relative_error([3.0, 4.0], [3.0, 4.5]), 4)
    0.0925
    """
    largest = np.maximum(np.abs(first).max(), np.abs(second).max())
    if largest == 0:
        return 0.0
    unit = np.exp2(np.frexp(largest)[1] - 1)
    a, b = first / unit, second / unit  # whose squares neither overflow nor vanish
    size = np.maximum(np.linalg.norm(a), np.linalg.norm(b))
    return (np.linalg.norm(a - b) / size).item()


@checked(
    layers=NETWORK, loss=one_of(LOSSES), x=array("n_samples", "n_in", copy=True), target=TARGET
)
def loss_of_parameters(
    layers: Sequence[Layer], x: ArrayLike, target: ArrayLike, loss: str
) -> Callable[[Array], float]:
    """Return a network's loss as a function of the vector of all its parameters.

    Parameters
    ----------
    layers
        The network; its weights only say the shapes.
    x
        The batch.
    target
        As the loss wants it.
    loss

    Returns
    -------
    callable
        From a vector laid out as by `mathdl.forward.parameter_vector` to the loss.

    Examples
    --------
    >>> layer = Layer(np.array([[1.0]]), np.array([0.0]))
    >>> value = loss_of_parameters([layer], [[2.0]], [[1.0]], "mean_squared_error")
    >>> value(np.array([1.0, 0.5]))
    2.25
    """
    wanted, size = target.copy(), n_parameters(layers)

    def value(vector: Array) -> float:
        rest, moved = finite_array(vector, "vector", (size,)), []
        for layer in layers:  # views, not copies: this is called twice a parameter
            middle, end = layer.weights.size, layer.weights.size + layer.bias.size
            weights = rest[:middle].reshape(layer.weights.shape)
            moved.append(Layer.trusted(weights, rest[middle:end], layer.activation))
            rest = rest[end:]
        return float(LOSSES[loss].value_and_gradient(forward.plain(moved, x).output, wanted)[0])

    return value
