"""Tests of `mathdl.faq.stopping`."""

import hypothesis
import hypothesis.strategies as st

from mathdl.faq import stop_early


@hypothesis.given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.integers(1, 5))
def test_stopping_early_keeps_the_best_until_patience_ends(losses, patience):
    best, stopped = stop_early(losses, patience)
    assert losses[best] == min(losses[: stopped + 1])
    assert best <= stopped <= best + patience
    assert stopped == len(losses) - 1 or stopped == best + patience


def test_of_equal_losses_the_first_is_the_best():
    assert stop_early([1.0, 0.5, 0.5, 0.5, 0.5], 2) == (1, 3)
