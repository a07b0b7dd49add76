"""The square: a worked value, a property over random shapes, and each refusal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.sample_chapter import sample_chapter


@pytest.mark.equation("sample-chapter-square")
def test_a_worked_value():
    assert sample_chapter([3.0]) == [9.0]  # three rows of three


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5))
def test_a_square_does_not_know_the_sign(numbers):
    np.testing.assert_array_equal(sample_chapter(numbers), sample_chapter(np.negative(numbers)))


def test_a_table_is_refused():
    with pytest.raises(ValueError, match=r"x must have shape \(n_samples,\)"):
        sample_chapter([[1.0]])
