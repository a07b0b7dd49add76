"""Tests of `mathdl.faq.activation_table`."""

import numpy as np
import pytest

from mathdl.faq import dead_units, slope_product
from mathdl.forward import Layer


def test_dead_units_are_those_without_a_slope():
    hidden = Layer([[1.0], [1.0], [-1.0]], [0.0, -9.0, 0.0], "relu")
    layers = [hidden, Layer(np.ones((1, 3)), [0.0])]
    assert dead_units(layers, [[1.0], [2.0]]) == pytest.approx(2 / 3)
    assert dead_units(layers, [[1.0], [-2.0]]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("function", [slope_product, dead_units])
def test_functions_of_hidden_layers_refuse(function):
    single = [Layer([[1.0]], [0.0])]
    with pytest.raises(ValueError, match="at least one hidden layer"):
        function(single, [[1.0]])
