"""Pieces, folds and their number."""

import numpy as np
import pytest

from mathdl.forward import Layer
from mathdl.forward.figures.regions import draw_arrangement, draw_folding
from mathdl.forward.regions import activation_pattern
from tests.explorable.drawing.artists import words


def test_every_piece_carries_its_own_pattern(axes):
    layer = Layer([[1.0, 0.2], [-0.3, -0.9], [-0.9, 0.4], [0.7, 0.7]], [0.3, -0.8, -0.9, 0.3],
                  "relu")  # fmt: skip
    draw_arrangement(axes, [layer], patterns=True)
    assert len(axes.texts) == len(set(words(axes))) == 11
    for text in axes.texts:
        pattern = activation_pattern([layer], [text.get_position()])[0]
        assert text.get_text() == "".join("01"[int(neuron)] for neuron in pattern)
    assert len(axes.collections) == 4


@pytest.mark.parametrize("n_folds", [0, 1, 2, 3])
def test_folding_mirrors_one_line_four_times_a_fold(axes, n_folds):
    reader = Layer([[1.0, 0.5]], [-0.3], "relu")
    draw_folding(axes, n_folds, reader)
    line = axes.collections[-1].get_paths()[0]
    fold = 1.0
    x = line.vertices
    for _ in range(n_folds):
        x, fold = 2 * np.abs(x) - 1, 2 * fold
    assert abs(x @ reader.weights[0] + reader.bias[0]).max() < 0.02 * fold
    creases = {
        line.get_xdata()[0] for line in axes.lines if line.get_xdata()[0] == line.get_xdata()[1]
    }
    half = 2.0 ** (n_folds - 1)
    assert creases == set((np.arange(1 - half, half) / half).tolist())
