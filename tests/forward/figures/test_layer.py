"""A layer as a network of lines."""

import numpy as np
from matplotlib.colors import to_hex

from explorable.drawing.toolkit import ONE, TWO
from mathdl.forward import Layer
from mathdl.forward.figures import draw_layer
from tests.explorable.drawing.artists import words

X, LAYER = np.array([1.0, 2.0, 3.0]), Layer([[0.5, -1, 0.5], [-1, 0.5, 0]], [0.25, 0.5], "relu")


def thickness(line):
    (_, low), _, _, (_, high), *_ = line.get_xy()
    return high - low


def test_all_numbers_stand_in_the_picture_and_a_closed_neuron_is_not_tinted(axes):
    picture = draw_layer(axes, X, LAYER)
    assert {"1", "2", "3", "−1", "0.5", "0", "0.25", "W (2, 3)"} <= set(words(axes))
    assert picture.shade.get_alpha() > 0
    picture.move(np.array([1.0, -1.0, 0.0]), -0.75, 0.0)
    assert picture.shade.get_alpha() == 0


def test_lines_are_as_thick_as_weights_are_large_and_coloured_by_their_sign(axes):
    picture = draw_layer(axes, X, LAYER)
    picture.move(np.array([-2.0, 1.0, 0.0]), -1.0, 0.0)
    positive, negative = np.transpose(
        [[thickness(line) for line in pair] for pair in picture.lines]
    )
    assert positive[0] == positive[2] == negative[1] == negative[2] == 0
    assert negative[0] == 2 * positive[1] > 0
    for pair in picture.lines:
        assert [to_hex(line.get_facecolor()) for line in pair] == [ONE, TWO]
