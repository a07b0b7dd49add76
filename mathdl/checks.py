"""The few input checks that all kernels share.

Each check takes what a caller handed in, returns it in the form in which a kernel computes with
it, and otherwise raises a `ValueError` that names the argument and says what was expected and
what came. A public function checks its arguments once, at its entry; the code behind the entry
trusts them. What overflows all the same is refused by `refuses_overflow`.
"""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import functools
import inspect
import math
import operator
from collections.abc import Callable, Collection
from typing import Any, ParamSpec, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
"""An array of float64 or float32."""

IntegerArray: TypeAlias = npt.NDArray[np.integer[Any]]
"""An array of whole numbers."""

_FLOATS = (np.dtype(np.float64), np.dtype(np.float32))

Shape: TypeAlias = tuple[int | str, ...]
"""A shape to ask for: a length where it is known, the name of the length where it is free."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Instance = TypeVar("Instance")


def finite_array(value: npt.ArrayLike, name: str, shape: Shape | None = None) -> Array:
    """Return an array of finite real numbers.

    Parameters
    ----------
    value : array_like
        What the caller handed in. An array of float64 or float32 is returned as it is, not
        copied; integers and other floats become float64.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str, optional
        The shape to ask for. An integer is a length that the array must have, a name stands for
        any length: ``("n_samples", 3)``. Without it every shape will do.

    Returns
    -------
    ndarray
        The array, float64 or float32.

    Raises
    ------
    ValueError
        If the value is not an array of real numbers, is empty, has another shape, or holds a NaN
        or an infinity.

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
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one number, but its shape is {array.shape}.")
    if not _is_finite(array):
        raise ValueError(_not_finite(array, name))
    return array


def as_array(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """Return an array of whatever the value holds.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    ndarray
        The array, never of a subclass.

    Raises
    ------
    ValueError
        If the value is ragged, or an array some of whose entries are masked.
    """
    if _is_masked(value):
        raise ValueError(f"{name} must not be masked, but some of its entries are.")
    try:
        return np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(
            f"{name} must be an array of numbers with rows of equal length, but is {shown(value)}."
        ) from None


def real_array(value: npt.ArrayLike, name: str) -> Array:
    """Return an array of real numbers, which may be empty, infinite or NaN.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    ndarray
        The array: float32 stays float32, integers and other floats become float64.

    Raises
    ------
    ValueError
        If the value is ragged or holds anything but integers and floats.
    """
    if type(value) is np.ndarray and value.dtype in _FLOATS:
        return value
    array = as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold real numbers, but holds {_kind(array)}.")
    with np.errstate(over="ignore"):  # a long double may be infinite as float64
        return array.astype(np.float32 if array.dtype.char == "f" else np.float64, copy=False)


def check_shape(array: npt.NDArray[Any], name: str, shape: Shape) -> None:
    """Refuse an array of another shape.

    Parameters
    ----------
    array : ndarray
        The array to look at.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str
        The shape to ask for, as in `finite_array`.

    Raises
    ------
    ValueError
        If the number of axes differs, or a length that was given as an integer does.
    """
    lengths = array.shape
    if len(lengths) == len(shape):
        for axis, wanted in enumerate(shape):  # faster than a zip, and every argument comes by
            if lengths[axis] != wanted and not isinstance(wanted, str):
                break
        else:
            return
    wanted_shape = str(shape).replace("'", "")
    raise ValueError(f"{name} must have shape {wanted_shape}, but its shape is {array.shape}.")


def same_shape(first: Array, first_name: str, second: Array, second_name: str) -> None:
    """Refuse two arrays that would only fit after broadcasting.

    Parameters
    ----------
    first, second : ndarray
        The two arrays.
    first_name, second_name : str
        What the caller calls them.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} and {second_name} must have the same shape, but their shapes are "
            f"{first.shape} and {second.shape}."
        )


def symmetric_matrix(value: npt.ArrayLike, name: str, *, positive: bool = False) -> Array:
    """Return a symmetric matrix of finite numbers.

    Parameters
    ----------
    value : array_like, shape (d, d)
        What the caller handed in.
    name : str
        What the caller calls this argument.
    positive : bool
        Whether all eigenvalues must be greater than 0.

    Returns
    -------
    ndarray, shape (d, d)
        The matrix.

    Raises
    ------
    ValueError
        If it is not square, holds a NaN or an infinity, differs from its transpose by more than
        round-off, or has an eigenvalue that is not wanted.

    Examples
    --------
    >>> symmetric_matrix([[1.0, 2.0], [0.0, 1.0]], "hessian")
    Traceback (most recent call last):
    ...
    ValueError: hessian must be symmetric, but differs from its transpose.
    """
    matrix = finite_array(value, name, ("d", "d"))
    check_shape(matrix, name, (len(matrix), len(matrix)))
    largest = np.abs(matrix).max() or 1.0
    scaled = matrix / largest
    if np.abs(scaled - scaled.T).max() > 1e-5:
        raise ValueError(f"{name} must be symmetric, but differs from its transpose.")
    if positive and np.linalg.eigvalsh(scaled)[0] <= 0:
        raise ValueError(f"{name} must have positive eigenvalues only, but one is not positive.")
    return matrix


def class_labels(value: npt.ArrayLike, name: str, n_samples: int, n_classes: int) -> IntegerArray:
    """Return one class label a sample.

    Parameters
    ----------
    value : array_like of int, shape (n_samples,)
        What the caller handed in.
    name : str
        What the caller calls this argument.
    n_samples : int
        How many labels to ask for.
    n_classes : int
        Labels run from 0 to n_classes - 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        The labels.

    Raises
    ------
    ValueError
        If the labels are not integers, are not one a sample, or leave their range.

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
    outside = (labels < 0) | (labels >= n_classes)
    if np.count_nonzero(outside):
        worst = int(outside.argmax())
        raise ValueError(
            f"{name} must lie in 0, 1, ..., {n_classes - 1} (one of {n_classes} classes), "
            f"but entry {worst} is {labels[worst]}."
        )
    return labels


def probabilities(value: npt.ArrayLike, name: str, shape: Shape) -> Array:
    """Return an array of numbers from 0 to 1; booleans count as 0 and 1.

    Parameters
    ----------
    value : array_like
        What the caller handed in.
    name : str
        What the caller calls this argument.
    shape : tuple of int or str
        The shape to ask for, as in `finite_array`.

    Returns
    -------
    ndarray
        The numbers.

    Raises
    ------
    ValueError
        If the shape differs or a number is outside [0, 1].
    """
    raw = as_array(value, name)
    array = finite_array(raw.astype(np.float64) if raw.dtype.kind == "b" else raw, name, shape)
    if array.min() < 0 or array.max() > 1:
        worst = array.flat[int(np.argmax((array < 0) | (array > 1)))]
        raise ValueError(f"{name} must lie between 0 and 1, but one of them is {worst:g}.")
    return array


def finite_number(value: Any, name: str) -> float:
    """Return one finite real number.

    Parameters
    ----------
    value : float
        What the caller handed in: a number, or an array that holds one.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite real number.

    Examples
    --------
    >>> finite_number(float("nan"), "slope")
    Traceback (most recent call last):
    ...
    ValueError: slope must be one finite real number, but is nan.
    """
    one = value
    if isinstance(value, np.ndarray) and value.size == 1 and not _is_masked(value):
        one = value.item()
    if isinstance(one, (int, float, np.integer, np.floating)) and not isinstance(one, bool):
        try:
            number = float(one)
        except OverflowError:  # an integer with hundreds of digits
            number = math.inf
        if math.isfinite(number):
            return number + 0.0  # −0.0 becomes 0.0
    raise ValueError(f"{name} must be one finite real number, but is {shown(value)}.")


def positive_number(value: Any, name: str) -> float:
    """Return one finite number greater than zero.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite number greater than zero.
    """
    number = finite_number(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0, but is {number:g}.")
    return number


def nonnegative_number(value: Any, name: str) -> float:
    """Return one finite number of at least zero.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single finite number of at least zero.
    """
    number = finite_number(value, name)
    if number < 0:
        raise ValueError(f"{name} must be at least 0, but is {number:g}.")
    return number


def number_between(
    value: Any, name: str, lower: float, upper: float, *, closed: str = "both"
) -> float:
    """Return one number from an interval.

    Parameters
    ----------
    value : float
        What the caller handed in.
    name : str
        What the caller calls this argument.
    lower, upper : float
        The interval's ends.
    closed : {"both", "left", "right", "neither"}
        Which ends belong to the interval.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a single number in the interval.

    Examples
    --------
    >>> number_between(1, "decay", 0, 1, closed="left")
    Traceback (most recent call last):
    ...
    ValueError: decay must lie in [0, 1), but is 1.
    """
    number = finite_number(value, name)
    left, right = closed in ("both", "left"), closed in ("both", "right")
    above = number >= lower if left else number > lower
    below = number <= upper if right else number < upper
    if not (above and below):
        interval = f"{'[' if left else '('}{lower:g}, {upper:g}{']' if right else ')'}"
        raise ValueError(f"{name} must lie in {interval}, but is {number:g}.")
    return number


def whole_number(value: Any, name: str, at_least: int = 1, at_most: int = 10**9) -> int:
    """Return one integer from a range.

    Parameters
    ----------
    value : int
        What the caller handed in.
    name : str
        What the caller calls this argument.
    at_least, at_most : int
        The smallest and the largest integer allowed. Nobody computes with more than 10⁹ samples,
        steps or neurons here; what is only counted may be larger.

    Returns
    -------
    int
        The integer.

    Raises
    ------
    ValueError
        If it is not an integer, or smaller or larger than allowed.

    Examples
    --------
    >>> whole_number(2.5, "n_steps")
    Traceback (most recent call last):
    ...
    ValueError: n_steps must be an integer of at least 1, but is 2.5.
    """
    number = _integer(value)
    if number is None or number < at_least:
        raise ValueError(
            f"{name} must be an integer of at least {at_least}, but is {shown(value)}."
        )
    if number > at_most:
        raise ValueError(
            f"{name} must be an integer of at most {at_most:,}, but is {shown(value)}."
        )
    return number


def require_room(n_numbers: int, names: str) -> None:
    """Refuse arrays that no memory holds, before they are made.

    Parameters
    ----------
    n_numbers : int
        How many numbers would be stored.
    names : str
        The arguments that ask for so many.

    Raises
    ------
    ValueError
        If there are more than 10⁹, which are 8 GB in float64.

    Examples
    --------
    >>> require_room(10**6 * 10**6, "sizes")
    Traceback (most recent call last):
    ...
    ValueError: sizes must not ask for more than 1,000,000,000 numbers, but would need 1e+12.
    """
    if n_numbers > 10**9:
        needed = f"{n_numbers:.0e}" if n_numbers < 10**300 else shown(n_numbers)
        raise ValueError(
            f"{names} must not ask for more than 1,000,000,000 numbers, but would need {needed}."
        )


def require_workers(n_jobs: object) -> int:
    """Return a number of workers that joblib can take.

    Parameters
    ----------
    n_jobs : object
        What the caller handed in.

    Returns
    -------
    int
        The number: −1 stands for all cores, as joblib has it.

    Raises
    ------
    ValueError
        If it is not an integer, is 0, or counts more workers than any cluster has.
    """
    number = _integer(n_jobs)
    if number is None or number == 0 or abs(number) > 10_000:
        raise ValueError(
            "n_jobs must be an integer other than 0, from -10,000 to 10,000, "
            f"but is {shown(n_jobs)}."
        )
    return number


def listed(value: Any, name: str, of: str = "") -> list[Any]:
    """Return the entries of a list, a tuple, a range or an array with one axis.

    Parameters
    ----------
    value : sequence
        What the caller handed in.
    name : str
        What the caller calls this argument.
    of : str
        What it should list, in words.

    Returns
    -------
    list
        Its entries.

    Raises
    ------
    ValueError
        If it is no such sequence, text for example, or a sequence that can be read only once.

    Examples
    --------
    >>> listed("64", "sizes", "widths")
    Traceback (most recent call last):
    ...
    ValueError: sizes must be a list of widths, but is '64'.
    """
    if not isinstance(value, (list, tuple, range, np.ndarray)) or getattr(value, "ndim", 1) != 1:
        wanted = f"a list of {of}" if of else "a list"
        raise ValueError(f"{name} must be {wanted}, but is {shown(value)}.")
    return list(value)


def a_function(value: Any, name: str) -> Callable[..., Any]:
    """Return what can be called.

    Parameters
    ----------
    value : callable
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    callable
        The function.

    Raises
    ------
    ValueError
        If it cannot be called.

    Examples
    --------
    >>> a_function(2.0, "gradient")
    Traceback (most recent call last):
    ...
    ValueError: gradient must be a function, but is 2.0.
    """
    if not callable(value):
        raise ValueError(f"{name} must be a function, but is {shown(value)}.")
    return value  # type: ignore[no-any-return]


def a_text(value: Any, name: str) -> str:
    """Return text.

    Parameters
    ----------
    value : str
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    str
        The text.

    Raises
    ------
    ValueError
        If it is anything else, bytes for example.

    Examples
    --------
    >>> a_text(3, "label")
    Traceback (most recent call last):
    ...
    ValueError: label must be text, but is 3.
    """
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text, but is {shown(value)}.")
    return str(value)


def a_flag(value: Any, name: str) -> bool:
    """Return True or False.

    Parameters
    ----------
    value : bool
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    bool
        The flag.

    Raises
    ------
    ValueError
        If it is neither True nor False.

    Examples
    --------
    >>> a_flag("no", "bias")
    Traceback (most recent call last):
    ...
    ValueError: bias must be True or False, but is 'no'.
    """
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} must be True or False, but is {shown(value)}.")
    return bool(value)


def an_instance(value: Any, name: str, kind: type[Instance]) -> Instance:
    """Return an object of a class.

    Parameters
    ----------
    value : object
        What the caller handed in.
    name : str
        What the caller calls this argument.
    kind : type
        The class to ask for.

    Returns
    -------
    object
        The object.

    Raises
    ------
    ValueError
        If it is of another class.

    Examples
    --------
    >>> an_instance("text", "fit", dict)
    Traceback (most recent call last):
    ...
    ValueError: fit must be a dict, but is 'text'.
    """
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOaeio" else "a"
        raise ValueError(f"{name} must be {article} {kind.__name__}, but is {shown(value)}.")
    return value


def known_name(value: Any, name: str, names: Collection[str]) -> str:
    """Return a name that is in a table.

    Parameters
    ----------
    value : str
        What the caller handed in.
    name : str
        What the caller calls this argument.
    names : collection of str
        The names to choose from.

    Returns
    -------
    str
        The name.

    Raises
    ------
    ValueError
        If it is not one of the names.

    Examples
    --------
    >>> known_name("rely", "activation", ["relu", "tanh"])
    Traceback (most recent call last):
    ...
    ValueError: activation must be one of 'relu', 'tanh', but is 'rely'.
    """
    if not isinstance(value, str) or value not in names:
        choices = ", ".join(map(repr, names))
        raise ValueError(f"{name} must be one of {choices}, but is {shown(value)}.")
    return str(value)


def random_generator(value: Any, name: str = "rng") -> np.random.Generator:
    """Return a source of random numbers, which the caller must hand in.

    Parameters
    ----------
    value : numpy.random.Generator
        What the caller handed in.
    name : str
        What the caller calls this argument.

    Returns
    -------
    numpy.random.Generator
        The generator.

    Raises
    ------
    ValueError
        If it is anything else, a seed for example.
    """
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy.random.Generator, for example "
            f"numpy.random.default_rng(0), but is {shown(value)}."
        )
    return value


def refuses_overflow(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Refuse, in words, numbers with which a function leaves the range of its floats.

    Each argument may be fine by itself and still be too large, or too close to zero, for a result
    that float64 (or float32) can hold.

    Parameters
    ----------
    function : callable
        Returns numbers, arrays, or tuples, lists, dicts and dataclasses of these, which should
        all be finite.

    Returns
    -------
    callable
        The function, which raises a `ValueError` instead of returning an infinity or a NaN, and
        gives no warning.

    Notes
    -----
    What overflows in between and still ends in the right number, as e⁻ᶻ does in 1/(1 + e⁻ᶻ), is
    no error. A descent that diverges is a result: functions that return one do without.

    Examples
    --------
    >>> area = refuses_overflow(lambda width, height: width * height)
    >>> area(np.float64(2.0), np.float64(3.0))
    np.float64(6.0)
    >>> area(np.float64(1e200), np.float64(1e200))
    Traceback (most recent call last):
    ...
    ValueError: width and height must not be so large or so small that the result is infinite.
    """

    @functools.wraps(function)
    def guarded(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                result = function(*args, **named)
                in_range = all_finite(result)
        # Python's floats raise where NumPy's become infinite; so do decompositions of matrices.
        except (ArithmeticError, np.linalg.LinAlgError):
            in_range = False
        if not in_range:
            given = inspect.signature(function).bind(*args, **named).arguments
            raise ValueError(
                f"{_numeric(given)} must not be so large or so small that the result is infinite."
            )
        return result

    return guarded


def all_finite(result: Any) -> bool:
    """Say whether a result holds neither infinities nor NaN.

    Parameters
    ----------
    result : object
        A number, an array, or a tuple, list, dict or dataclass of these; anything else counts as
        finite.

    Returns
    -------
    bool
        False if one of its numbers is infinite or NaN.

    Examples
    --------
    >>> all_finite((1, [2.0, np.zeros(3)])), all_finite([0.0, np.array([np.nan])])
    (True, False)
    """
    if isinstance(result, np.ndarray):
        # Where a sum of squares is finite, all numbers are, and BLAS is fast.
        floats = result.dtype.kind == "f"
        return not floats or math.isfinite(np.vdot(result, result)) or _is_finite(result)
    if isinstance(result, (float, np.floating)):
        return math.isfinite(result)
    if isinstance(result, (tuple, list)):
        return all(map(all_finite, result))
    if isinstance(result, dict):
        return all_finite(list(result.values()))
    fields = getattr(result, "__dataclass_fields__", ())
    return all(all_finite(getattr(result, name)) for name in fields)


def shown(value: Any) -> str:
    """Return a few words for what a caller handed in, to end a message with.

    Parameters
    ----------
    value : object
        Whatever it is.

    Returns
    -------
    str
        The value, if it can be told in 60 characters, or else what it is.

    Examples
    --------
    >>> shown(2.5), shown(np.zeros((2, 3))), shown(10**400)
    ('2.5', 'an array of shape (2, 3)', 'a number of about 400 digits')
    """
    if isinstance(value, np.ndarray) and value.size != 1:
        return f"an array of shape {value.shape}"
    if isinstance(value, int) and abs(value) >= 10**30:
        sign = "negative " if value < 0 else ""
        return f"a {sign}number of about {math.log10(abs(value)):.0f} digits"
    try:
        text = repr(value.item() if isinstance(value, (np.generic, np.ndarray)) else value)
    except Exception:  # an integer within is longer than Python prints, or the class is at fault
        text = ""
    if not text or " at 0x" in text:  # an address in memory tells a reader nothing
        return f"of type {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _is_finite(array: Array) -> bool:
    # Counting is a microsecond faster than `all()`, and every checked argument comes by here.
    return bool(np.count_nonzero(np.isfinite(array)) == array.size)


def _is_masked(value: Any) -> bool:
    """Say whether entries of an array are hidden; without importing `numpy.ma`."""
    if type(value) is np.ndarray or not isinstance(value, np.ndarray):
        return False
    return bool(np.any(getattr(value, "mask", False)))


def _integer(value: Any) -> int | None:
    """Return an integer of any type, or None for everything else."""
    if isinstance(value, bool) or _is_masked(value):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _numeric(arguments: dict[str, Any]) -> str:
    """Name the arguments that hold numbers."""
    words = (str, bool, np.random.Generator)
    names = [
        name
        for name, value in arguments.items()
        if not (value is None or callable(value) or isinstance(value, words))
    ]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


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


def _not_finite(array: Array, name: str) -> str:
    bad = ~np.isfinite(array)
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    where = f"{name}[{', '.join(map(str, index))}]" if index else "it"
    more = f" ({np.count_nonzero(bad)} such entries)" if np.count_nonzero(bad) > 1 else ""
    return f"{name} must hold finite numbers only, but {where} is {array[index]}{more}."
