"""Tests of `mathdl.outlook.budget`."""

import hypothesis
import hypothesis.strategies as st

from mathdl import outlook


@hypothesis.given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_intensity_grows_with_the_batch_and_stays_below_its_limit(batch, n, m):
    now, more = (outlook.arithmetic_intensity(b, n, m) for b in (batch, batch + 1))
    assert now < more < 2 * n * m / (4 * (n + m))
