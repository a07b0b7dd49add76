"""A layer's product, number by number."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from explorable.drawing.toolkit import MUTED, ONE, TWO
from mathdl.forward import affine
from mathdl.forward.figures import product
from mathdl.forward.products import products, worked_example
from tests.explorable.drawing.artists import words


def test_other_fractions_are_refused():
    with pytest.raises(ValueError, match="multiple of 1/4"):
        product.quarters(0.3)


def test_a_product_shows_every_entry_and_tints_open_neurons(axes):
    x, layer = worked_example()
    z = affine(x, layer.weights, layer.bias)
    picture = product.draw_product(axes, x, layer)
    for row, column in np.ndindex(z.shape):
        text, shade = picture.sums[row][column], picture.shades[row][column]
        assert text.get_text() == product.quarters(z[row, column])
        assert (shade.get_alpha() > 0) == (z[row, column] > 0)
        assert (text.get_color() == MUTED) == (z[row, column] <= 0)
        assert shade.get_xy() == (text.get_position()[0] - 0.5, text.get_position()[1] - 0.5)
    assert {"10", "Wᵀ  (3, 10)", "b  (10,)", "x  (2, 3)", "z  (2, 10)"} <= set(words(axes))


def test_a_running_sum_ends_at_what_relu_gives(axes):
    x, layer = worked_example()
    terms = products(x, layer.weights, layer.bias)
    picture = product.draw_running_sum(axes, terms[0, 0], limit=10.5)
    for line in terms.reshape(-1, 4):
        picture.move(line, 4)
        for bar, term in zip(picture.bars, line, strict=True):
            assert bar.get_height() == abs(term)
            assert to_hex(bar.get_facecolor()) == (ONE if term >= 0 else TWO)
        assert picture.result.get_ydata() == [max(line.sum(), 0)]
        ends = np.cumsum([0, *line])
        for bar, start, end in zip(picture.bars, ends, ends[1:], strict=False):
            assert [bar.get_bbox().y0, bar.get_bbox().y1] == sorted([start, end])
        assert abs(np.cumsum(line)).max() < 10
        picture.move(line, 2)
        assert [bar.get_height() for bar in picture.bars[2:]] == [0, 0]
        assert len(picture.result.get_xdata()) == 0
        assert picture.output.get_text() == ""


def test_a_column_bias_is_drawn_signed_with_a_white_diagonal(axes):
    bias = np.array([1.0, -2, 0.5])
    product.draw_column_bias(axes, bias[:, None] - bias)
    picture = axes.images[0].get_array()
    assert picture[..., 3].diagonal().tolist() == [0, 0, 0]
    assert to_hex(picture[0, 1, :3]) == ONE  # 1 − (−2) is too large
    assert to_hex(picture[1, 0, :3]) == TWO
    assert axes.get_ylim() == (3.5, 0.5)  # the first sample on top, as in a matrix
