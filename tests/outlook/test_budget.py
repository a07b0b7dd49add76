"""Tests of `mathdl.outlook.budget`."""

import hypothesis
import hypothesis.strategies as st

from mathdl import outlook


@hypothesis.given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_intensity_grows_with_the_batch_and_stays_below_its_limit(batch, n, m):
    now, more = (outlook.arithmetic_intensity(b, n, m) for b in (batch, batch + 1))
    assert now < more < 2 * n * m / (4 * (n + m))


def test_a_batch_of_one_in_16_bits_reaches_half_a_per_cent_of_the_peak():
    intensity = outlook.arithmetic_intensity(1, 4096, 4096, bytes_per_number=2)
    share = outlook.attainable(intensity, 312e12, 1.555e12) / 312e12
    assert f"{share:.2%}" == "0.50%"
    assert f"{3 * share / 0.4:.3f}" == "0.037"  # answers cost as much as the training, in D
