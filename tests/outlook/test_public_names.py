"""What `mathdl.outlook` publishes."""

import numpy as np

from mathdl import outlook
from mathdl.forward import Layer


def test_accuracy_counts_the_largest_logits():
    layers = [Layer(np.eye(3), np.zeros(3))]
    x = np.array([[1.0, 0, 0], [0, 2, 1], [0, 0, 1], [5, 4, 3]])
    assert outlook.accuracy(layers, x, np.array([0, 1, 1, 0])) == 0.75


def test_the_published_names_are_there():
    assert set(outlook.__all__) <= set(dir(outlook))
