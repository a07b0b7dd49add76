"""In which words a result is told from the right one."""

import numpy as np
import pytest

from explorable.tutor.comparing import described, difference

ONES, MATRIX = np.ones(2), np.ones((2, 2))
MASKED = np.ma.masked_array(ONES, [True, False])
NUMBER = "The answer should be a number, not "
WHETHER = "The answer should be True or False, not "
ARRAY = "The answer should be an array of shape (2,), not "
LISTS = "The answer should be a list of 2 arrays, not "


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        (1.0 + 1e-9, 1.0, None),
        (1.0 + 1e-7, 1.0, "The answer is 1.0000001 and should be 1."),
        (2.0, 1.0, "The answer is 2 and should be 1."),
        (np.inf, 0.5, "The answer is ∞ and should be 0.5."),
        ([[1.0]], 1.0, None),
        (None, 1.0, NUMBER + "None."),
        ("1", 1.0, NUMBER + "something of type str."),
        ((n for n in "1"), 1.0, NUMBER + "a generator."),
        (ONES, 1.0, NUMBER + "an array of shape (2,)."),
        ([1.0], True, WHETHER + "a list of 1 thing."),
        (1, True, WHETHER + "the number 1."),
        (np.array(["a", "b"]), ONES, ARRAY + "an array of type <U1 of shape (2,)."),
        (np.array(["1", "1"], object), ONES, ARRAY + "an array of type object of shape (2,)."),
        (3, ONES, ARRAY + "the number 3."),
        (True, ONES, ARRAY + "True."),
        (MATRIX, ONES, ARRAY + "an array of shape (2, 2)."),
        (MASKED, ONES, ARRAY + "a masked array of shape (2,)."),
        ((1, 2, object()), ONES, ARRAY + "a tuple of 3 things."),
        ([1, 1], ONES, None),
        (
            ONES,
            np.array([True, True]),
            "The answer should hold True and False, not float64.",
        ),
        (ONES, np.array([1, 1]), "The answer should hold whole numbers, not float64."),
        (np.array([True, True]), ONES, "The answer should hold numbers, not bool."),
        (
            ONES.astype(np.float16),
            ONES,
            "Half precision (float16) has too few digits to be checked: return the answer in "
            "float64.",
        ),
        (ONES.astype(np.float32) * np.float32(1 + 5e-5), ONES, None),
        (MATRIX + np.eye(2)[::-1], MATRIX, "Entry [0, 1] of the answer is 2 and should be 1."),
        ([np.inf, np.nan], np.array([np.inf, np.nan]), None),
        ([ONES, ONES], [ONES, ONES], None),
        ([ONES, 2 * ONES], [ONES, ONES], "Entry [0] of the answer[1] is 2 and should be 1."),
        ([ONES], [ONES, MATRIX], LISTS + "a list of 1 thing."),
        (3, [ONES, MATRIX], LISTS + "the number 3."),
        (ONES, [ONES], "The answer should be a list of one array, not an array of shape (2,)."),
    ],
)
def test_one_result(got, expected, said):
    assert difference(got, expected, ["the answer"], precision=1e-8) == said


@pytest.mark.parametrize(
    ("got", "said"),
    [
        ((1.0, ONES), None),
        ([1.0, [1, 1]], None),
        ((ONES, 1.0), "It returns (b, the loss); the order should be (the loss, b)."),
        ((2.0, ONES), "The loss is 2 and should be 1."),
        ((1.0, 2 * ONES), "Entry [0] of b is 2 and should be 1."),
        (1.0, "It returns the loss alone; it should return (the loss, b)."),
        (ONES, "It returns b alone; it should return (the loss, b)."),
        (3.0, "It should return (the loss, b), but it returns the number 3."),
        (2 * ONES, "It should return (the loss, b), but it returns an array of shape (2,)."),
        ((1.0, ONES, ONES), "It should return (the loss, b), but it returns a tuple of 3 things."),
    ],
)
def test_several_results(got, said):
    assert difference(got, (1.0, ONES), ["the loss", "b"], precision=1e-8) == said


def test_rows_of_an_array_are_several_results_and_lists_of_arrays_one():
    assert difference(MATRIX, (ONES, ONES), ["a", "b"], precision=1e-8) is None
    lists, matrices = ([MATRIX, MATRIX], [ONES, ONES]), [2 * MATRIX, 2 * MATRIX]
    for several in (lists, list(lists)):
        assert difference(several, lists, ["W", "b"], precision=1e-8) is None
    for got, name in zip(lists, ("W", "b"), strict=True):
        said = difference(got, lists, ["W", "b"], precision=1e-8)
        assert said == f"It returns {name} alone; it should return (W, b)."
    said = difference(matrices, lists, ["W", "b"], precision=1e-8)
    assert said == "It should return (W, b), but it returns a list of 2 things."


def test_small_numbers_of_large_ones_are_compared_by_what_they_came_from():
    assert difference(1e-13, 0.0, ["a"], precision=1e-8, size=1.0) is None
    assert difference(1e-11, 0.0, ["a"], precision=1e-8, size=1.0)
    assert described(...) == "Ellipsis"
