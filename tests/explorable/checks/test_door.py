"""Tests of `explorable.checks.decorator`: what may be asked for at it, and of docstrings."""

import inspect
import pickle

import numpy as np
import pytest

from explorable.checks import (
    FUNCTION,
    GENERATOR,
    TEXT,
    array,
    check_fields,
    checked,
    entrywise,
    instance,
    labels,
    number,
    one_of,
    several,
    whole,
)
from mathdl import backward, concepts, forward
from tests.explorable.checks.test_checks import said


@checked(weights=array("n_out", "n_in"), x=array("n_samples", "n_in"), scale=number("(0, inf)"))
def linear(x, weights, *, scale=1.0):
    """Multiply samples by weights.

    Parameters
    ----------
    x
        Samples.
    weights
        Weights.
    scale
        A factor.

    Examples
    --------
    >>> linear([[1.0]], [[2.0]])
    array([[2.]])
    """
    return scale * (x @ weights.T)


def test_lists_become_arrays_wherever_they_stand_and_nothing_else_is_copied():
    expected = [[11.0]]
    assert linear([[1, 2]], [[3, 4]]).tolist() == expected
    assert linear(weights=[[3, 4]], x=[[1, 2]]).tolist() == expected
    assert linear([[1, 2]], weights=np.array([[3, 4]])).tolist() == expected
    assert linear([[1, 2]], [[3, 4]], scale=2).tolist() == [[22.0]]
    x = np.ones(3)
    assert checked(x=array())(lambda x: x)(x) is x
    assert not np.shares_memory(checked(x=array(copy=True))(lambda x: x)(x), x)


def test_axes_of_one_name_have_one_length_and_an_ellipsis_stands_for_any_number():
    assert said(linear, np.ones((2, 3)), np.ones((4, 5))) == (
        "x must have shape (n_samples, 5), but its shape is (2, 3)."
    )
    assert said(linear, np.ones(3), np.ones((4, 3))) == (
        "x must have shape (n_samples, 3), but its shape is (3,)."
    )
    assert said(linear, np.ones((2, 3)), np.ones(4)) == (
        "weights must have shape (n_out, n_in), but its shape is (4,)."
    )
    square = checked(a=array("d", "d"))(lambda a: a)
    assert square(np.ones((2, 2))).shape == (2, 2)
    assert said(square, np.ones((2, 3))) == "a must have shape (d, d), but its shape is (2, 3)."
    assert said(checked(a=array(8, "n"))(lambda a: a), np.ones((7, 8))) == (
        "a must have shape (8, n), but its shape is (7, 8)."
    )
    last = checked(a=array(..., "n", 2))(lambda a: a.shape)
    first = checked(a=array("n", ...))(lambda a: a.shape)
    for shape in [(3, 2), (1, 3, 2), (5, 1, 3, 2)]:
        assert last(np.ones(shape)) == first(np.ones(shape)) == shape
    assert said(last, np.ones(2)) == "a must have shape (..., n, 2), but its shape is (2,)."
    assert said(last, np.ones((3, 3))) == "a must have shape (..., n, 2), but its shape is (3, 3)."
    assert said(first, 1.0) == "a must have shape (n, ...), but its shape is ()."


def test_a_checked_function_is_a_function_and_the_plain_one_trusts_its_arguments():
    assert inspect.isfunction(linear)
    assert list(inspect.signature(linear).parameters) == ["x", "weights", "scale"]
    assert linear.__name__ == "linear"
    assert linear.__wrapped__ is linear.plain
    for function in (concepts.sigmoid, backward.affine_backward, forward.forward):
        assert pickle.loads(pickle.dumps(function)) is function
    assert linear.plain(np.ones((1, 2)), np.ones((3, 2))).shape == (1, 3)
    assert np.isnan(linear.plain(np.array([[np.nan]]), np.ones((1, 1))))
    with np.errstate(over="ignore"):
        assert np.isinf(linear.plain(np.array([[1e200]]), np.array([[1e200]])))
    for wrong in (lambda: linear([[1]]), lambda: linear([[1]], [[1]], 1), lambda: linear(1, x=1)):
        with pytest.raises(TypeError, match=r"linear\(\)"):
            wrong()
    with pytest.raises(TypeError, match="'other'"):
        linear([[1]], [[1]], other=1)


def test_what_is_computed_is_refused_in_words_where_it_is_infinite_and_may_not_be():
    @checked(base=array(), exponent=array())
    def power(base, exponent, *, words="a", flag=True, nothing=None, rule=abs, rng=None):
        return {"result": 0}, [base**exponent], 1.0

    assert power([2], 3)[1][0] == 8
    rest = {"words": "b", "flag": False, "rule": max, "rng": np.random.default_rng(0)}
    for base, exponent in [(1e200, 2), (-1.0, 0.5), (0.0, -1.0), ([1.0, 1e300], 2.0)]:
        assert said(power, exponent=exponent, base=base, **rest) == (
            "base and exponent must not be so large or so small that the result is infinite."
        )
    inverse = checked()(lambda rate: 1 / rate)
    for rate in (0.0, 5e-324):
        assert said(inverse, rate).startswith("rate must not be so large or so small")
    assert said(checked()(lambda a, b, c: np.inf), 1, 2, 3).startswith("a, b and c must")
    singular = checked()(lambda a: np.linalg.solve(a, a))
    assert said(singular, np.zeros((2, 2))).startswith("a must not be so large")
    with np.errstate(all="raise"):
        assert checked()(lambda z: 1 / (1 + np.exp(-z)) + np.exp(z))(np.float64(-1e5)) == 0
    grow = checked(x=array(), diverges=True)(lambda x: x * np.inf)
    assert grow(1.0) == np.inf


def test_whole_numbers_take_the_type_of_what_they_are_compared_with():
    kinds = checked(a=array(), b=array(same_as="a"), c=array(type_of="a"), diverges=True)(
        lambda a, b, c: (b.dtype, c.dtype)
    )
    small = np.ones(2, np.float32)
    assert kinds(small, [1, 2], 3) == (np.float32, np.float32)
    assert kinds(small, np.array([1.0, 2.0]), [3.0]) == (np.float64, np.float64)
    assert kinds(np.ones(2), [1, 2], 3) == (np.float64, np.float64)
    told = said(kinds, small, [[1, 2]], 3)
    assert told == "a and b must have the same shape, but their shapes are (2,) and (1, 2)."


def test_booleans_infinities_and_none_are_taken_only_where_they_are_asked_for():
    assert said(checked(a=array())(lambda a: a), [True]).endswith("but holds booleans.")
    taken = checked(a=array(booleans=True))(lambda a: a)([True, False])
    assert taken.dtype == np.float64
    assert taken.tolist() == [1, 0]
    loose = checked(a=array("n", finite=False), diverges=True)(lambda a: a)
    assert np.isinf(loose([np.inf])).all()
    assert loose([]).shape == (0,)
    assert said(loose, [[1.0]]) == "a must have shape (n,), but its shape is (1, 1)."

    @checked(a=array(), b=array())
    def function(a, b=None):
        return b

    assert function(1.0) is None
    assert function(1.0, None) is None
    assert function(1.0, 2.0) == 2
    assert said(function, None).startswith("a must hold real numbers")


def test_numbers_that_broadcast():
    @checked(low=entrywise("(0, inf)"), high=entrywise("(0, inf)", not_below="low"))
    def span(low, high):
        return high - low

    assert span(1, [2, 3]).tolist() == [1, 2]
    assert said(span, [1, 2], [3, 4, 5]) == (
        "low and high must be single numbers or have shapes that fit one another, but their "
        "shapes are (2,), (3,)."
    )
    assert said(span, [1, 2], 1.5) == "low must not exceed high, but they are 2 and 1.5."
    assert said(span, 0, 1) == "low must be greater than 0, but is 0."
    assert said(span, 1, [2, -1]) == ("high must be greater than 0, but one of its numbers is -1.")


def test_labels_count_samples_and_classes_by_axis_or_argument():
    by_axis = checked(z=array("n", "k"), y=labels("n", "k"))(lambda z, y: y)
    by_argument = checked(k=whole(), x=array("n"), y=labels("n", "k"))(lambda x, y, k: y)
    assert by_axis(np.ones((2, 3)), [0, 2]).tolist() == [0, 2]
    assert by_argument([1.0, 2.0], [0, 2], 3).tolist() == [0, 2]
    for told in (
        said(by_axis, np.ones((2, 3)), [0, 3]), said(by_argument, [1.0, 2.0], [0, 3], 3)
    ):  # fmt: skip
        assert told == "y must lie in 0, 1, ..., 2 (one of 3 classes), but entry 1 is 3."


def test_lists_names_functions_and_objects():
    @checked(
        sizes=several(whole(), "widths", at_least=1), name=one_of(("a", "b")), of=instance(dict),
        make=FUNCTION, rng=GENERATOR, text=TEXT,
    )  # fmt: skip
    def function(sizes=(1,), name="a", of=None, make=abs, rng=None, text=""):
        return sizes

    assert function((2, 3)) == [2, 3]
    assert said(function, "23") == "sizes must be a list of widths, but is '23'."
    assert said(function, []) == "sizes must list at least 1, but lists 0."
    assert said(function, [2, 0]) == ("each of sizes must be an integer of at least 1, but is 0.")
    assert said(function, name="c") == "name must be one of 'a', 'b', but is 'c'."
    assert said(function, of=[]) == "of must be a dict, but is []."
    assert said(function, make=1) == "make must be a function, but is 1."
    assert said(function, rng=0).startswith("rng must be a numpy.random.Generator")
    assert said(function, text=0) == "text must be text, but is 0."


def test_fields_of_a_dataclass():
    class Settings:
        def __init__(self, n, rate):
            self.n, self.rate = n, rate
            check_fields(self, n=whole(2), rate=number("(0, 1]"))

    assert Settings(np.int64(3), np.array(0.5)).__dict__ == {"n": 3, "rate": 0.5}
    assert said(Settings, 1, 0.5) == "n must be an integer of at least 2, but is 1."
    assert said(Settings, 2, 0) == "rate must lie in (0, 1], but is 0."


def test_a_docstring_says_what_the_door_asks_for():
    assert (
        linear.__doc__
        == inspect.cleandoc(
            """
        Multiply samples by weights.

        Parameters
        ----------
        x : array_like, shape (n_samples, n_in)
            Samples.
        weights : array_like, shape (n_out, n_in)
            Weights.
        scale : float, greater than 0, default 1.0
            A factor.

        Raises
        ------
        ValueError
            If an argument has another shape, type or range, is empty or not finite, or if numbers
            overflow together.

        Examples
        --------
        >>> linear([[1.0]], [[2.0]])
        array([[2.]])
        """
        )
        + "\n"
    )


def test_refusals_of_a_functions_own_stand_first_and_defaults_of_several_are_told_together():
    doors = {"a": array(), "b": array(), "low": number(), "high": number("[0,1]"), "none": whole()}

    @checked(**doors, diverges=True)
    def function(a, b=None, c=3, low=0.1, high=0.9, none=None):
        """Do something.

        Parameters
        ----------
        a, b
            Numbers.
        c : int, default 3
            Another.
        low, high
            Two.
        none
            Perhaps.

        Raises
        ------
        ValueError
            If it rains.
        """

    assert "\na, b : array_like\n" in function.__doc__
    assert "\nc : int, default 3\n" in function.__doc__
    assert said(function, 1, high=2) == "high must lie in [0, 1], but is 2."
    assert said(checked(d=number()), abs) == "abs has no argument d to check."
    assert "\nlow, high : float, default 0.1 and 0.9\n" in function.__doc__
    assert "\nnone : int, from 1 to 1,000,000, optional\n" in function.__doc__
    refusals = (
        "    If it rains.\n    Also if an argument has another shape, type or range, is empty or "
        "not finite.\n"
    )
    assert function.__doc__.endswith(refusals)
    told = checked(diverges=True, refuses="it rains")(lambda: None).__doc__
    assert told.endswith("Raises\n------\nValueError\n" + refusals)
