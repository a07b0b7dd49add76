"""The figures of the chapter on the forward pass show what the kernels compute."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from mathdl.figures.forward.digits import (
    draw_picture,
    draw_probabilities,
    draw_units,
    draw_weight_tiles,
)
from mathdl.figures.forward.product import (
    draw_column_bias,
    draw_product,
    draw_running_sum,
    draw_shapes,
    place_frame,
    quarters,
)
from mathdl.figures.forward.regions import draw_arrangement, draw_folding, draw_region_growth
from mathdl.figures.forward.signals import draw_signal_pair, draw_signals, move_signal
from mathdl.forward import Layer, affine
from mathdl.forward.products import products, worked_example
from mathdl.forward.regions import activation_pattern, deep_region_bound, max_regions
from mathdl.plotting import MUTED, ONE, THREE, TWO, panels


@pytest.fixture
def axes():
    return panels(1)[1]


def words(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.25, "¼"), (-0.5, "−½"), (2.75, "2¾"), (-6.5, "−6½"), (12, "12"), (-1, "−1")],
)
def test_quarters_are_written_as_on_paper(value, written):
    assert quarters(value) == written


def test_other_fractions_are_refused():
    with pytest.raises(ValueError, match="multiple of 1/4"):
        quarters(0.3)


def test_a_product_shows_every_entry_and_tints_open_neurons(axes):
    x, layer = worked_example()
    z = affine(x, layer.weights, layer.bias)
    picture = draw_product(axes, x, layer)
    for row, column in np.ndindex(z.shape):
        text, shade = picture.sums[row][column], picture.shades[row][column]
        assert text.get_text() == quarters(z[row, column])
        assert (shade.get_alpha() > 0) == (z[row, column] > 0)
        assert (text.get_color() == MUTED) == (z[row, column] <= 0)
        assert shade.get_xy() == (text.get_position()[0] - 0.5, text.get_position()[1] - 0.5)
    shown = words(axes)
    assert [shown.count(f"{i}") > 0 for i in range(1, 11)] == [True] * 10
    assert {"Wᵀ  (3, 10)", "b  (10,)", "x  (2, 3)", "z  (2, 10)"} <= set(shown)


def test_an_entry_stands_in_the_row_of_its_sample_and_the_column_of_its_neuron(axes):
    x, layer = worked_example()
    picture = draw_product(axes, x, layer)
    (left, top), (_, down) = picture.origins["weights"], picture.origins["x"]
    assert picture.origins["z"] == (left, down)
    assert picture.origins["bias"][0] == left
    assert top < picture.origins["bias"][1] < down
    assert not picture.row.get_visible()
    place_frame(picture.row, (0, down), 3, 1)
    assert picture.row.get_visible()
    assert picture.row.get_bbox().extents.tolist() == [0, down, 3, down + 1]


def test_shapes_pick_out_one_row_one_column_and_one_entry(axes):
    draw_shapes(axes, 2, 3, 10, entry=(1, 2))
    boxes = {
        to_hex(patch.get_edgecolor()): patch.get_bbox()
        for patch in axes.patches
        if patch.get_linewidth() == 2
    }
    row, column, entry = boxes[THREE], boxes[TWO], boxes[ONE]
    assert (row.width, row.height) == (3, 1)
    assert (entry.width, entry.height) == (1, 1)
    assert (entry.y0, entry.x0) == (row.y0, column.x0)


def test_a_running_sum_ends_at_what_relu_gives(axes):
    x, layer = worked_example()
    terms = products(x, layer.weights, layer.bias)
    picture = draw_running_sum(axes, terms[0, 0], limit=10.5)
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
    draw_column_bias(axes, bias[:, None] - bias)
    picture = axes.images[0].get_array()
    assert picture[..., 3].diagonal().tolist() == [0, 0, 0]
    assert to_hex(picture[0, 1, :3]) == ONE  # 1 − (−2) is too large
    assert to_hex(picture[1, 0, :3]) == TWO
    assert axes.get_ylim() == (3.5, 0.5)  # the first sample on top, as in a matrix


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


def test_growth_compares_the_bound_with_one_layer(axes):
    draw_region_growth(axes, 6)
    folded, wide = axes.lines
    assert folded.get_xdata().tolist() == wide.get_xdata().tolist() == [5, 9, 13, 17, 21, 25]
    assert folded.get_ydata()[2] == deep_region_bound(2, [4, 4, 4, 1]) == 128
    assert wide.get_ydata()[2] == max_regions(13, 2) == 92
    assert axes.get_yscale() == "log"


def test_signals_carry_their_names(axes):
    lines = draw_signals(axes, {"up": [1, 2, 4], "down": [1, 0.5, 0.25]}, {"up": [1, 2, 4]})
    assert lines["down"].get_ydata().tolist() == [1, 0.5, 0.25]
    assert words(axes) == ["up", "down"]
    assert axes.lines[-1].get_color() == THREE
    measured, predicted = draw_signal_pair(panels(1)[1], "size", 30)
    move_signal(measured, [1, 1e-300])
    assert measured.get_ydata().tolist() == [1, 1e-50]
    assert len(predicted.get_xdata()) == 0


def test_units_are_inked_by_size_and_closed_ones_stay_empty(axes):
    draw_units(axes, [0, 1, 2, 4, 0, 0], columns=3, title="six")
    opacity = axes.images[0].get_array()[..., 3]
    assert opacity.tolist() == [[0, 0.25, 0.5], [1, 0, 0]]


def test_a_picture_is_square_and_signed_where_asked(axes):
    weights = np.linspace(-1, 1, 64)
    draw_picture(axes, weights, "weights", signed=True)
    picture = axes.images[0].get_array()
    assert picture.shape == (8, 8, 4)
    assert to_hex(picture[0, 0, :3]) == TWO
    assert to_hex(picture[7, 7, :3]) == ONE


def test_tiles_share_one_scale(axes):
    weights = np.zeros((2, 64))
    weights[0, 0], weights[1, 5] = 1.0, -0.5
    draw_weight_tiles(axes, weights, ["a", "b"], columns=2)
    assert [image.get_array()[..., 3].max() for image in axes.images] == [1.0, 0.5]
    assert words(axes) == ["a", "b"]


@pytest.mark.parametrize(("p", "best"), [([0.1, 0.85, 0.05], 1), ([0.4, 0.25, 0.35], 0)])
def test_probabilities_name_the_largest_and_mark_the_truth(axes, p, best):
    draw_probabilities(axes, p, 2, "read")
    bars = axes.containers[0]
    assert [bar.get_width() for bar in bars] == p
    assert [to_hex(bar.get_facecolor()) == ONE for bar in bars] == [k == best for k in range(3)]
    assert words(axes) == [f"{p[best]:.3f}"]
    assert axes.get_yticklabels()[2].get_color() == THREE
