"""Tests of `mathdl.faq.scaling`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.faq import Scaling, standardize
from tests.networks import SEEDS


@pytest.mark.equation("faq-standardize")
@hypothesis.given(SEEDS, st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_standardized_columns_have_mean_0_and_deviation_1(seed, shift, scale):
    x = shift + scale * np.random.default_rng(seed).normal(size=(30, 3))
    scaled = standardize(x)(x)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-6)


def test_columns_are_scaled_each_by_itself_at_any_size_and_constant_ones_to_zero():
    x = np.full((7, 2), [0.1, 1e6])
    np.testing.assert_array_equal(standardize(x)(x).round(6), 0)
    assert np.isfinite(standardize(x)(x)).all()
    with pytest.raises(ValueError, match="deviation must be greater than 0 everywhere, but is 0"):
        Scaling([1.0, 2.0], [1.0, 0.0])
    signs = np.array([[1.0], [-1.0]])
    np.testing.assert_allclose(
        standardize(signs * [1e8, 1e-8])(signs * [1e8, 1e-8]), signs * [1, 1]
    )
    np.testing.assert_allclose(standardize(1e308 * signs)(1e308 * signs), signs)
    smallest = np.array([[5e-324], [0.0]])  # its deviation is 0 in floats
    np.testing.assert_array_equal(standardize(smallest)(smallest), smallest)
