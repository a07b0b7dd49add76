"""Tests of `mathdl.faq.stopping`."""

import math

import hypothesis
import hypothesis.strategies as st
import pytest

from mathdl.faq import (
    first_not_finite,
    stop_early,
)

NAN = float("nan")


@hypothesis.given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.integers(1, 5))
def test_stopping_early_keeps_the_best_until_patience_ends(losses, patience):
    best, stopped = stop_early(losses, patience)
    assert losses[best] == min(losses[: stopped + 1])
    assert best <= stopped <= best + patience
    assert stopped == len(losses) - 1 or stopped == best + patience


def test_of_equal_losses_the_first_is_the_best():
    assert stop_early([1.0, 0.5, 0.5, 0.5, 0.5], 2) == (1, 3)


@pytest.mark.parametrize(
    ("losses", "patience", "words"),
    [
        ([], 1, "validation_losses must hold at least one"),
        ([[1.0]], 1, r"validation_losses must have shape \(n_epochs,\)"),
        ([NAN], 1, "validation_losses must hold finite"),
        ([1.0], 0, "patience must be an integer of at least 1"),
    ],
)
def test_stop_early_refuses(losses, patience, words):
    with pytest.raises(ValueError, match=words):
        stop_early(losses, patience)


def test_the_first_loss_that_is_not_finite():
    assert first_not_finite([1.0, 2.0]) is None
    assert first_not_finite([1.0, math.inf, NAN]) == 1
    assert first_not_finite([NAN]) == 0


@pytest.mark.parametrize("losses", [[], [[1.0]], ["a"], 1.0])
def test_first_not_finite_refuses(losses):
    with pytest.raises(ValueError, match="losses must"):
        first_not_finite(losses)
