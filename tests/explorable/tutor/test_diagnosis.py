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


def endless(x):
    return endless(x)


def silent(x):
    raise ValueError


async def awaited(x):
    return 2 * x


def stopped(x):
    raise KeyboardInterrupt


def message(answer, right=lambda x: 2 * x, *cases):
    """Return the verdict on an answer, without its first line."""
    fresh = lambda rng: (float(rng.integers(9, 99)),)  # noqa: E731
    named = [Case(about, (value,)) for about, value in cases or [("a number", 3.0)]]
    task = Task("book", right, ("the number",), tuple(named), fresh=fresh, mistakes=(), adds="")
    return judged("double", task, answer).message.split("\n", 1)[1].rstrip()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            endless,
            "Try double(3).\nThe function calls itself without end. It comes from the line "
            "`return endless(x)`.",
        ),
        (
            silent,
            "Try double(3).\nThe function raises ValueError. It comes from the line "
            "`raise ValueError`.",
        ),
        (
            awaited,
            "Try double(3).\nThe number should be a number, not something of type coroutine.",
        ),
        (
            stopped,
            "Try double(3).\nIt was stopped before a result came: does a loop not come to an end?",
        ),
        (lambda x: 9 if x == 3 else 2 * x, "Try double(3).\nThe number is 9 and should be 6."),
        (lambda x: {}.get(x), "Try double(3).\nIt returns None: is a return missing?"),
        (lambda x, y: x, "It should take the arguments of double(x), but takes (x, y)."),
    ],
)
def test_a_fault_is_said_with_the_example_that_shows_it(answer, said):
    assert message(answer) == said


def test_what_was_checked_is_listed():
    def double(x):
        return 2 * x

    some = [("a number", 3.0), ("zero", 0.0), ("a third", 1 / 3)]
    end = "and with fresh examples drawn at random."
    assert message(double, double) == f"Checked with a number, {end}"
    assert message(double, double, *some) == f"Checked with a number, zero and a third, {end}"
    assert message(double, double, ("a, b", 1.0), *some[1:2]) == f"Checked with a, b; zero, {end}"
