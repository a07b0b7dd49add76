"""The figures of the chapter on the forward pass."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from explorable.drawing.toolkit import FOUR, MUTED, ONE, THREE, TWO, panels
from mathdl.forward import Layer, affine
from mathdl.forward.figures import digits, draw_layer, product, signals
from mathdl.forward.figures.regions import draw_arrangement, draw_folding
from mathdl.forward.products import products, worked_example
from mathdl.forward.regions import activation_pattern
from tests.explorable.drawing.artists import words

# One digit on its way through the network


def test_units_are_inked_by_size_and_closed_ones_stay_empty(axes):
    digits.draw_units(axes, [0, 1, 2, 4, 0, 0], columns=3, title="six")
    opacity = axes.images[0].get_array()[..., 3]
    assert opacity.tolist() == [[0, 0.25, 0.5], [1, 0, 0]]


def test_a_picture_is_square_and_signed_where_asked(axes):
    weights = np.linspace(-1, 1, 64)
    digits.draw_picture(axes, weights, "weights", signed=True)
    picture = axes.images[0].get_array()
    assert picture.shape == (8, 8, 4)
    assert to_hex(picture[0, 0, :3]) == TWO
    assert to_hex(picture[7, 7, :3]) == ONE


@pytest.mark.parametrize(("p", "best"), [([0.1, 0.85, 0.05], 1), ([0.4, 0.25, 0.35], 0)])
def test_probabilities_name_the_largest_and_mark_the_truth(axes, p, best):
    digits.draw_probabilities(axes, p, 2, "read")
    bars = axes.containers[0]
    assert [bar.get_width() for bar in bars] == p
    assert [to_hex(bar.get_facecolor()) == ONE for bar in bars] == [k == best for k in range(3)]
    assert words(axes) == [f"{p[best]:.3f}"]
    assert axes.get_yticklabels()[2].get_color() == THREE


# A layer as a network of lines


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


# A layer's product, number by number


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


# Pieces, folds and their number


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


# Signals from layer to layer


def test_signals_carry_their_names(axes):
    lines = signals.draw_signals(
        axes, {"up": [1, 2, 4], "down": [1, 0.5, 0.25]}, {"up": [1, 2, 4]}
    )
    assert lines["down"].get_ydata().tolist() == [1, 0.5, 0.25]
    assert words(axes) == ["up", "down"]
    assert axes.lines[-1].get_color() == THREE


def test_what_survives_is_named_in_the_colour_of_its_line():
    _, (shares, sizes) = panels(2, columns=1)
    picture = signals.draw_survival((shares, sizes), 30)
    measured, predicted = picture.gradients
    signals.move_signal(measured, [1, 1e-300])
    assert measured.get_ydata().tolist() == [1, 1e-80]
    assert len(predicted.get_xdata()) == 0
    colours = {text.get_text(): text.get_color() for text in (*shares.texts, *sizes.texts)}
    for name in ("activations", "differences", "gradients"):
        solid, dashed = getattr(picture, name)
        assert solid.axes is dashed.axes is (shares if name == "differences" else sizes)
        assert solid.get_color() == colours.get(name, FOUR)
        assert dashed.get_color() == colours["dashed: predicted"] == THREE
    low, high = shares.get_ylim()
    assert low < 0.03 < 1 < high  # what He's network keeps apart is seen


def test_trainings_are_dots_medians_and_crosses_where_they_overflow(axes):
    shares = {"he": [[0.1, 0.2, 0.3], [0.5, 0.6, 0.9]], "more": [[0.2, 0.1, 0.1], [np.nan] * 3]}
    signals.draw_deep_trainings(axes, [1e-3, 1e-1], shares, guess=0.1)
    joined = [line for line in axes.lines if line.get_linestyle() == "-"]
    assert [line.get_ydata().tolist() for line in joined] == [[0.2, 0.6], [0.1]]
    assert [line.get_color() for line in joined] == [ONE, TWO]
    beside, at = (line.get_xdata()[0] for line in joined)
    assert (beside, at) == (1e-3 / 1.6, 1e-3)
    crosses = [line for line in axes.lines if line.get_marker() == "x" and len(line.get_xdata())]
    assert len(crosses) == 3
    assert {line.get_color() for line in crosses} == {TWO}
    assert words(axes) == ["a guess", "he", "more", "overflow"]


def test_where_nothing_overflows_nothing_is_said_of_it(axes):
    signals.draw_deep_trainings(axes, [1.0], {"a": [[0.5]], "b": [[0.5]], "c": [[0.5]]}, guess=0.1)
    assert words(axes) == ["a guess", "a", "b", "c"]
    assert axes.texts[-1].get_color() == FOUR


def test_other_ways_are_named_beside_their_medians(axes):
    shares = {"adam": [[0.1, 0.2, 0.6], [0.5, 0.5, 0.8]], "norm": [[0.4] * 3, [0.3] * 3]}
    signals.draw_other_ways(axes, ["1/n", "2/n"], shares, name="read right")
    joined = [line for line in axes.lines if line.get_linestyle() == "-"]
    assert [line.get_ydata().tolist() for line in joined] == [[0.2, 0.5], [0.4, 0.3]]
    dots = [line.get_ydata().tolist() for line in axes.lines if line.get_marker() == "o"]
    assert dots[:3] == [[0.1, 0.5], [0.2, 0.5], [0.6, 0.8]]
    assert words(axes) == ["adam", "norm"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1/n", "2/n"]
