import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from explorable import checks
from explorable.checks import array, number, symmetric
from explorable.checks.numbers import require_workers


def looked(check, value, name, **given):
    return check.look(value, name, given, {})


def symmetric_matrix(value, name, *, positive=False):
    return looked(symmetric("d", positive=positive), value, name)


FINITE = hnp.arrays(
    st.sampled_from([np.float64, np.float32]),
    hnp.array_shapes(max_dims=3, max_side=4),
    elements=st.floats(-1e6, 1e6, width=32),
)


@given(FINITE)
def test_a_good_array_is_returned_as_it_is(array):
    assert checks.finite_array(array, "x", array.shape) is array


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        ([1, 2], np.float64),
        (np.array([1, 2], np.uint8), np.float64),
        (np.array([1, 2], np.float16), np.float64),
        (np.array([1, 2], np.longdouble), np.float64),
        (np.array([1, 2], np.float32), np.float32),
        (np.array([1, 2], ">f8"), np.float64),
        (np.array([1, 2], ">f4"), np.float32),
        (3, np.float64),
    ],
)
def test_everything_becomes_float64_but_float32(value, dtype):
    assert checks.finite_array(value, "x").dtype == dtype


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1.0, np.nan], r"^x must hold finite numbers only, but x\[1\] is nan\.$"),
        ([[np.inf, 1.0], [-np.inf, 1.0]], r"but x\[0, 0\] is inf \(2 such entries\)"),
        (np.nan, r"^x must hold finite numbers only, but it is nan\.$"),
        ([], r"^x must hold at least one number, but its shape is \(0,\)\.$"),
        (np.zeros((0, 3)), r"its shape is \(0, 3\)"),
        (None, "must hold real numbers, but holds values of type object"),
    ],
)
def test_no_finite_array(value, message):
    with pytest.raises(ValueError, match=message):
        checks.finite_array(value, "x")


def test_another_shape_is_refused_but_a_free_length_may_be_anything_but_0():
    wanted = ("n_samples", 2)
    for shape in ((), (2,), (3, 2, 1), (2, 3)):
        told = said(checks.finite_array, np.ones(shape), "x", wanted)
        assert told.startswith("x must have shape (n_samples, 2), but its shape is")
    for n in (1, 5):
        checks.finite_array(np.ones((n, 2)), "x", wanted)
    with pytest.raises(ValueError, match="at least one number"):
        checks.finite_array(np.ones((0, 2)), "x", wanted)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 1, 3], r"must lie in 0, 1, \.\.\., 2 \(one of 3 classes\), but entry 2 is 3"),
        ([0, -1, 2], "but entry 1 is -1"),
        ([0, 1], r"must have shape \(3,\), but its shape is \(2,\)"),
        ([[0], [1], [2]], r"its shape is \(3, 1\)"),
        ([0.0, 1.0, 2.0], "must be integers, .* but are floats"),
        ([True, False, True], "but are booleans"),
    ],
)
def test_no_class_labels(labels, message):
    with pytest.raises(ValueError, match=message):
        checks.class_labels(labels, "labels", n_samples=3, n_classes=3)


def test_one_number_or_labels_of_any_type():
    for dtype in (np.uint8, np.int32, np.int64, np.uint64):
        labels = np.array([0, 2, 1], dtype)
        assert checks.class_labels(labels, "labels", 3, 3) is labels
    for value in (2, 2.0, np.float32(2), np.int64(2), np.array(2.0), np.array([2])):
        number = checks.number_in(value, "rate", "(0, inf)")
        assert (number, type(number)) == (2, float)
    for value in (np.nan, np.inf, True, "2", None, 2j, [1, 2], np.ones(2)):
        told = said(checks.finite_number, value, "rate")
        assert told.startswith("rate must be one finite real number, but is")


@pytest.mark.parametrize(
    ("within", "inside", "outside", "words"),
    [
        ("[0, 1]", [0, 1], [-0.1, 1.1], "lie in [0, 1]"),
        ("[0, 1)", [0, 0.9], [1], "lie in [0, 1)"),
        ("(0, 1]", [0.1, 1], [0], "lie in (0, 1]"),
        ("(0, 1)", [0.1, 0.9], [0, 1], "lie in (0, 1)"),
        ("(0, inf)", [5e-324, 1e300], [0, -1], "be greater than 0"),
        ("[0, inf)", [0, 1e300], [-0.5], "be at least 0"),
        ("(-inf, 0)", [-1], [0, 1], "be less than 0"),
        ("(-inf, 2]", [2], [2.1], "be at most 2"),
        ("[1, 1e+12]", [1, 1e12], [0.5, 2e12], "lie in [1, 1e+12]"),
    ],
)
def test_intervals(within, inside, outside, words):
    for value in inside:
        assert checks.number_in(value, "decay", within) == value
        assert looked(array(within=within), [value], "decay") == [value]
    for value in outside:
        assert said(checks.number_in, value, "decay", within) == (
            f"decay must {words}, but is {value:g}."
        )
        assert said(looked, array(within=within), [inside[0], value], "decay") == (
            f"decay must {words}, but one of its numbers is {value:g}."
        )
        assert said(looked, array(within=within), value, "decay").endswith(f"but is {value:g}.")
    assert looked(number(within), inside[0], "decay") == inside[0]


def test_whole_numbers():
    assert checks.whole_number(np.int64(3), "n") == 3
    assert checks.whole_number(0, "n", at_least=0) == 0
    for value in (0, -1, 1.0, True, "1", None, np.ones(2, int)):
        with pytest.raises(ValueError, match="n must be an integer of at least 1, but is"):
            checks.whole_number(value, "n")
    assert checks.whole_number(10**12, "n", at_most=10**12) == 10**12
    assert type(checks.whole_number(np.array(3), "n")) is int
    told = said(checks.whole_number, np.array(3.0), "n")
    assert told == "n must be an integer of at least 1, but is 3.0."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (10**10, "at most 1,000,000,000, but is 10000000000"),
        (10**400, "at most 1,000,000,000, but is a number of about 400 digits"),
        (10**5000, "at most 1,000,000,000, but is a number of about 5000 digits"),
        (-(10**400), "at least 1, but is a negative number of about 400 digits"),
    ],
    ids=["eleven digits", "400 digits", "5,000 digits", "negative"],
)
def test_whole_numbers_that_no_computer_could_count_to(number, words):
    with pytest.raises(ValueError, match=f"n must be an integer of {words}."):
        checks.whole_number(number, "n")
    with pytest.raises(ValueError, match="rate must be one finite real number") as caught:
        checks.finite_number(10**400 * number, "rate")
    assert len(str(caught.value)) < 100


def test_long_doubles_beyond_float64_are_no_finite_numbers_and_nothing_masked_is_uncovered():
    for value in (np.longdouble("1e4000"), np.array(np.longdouble("1e4000"))):
        told = said(checks.finite_number, value, "rate")
        assert told.startswith("rate must be one finite real number, but is")
        told = said(checks.finite_array, value, "x")
        assert told.startswith("x must hold finite numbers only, but it is inf")
    hidden = np.ma.array([1.0, 2.0], mask=[False, True])
    with pytest.raises(ValueError, match="x must not be masked"):
        checks.finite_array(hidden, "x")
    for value in (np.ma.masked, hidden[1:]):
        with pytest.raises(ValueError, match="rate must be one finite real number"):
            checks.finite_number(value, "rate")
    with pytest.raises(ValueError, match="n must be an integer"):
        checks.whole_number(np.ma.array(3, mask=True), "n")
    np.testing.assert_array_equal(checks.finite_array(np.ma.array([1, 2]), "x"), [1, 2])


def said(function, *args, **options):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - the caller compares all the words
        function(*args, **options)
    return str(told.value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (["a"], "text"), ([b"a"], "bytes"), ([1j], "complex numbers"), ([True], "booleans"),
        (np.array(["2001-01-01"], "datetime64[D]"), "dates"),
        (np.array([1], "timedelta64[D]"), "times"), ([None], "values of type object"),
    ],
)  # fmt: skip
def test_arrays_of_something_else_are_told_by_their_kind(value, kind):
    assert said(checks.real_array, value, "x").startswith(
        f"x must hold real numbers, but holds {kind}"
    )


def test_symmetric_matrices():
    good = [[2.0, 1.0], [1.0, -3.0]]
    assert symmetric_matrix(good, "h").tolist() == good
    assert symmetric_matrix(np.zeros((2, 2)), "h").tolist() == [[0, 0], [0, 0]]
    large = 1e200 * np.array([[2.0, 1.0], [1.0, 3.0]])
    assert symmetric_matrix(large, "h", positive=True) is large
    tiny = [[1e-9, 0], [0, 1e-9]]
    assert symmetric_matrix(tiny, "h", positive=True).tolist() == tiny
    shape = "h must have shape (d, d), but its shape is (2,)."
    assert said(symmetric_matrix, [1.0, 2.0], "h") == shape
    assert said(symmetric_matrix, [[1.0, 2.0]], "h") == (
        "h must have shape (d, d), but its shape is (1, 2)."
    )
    for off in (2.0, 1.0 + 1e-4, -1.0):
        assert said(symmetric_matrix, [[1.0, 1.0], [off, 1.0]], "h") == (
            "h must be symmetric, but differs from its transpose."
        )
    symmetric_matrix([[1.0, 1.0], [1.0 + 1e-9, 1.0]], "h")
    for smallest in (-1.0, 0.0):
        assert said(symmetric_matrix, np.diag([5.0, smallest]), "h", positive=True) == (
            "h must have positive eigenvalues only, but one is not positive."
        )
    symmetric_matrix(np.diag([5.0, 0.5]), "h", positive=True)


def test_limits_of_numbers():
    assert checks.number_in(1, "n", "(0, inf)") == 1
    assert checks.number_in(5e-324, "n", "(0, inf)") == 5e-324
    assert math.copysign(1, checks.finite_number(-0.0, "n")) == 1
    assert checks.finite_number(10**24, "operations") == 1e24
    taken = [10_000, -10_000, np.int64(2), -1, 1]
    assert [require_workers(n, "n_jobs") for n in taken] == taken
    for n in (10_001, -10_001, 0, 1.5, True, None):
        assert said(require_workers, n, "n_jobs") == (
            f"n_jobs must be an integer other than 0, from -10,000 to 10,000, but is {n}."
        )
    checks.require_room(10**9, "sizes")
    assert "sizes must not ask for more than" in said(checks.require_room, 10**9 + 1, "sizes")
    assert said(checks.require_room, 10**300, "n").endswith(
        "would need a number of about 300 digits."
    )
    assert said(checks.require_room, 10**299, "n").endswith("would need 1e+299.")


def test_flags_texts_and_lists():
    for value in ([1, 2], (1, 2), range(1, 3), np.array([1, 2])):
        assert checks.listed(value, "sizes") == [1, 2]
    for value in (None, "12", {1, 2}, {1: 2}, iter([1]), 3, np.ones((2, 2))):
        assert said(checks.listed, value, "sizes").startswith("sizes must be a list, but is")
    assert checks.a_flag(True, "bias") is True
    assert checks.a_flag(np.False_, "bias") is False
    assert said(checks.a_flag, 1, "bias") == "bias must be True or False, but is 1."
    assert type(checks.a_text(np.str_("one"), "label")) is str
    assert type(checks.known_name(np.str_("a"), "name", ("a", "b"))) is str
    assert said(checks.known_name, ["a"], "name", {"a": 1}).endswith("but is ['a'].")
    assert said(checks.a_text, b"one", "label") == "label must be text, but is b'one'."
    assert checks.a_function(abs, "f") is abs
    assert checks.an_instance("x", "label", str) == "x"
    assert said(checks.an_instance, 2, "o", OSError).startswith("o must be an OSError")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (2.5, "2.5"), (np.float64(2.5), "2.5"), (np.array([3]), "3"), ("a", "'a'"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"), (10**30, "a number of about 30 digits"),
        (abs, "<built-in function abs>"),
        (10**30 - 1, "9" * 30), (-(10**40), "a negative number of about 40 digits"),
        (object(), "of type object"), ("x" * 58, "'" + "x" * 58 + "'"),
        ("x" * 59, "'" + "x" * 56 + "..."), ([10**5000], "of type list"),
    ],
)  # fmt: skip
def test_values_are_shown_in_a_few_words(value, words):
    assert checks.shown(value) == words


def test_ragged_lists_are_shown_and_other_kinds_of_arrays_hide_nothing():
    assert said(checks.real_array, [[1], [2, 3]], "x") == (
        "x must be an array of numbers with rows of equal length, but is [[1], [2, 3]]."
    )
    other = np.array([1.0, 2.0]).view(type("Sub", (np.ndarray,), {}))
    assert type(checks.real_array(other, "x")) is np.ndarray


@dataclasses.dataclass
class Pair:
    one: object
    two: object


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_infinities_are_found_wherever_they_are(bad):
    for make in (
        float, np.float32, np.array, lambda x: np.array([1.0, x]), lambda x: np.float32([x]),
        lambda x: (1, x), lambda x: [1.0, [x]], lambda x: {"a": 1.0, "b": x},
        lambda x: Pair(1.0, x), lambda x: Pair(x, "a"), lambda x: Pair([x], 1),
    ):  # fmt: skip
        assert checks.all_finite(make(1.0))
        assert not checks.all_finite(make(bad))
    assert checks.all_finite(np.array([1e200, -1e200]))  # whose squares are not finite
    assert checks.all_finite(np.array([1, 2]))
    assert checks.all_finite("nan")
    assert checks.all_finite(None)
