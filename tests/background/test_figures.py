"""The figures of the background chapter."""

import numpy as np
import pytest

from explorable.drawing.toolkit import FOUR, TWO, panels, show
from mathdl.background import (
    TARGETS,
    XOR_X,
    XOR_Y,
    best_affine_fit,
    directed_units,
    enclosed_paper,
    figures,
)
from mathdl.background.experiments import SLOWNESS, STEPS
from mathdl.background.figures.xor import PLACES
from mathdl.datasets import load_digits
from mathdl.forward import forward
from tests.explorable.drawing.artists import pictures, words

# Digits, the rule, and weights


@pytest.fixture(scope="module")
def images():
    return load_digits().x_test[:6]


def test_digits_stand_in_rows_with_their_words(images):
    figure, axes = panels(1)
    figures.draw_digits(axes, images, columns=4, title="six", captions=list("abcdef"))
    drawn = pictures(axes)
    assert len(drawn) == 6
    assert words(axes) == list("abcdef")
    assert axes.get_title(loc="left") == "six"
    np.testing.assert_allclose(drawn[2].get_array()[..., 3], images[2].reshape(8, 8))
    lefts = [picture.get_extent()[0] for picture in drawn]
    assert lefts[:4] == sorted(lefts[:4])
    assert lefts[4:] == lefts[:2]
    assert show(figure, "Six digits.").png


def test_the_rule_is_drawn_with_the_paper_that_stays_dry(axes, images):
    figures.draw_rule(axes, images)
    dry = enclosed_paper(images)
    assert words(axes) == ["hole" if mask.any() else "no hole" for mask in dry]
    coloured = [picture.get_array()[..., 3] > 0 for picture in pictures(axes)[1::2]]
    np.testing.assert_array_equal(coloured, dry)


def test_weights_are_drawn_by_sign_and_a_network_joins_all_of_two_layers(axes):
    weights = np.zeros((2, 64))
    weights[0, 0], weights[1, 9] = 2.0, -0.5
    figures.draw_weights(axes, weights, columns=2)
    first, second = (picture.get_array() for picture in pictures(axes))
    assert first[0, 0, 3] == 1
    assert second[1, 1, 3] == 1
    assert not np.allclose(first[0, 0, :3], second[1, 1, :3])
    assert (first[..., 3] > 0).sum() == 1
    figures.draw_weights(axes, weights, columns=2, captions=["a", "b"], scale=2.0)
    assert [image.get_array()[..., 3].max() for image in pictures(axes)[2:]] == [1, 0.25]
    assert words(axes) == ["a", "b"]
    figures.draw_network(axes)
    assert len(axes.lines) == 8 * 5 + 5
    assert {"64 pixels x", "32 units h", "score s"} <= set(words(axes))


# Slow trainings, and what a fit may miss


def test_errors_of_each_rate_are_a_line_in_the_colour_of_its_name(axes):
    figures.draw_slowness(axes, STEPS, SLOWNESS, 0.03)
    *lines, possible = axes.lines
    for line, (rate, errors) in zip(lines, SLOWNESS.items(), strict=True):
        steps = STEPS[: len(errors)]
        np.testing.assert_array_equal(line.get_xydata(), np.column_stack([steps, errors]))
        (name,) = (text for text in axes.texts if text.get_text() == f"{rate:g}")
        assert name.get_color() == line.get_color()
    assert len({line.get_color() for line in lines}) == len(SLOWNESS)
    assert set(possible.get_ydata()) == {0.03}


def test_an_alias_passes_through_every_sample(axes):
    fast = TARGETS["eight waves"].function
    figures.draw_alias(axes, fast, 7)
    truth, fit = axes.lines
    x, y = axes.collections[0].get_offsets().T
    np.testing.assert_allclose(y, fast(x), atol=1e-12)
    np.testing.assert_allclose(np.interp(x, *fit.get_data()), y, atol=2e-3)
    assert np.abs(truth.get_ydata() - fit.get_ydata()).max() > 1.8


# XOR in both planes


def test_xor_is_drawn_in_both_planes():
    figure, axes = panels(2)
    picture = figures.draw_xor(*axes, directed_units([45, 45]))
    rings, discs = picture.images
    np.testing.assert_allclose(rings.get_offsets(), [[0, 0], [2, 1]], atol=1e-12)
    np.testing.assert_allclose(discs.get_offsets(), [[1, 0], [1, 0]], atol=1e-12)
    assert [line.get_color() for line in picture.boundaries] == [TWO, FOUR]
    x, y = picture.boundaries[1].get_data()
    np.testing.assert_allclose(np.add(x, y), 1, atol=1e-12)
    above = np.isfinite(picture.above.get_offsets()).all(axis=1)
    np.testing.assert_array_equal(above, abs(PLACES.sum(axis=1) - 1) < 0.5)
    assert show(figure, "XOR, unfolded and folded.").png


@pytest.mark.parametrize("angles", [(45, 45), (0, 90), (200, 10)])
@pytest.mark.parametrize("activation", ["relu", "identity"])
def test_moving_xor_moves_everything_to_where_the_layer_puts_it(angles, activation):
    _, axes = panels(2)
    picture = figures.draw_xor(*axes, directed_units([45, 45]))
    hidden = directed_units(angles, activation=activation)
    layers = picture.move(hidden)
    features = forward([hidden], XOR_X).output
    for group, answer in zip(picture.images, (0, 1), strict=True):
        np.testing.assert_allclose(group.get_offsets(), features[XOR_Y[:, 0] == answer])
    sheet = np.column_stack(picture.sheet.get_data())
    corners = [np.abs(sheet - corner).sum(axis=1) for corner in features]
    assert all(np.nanmin(distance) < 1e-9 for distance in corners)
    for weights, bias, arrow in zip(hidden.weights, hidden.bias, picture.arrows, strict=True):
        foot, tip = np.column_stack(arrow.get_data())[:2]
        assert weights @ foot + bias == pytest.approx(0, abs=1e-12)
        assert weights @ tip + bias > 0
    fit = best_affine_fit(features, XOR_Y)
    np.testing.assert_allclose(layers[1].weights, fit.weights, atol=1e-9)
    np.testing.assert_allclose(layers[1].bias, fit.bias, atol=1e-9)
    above = np.isfinite(picture.above.get_offsets()).all(axis=1)
    answers = forward([hidden, fit], PLACES).output[:, 0]
    np.testing.assert_array_equal(above, answers > 0.5 + 1e-9)
    x, y = np.array(picture.line.get_data())
    if np.isfinite(x).all():
        on_line = layers[1].weights @ [x, y] + layers[1].bias
        np.testing.assert_allclose(on_line, 0.5, atol=1e-9)
    assert np.isnan(x).all() == (abs(fit.weights) < 1e-9).all()
