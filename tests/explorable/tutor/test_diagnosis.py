"""When a wrong answer is given the name of a known mistake."""

import itertools

import numpy as np
import pytest

from explorable.tutor.diagnosis import judged
from explorable.tutor.task import TITLES, Case, Mistake, Task


@pytest.fixture(autouse=True)
def book(monkeypatch):
    monkeypatch.setitem(TITLES, "book", "The book")


def called(answer, right, wrong, *cases, fresh=None):
    """Judge an answer where one mistake is known; return what the verdict calls it."""
    numbers = itertools.count(10)
    task = Task(
        chapter="book",
        right=right,
        returns=("the number",),
        cases=tuple(Case("a number", (case,)) for case in cases),
        fresh=fresh or (lambda rng: (next(numbers),)),
        mistakes=(Mistake("squared", "Each number is doubled.", (wrong,)),),
        adds="",
    )
    return judged("double", task, answer).name


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (lambda x: x * x + (x % 5 >= 4), "squared"),
        (lambda x: x * x + (x % 5 >= 3), "not right"),
        (lambda x: x * x + (x == 5), "not right"),
    ],
)
def test_all_of_the_tasks_own_and_three_quarters_of_other_examples_are_alike(answer, name):
    assert called(answer, lambda x: 2 * x, lambda x: x * x, 6, 5) == name


def raising(text, until=np.inf):
    def answer(x):
        if x < until:
            raise ValueError(text)
        return x * x

    return answer


@pytest.mark.parametrize(
    ("text", "until", "name"),
    [("a", np.inf, "squared"), ("b", np.inf, "not right"), ("b", 10, "squared")],
)
def test_where_all_examples_raise_the_same_has_to_be_said(text, until, name):
    assert called(raising(text, until), lambda x: 2 * x, raising("a", until), 5, 6) == name


def test_no_mistake_is_named_where_the_result_is_right():
    def answer(x):
        total = x.sum()
        x[0] = 0
        return total

    fresh = lambda rng: (np.ones(3),)  # noqa: E731
    assert called(answer, np.sum, lambda x: abs(x).sum(), np.ones(2), fresh=fresh) == "not right"
