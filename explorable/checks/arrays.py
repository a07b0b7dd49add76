"""Arrays: what they hold, their shapes, and how many numbers are too many."""

import math
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import numpy as np
import numpy.typing as npt

from explorable.checks.descriptions import is_masked, shown
from explorable.trace.texts import is_traced

__all__ = [
    "Array",
    "ArrayLike",
    "IntegerArray",
    "IntegerArrayLike",
    "Shape",
    "all_finite",
    "as_array",
    "check_shape",
    "class_labels",
    "finite_array",
    "real_array",
    "require_room",
]

Array: TypeAlias = npt.NDArray[np.floating[Any]]
"""An array of float64 or float32."""

IntegerArray: TypeAlias = npt.NDArray[np.integer[Any]]
"""An array of whole numbers."""

ArrayLike: TypeAlias = Array | Any
"""What becomes an array at the door: a number, nested lists of numbers, an array."""

IntegerArrayLike: TypeAlias = IntegerArray | Any
"""The same of whole numbers."""

if not TYPE_CHECKING:  # who checks types sees a body, behind the door, and lets a caller pass
    ArrayLike = IntegerArrayLike = npt.ArrayLike

Shape: TypeAlias = tuple[int | str, ...]
"""A shape to ask for: a length where it is known, the name of the length where it is free."""

_FLOATS = (np.dtype(np.float64), np.dtype(np.float32))


def as_array(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """Return an array of whatever the value holds; refuse ragged lists and hidden entries."""
    if type(value) is np.ndarray:
        return value
    if is_masked(value):
        raise ValueError(f"{name} must not be masked, but some of its entries are.")
    try:
        return np.asarray(value)
    except RuntimeError as error:  # of a tensor that records what happens to it, for one
        raise ValueError(
            f"{name} must be an array of numbers, or become one: {error} "
            "(A PyTorch tensor does so after tensor.detach().numpy().)"
        ) from None
    except (ValueError, TypeError, OverflowError):
        raise ValueError(
            f"{name} must be an array of numbers with rows of equal length, but is {shown(value)}."
        ) from None


def real_array(value: npt.ArrayLike, name: str) -> Array:
    """Return an array of real numbers, which may be empty, infinite or NaN.

    Float32 stays float32, integers and other floats become float64.
    """
    if type(value) is np.ndarray and value.dtype in _FLOATS:
        return value
    array = as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold real numbers, but holds {_kind(array)}.")
    with np.errstate(over="ignore"):  # a long double may be infinite as float64
        return array.astype(np.float32 if array.dtype.char == "f" else np.float64, copy=False)


def finite_array(value: npt.ArrayLike, name: str, shape: Shape | None = None) -> Array:
    """Return an array of finite real numbers, at least one, of a shape if one is asked for.

    Examples
    --------
    >>> finite_array([[1, 2, 3]], "x", ("n_samples", 3))
    array([[1., 2., 3.]])
    >>> finite_array([1, 2, 3], "x", ("n_samples", 3))
    Traceback (most recent call last):
    ...
    ValueError: x must have shape (n_samples, 3), but its shape is (3,).
    """
    array = real_array(value, name)
    if shape is not None:
        check_shape(array, name, shape)
    require_finite(array, name)
    return array


def require_finite(array: Array, name: str) -> None:
    """Refuse an array that holds nothing, or an infinity, or a NaN."""
    if is_traced(array):
        return
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, but its shape is {array.shape}.")
    if not is_finite(array):
        bad = ~np.isfinite(array)
        n, index = np.count_nonzero(bad), tuple(int(i) for i in np.argwhere(bad)[0])
        where = f"{name}[{', '.join(map(str, index))}]" if index else "it"
        more = f" ({n} such entries)" if n > 1 else ""
        raise ValueError(
            f"{name} must hold finite numbers only, but {where} is {array[index]}{more}."
        )


def check_shape(array: npt.NDArray[Any], name: str, shape: Shape) -> None:
    """Refuse an array of another shape."""
    lengths = array.shape
    if len(lengths) == len(shape):
        for axis, wanted in enumerate(shape):
            if lengths[axis] != wanted and not isinstance(wanted, str):
                break
        else:
            return
    wrong_shape(array, name, str(shape).replace("'", ""))


def wrong_shape(array: npt.NDArray[Any], name: str, wanted: str) -> NoReturn:
    """Say which shape was expected and which came."""
    raise ValueError(f"{name} must have shape {wanted}, but its shape is {array.shape}.")


def class_labels(value: npt.ArrayLike, name: str, n_samples: int, n_classes: int) -> IntegerArray:
    """Return one class label per sample, an integer from 0 to n_classes − 1.

    Examples
    --------
    >>> class_labels([0, 2, 3], "labels", n_samples=3, n_classes=3)
    Traceback (most recent call last):
    ...
    ValueError: labels must lie in 0, 1, ..., 2 (one of 3 classes), but entry 2 is 3.
    """
    labels = as_array(value, name)
    if labels.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be integers, the number of each sample's class, but are {_kind(labels)}."
        )
    check_shape(labels, name, (n_samples,))
    outside = labels.astype(np.uint64) >= n_classes  # what is below 0 becomes huge
    if np.count_nonzero(outside):
        worst = int(outside.argmax())
        raise ValueError(
            f"{name} must lie in 0, 1, ..., {n_classes - 1} (one of {n_classes} classes), "
            f"but entry {worst} is {labels[worst]}."
        )
    return labels


def require_room(n_numbers: int, names: str) -> None:
    """Refuse arrays that no memory holds before they are made: over 10⁹ numbers, 8 GB.

    Examples
    --------
    >>> require_room(10**6 * 10**6, "sizes")
    Traceback (most recent call last):
    ...
    ValueError: sizes must not ask for more than 1,000,000,000 numbers, but would need 1e+12.
    """
    if not is_traced(n_numbers) and n_numbers > 10**9:
        needed = f"{n_numbers:.0e}" if n_numbers < 10**300 else shown(n_numbers)
        raise ValueError(
            f"{names} must not ask for more than 1,000,000,000 numbers, but would need {needed}."
        )


def is_finite(array: Array) -> bool:
    """Say whether all numbers are finite."""
    # Every checked argument comes by here. Where the sum of the squares is finite, all numbers
    # are, and BLAS is fast; `vdot` does not warn. Else counting is faster than `all()`.
    if array.flags.c_contiguous and math.isfinite(np.vdot(array, array)):
        return True
    return bool(np.count_nonzero(np.isfinite(array)) == array.size)


def all_finite(result: Any) -> bool:
    """Say whether a result holds neither infinities nor NaN.

    It may be a number, an array, or a tuple, list, dict or dataclass of these; anything else
    counts as finite.

    Examples
    --------
    >>> all_finite((1, [2.0, np.zeros(3)])), all_finite([0.0, np.array([np.nan])])
    (True, False)
    """
    if isinstance(result, np.ndarray):
        return result.dtype.kind != "f" or is_finite(result)
    if isinstance(result, (tuple, list)):
        return all(map(all_finite, result))
    if isinstance(result, (float, np.floating)):
        return math.isfinite(result)
    if isinstance(result, dict):
        return all_finite(list(result.values()))
    fields = getattr(result, "__dataclass_fields__", ())
    return all(all_finite(getattr(result, name)) for name in fields)


def _kind(array: npt.NDArray[Any]) -> str:
    kinds = {
        "b": "booleans",
        "c": "complex numbers",
        "f": "floats",
        "U": "text",
        "S": "bytes",
        "M": "dates",
        "m": "times",
    }
    return kinds.get(array.dtype.kind, f"values of type {array.dtype}")
