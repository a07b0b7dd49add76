"""Tests of `mathdl.backward.costs`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import multiply_adds
from mathdl.forward import initialize, n_parameters
from tests.networks import SIZES


class Counting:
    """A number that counts the multiplications done with it."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        Counting.count += 1
        return Counting(self.value * other.value)

    def __add__(self, other):
        return Counting(self.value + getattr(other, "value", other))

    __radd__ = __add__


@pytest.mark.equation("backward-cost")
@given(sizes=SIZES, n_samples=st.integers(1, 3))
def test_multiply_adds_are_those_of_the_matrix_products(sizes, n_samples):
    layers = initialize(sizes, rng=np.random.default_rng(0))
    count = multiply_adds(sizes, n_samples=n_samples)
    Counting.count = 0
    as_counting = np.vectorize(Counting, otypes=[object])
    x = as_counting(np.ones((n_samples, sizes[0])))
    hs = [x]
    for layer in layers:
        hs.append(hs[-1] @ as_counting(layer.weights).T)
    assert Counting.count == count.forward
    Counting.count = 0
    for number in reversed(range(len(layers))):
        upstream = hs[number + 1]
        _ = upstream.T @ hs[number]
        if number > 0:
            _ = upstream @ as_counting(layers[number].weights)
    assert Counting.count == count.backward
    parameters = n_parameters(layers)
    assert count.reverse_mode == count.forward + count.backward <= 3 * count.forward
    assert count.forward_mode == 3 * parameters * count.forward
    assert count.forward_differences == (parameters + 1) * count.forward
    assert count.central_differences == 2 * parameters * count.forward


def test_multiply_adds_of_as_many_samples_as_are_taken():
    assert multiply_adds([3, 2], n_samples=10**15).forward == 6 * 10**15
