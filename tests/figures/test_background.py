"""The figures of the background chapter: what they draw, not which pixels."""

import numpy as np
import pytest
from matplotlib.image import AxesImage

from mathdl.background import (
    TARGETS,
    XOR_X,
    XOR_Y,
    directed_units,
    enclosed_paper,
    hat_network,
    interpolation_bound,
    sup_error,
)
from mathdl.datasets import load_digits
from mathdl.experiments.background import train_on_curve
from mathdl.figures import background as figures
from mathdl.forward import forward
from mathdl.plotting import FOUR, ONE, THREE, TWO, panels, show


@pytest.fixture(scope="module")
def images():
    return load_digits().x_test[:6]


def words(axes):
    return [text.get_text() for text in axes.texts]


def pictures(axes):
    return [child for child in axes.get_children() if isinstance(child, AxesImage)]


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


def test_the_rule_is_drawn_with_the_paper_that_stays_dry(images):
    _, axes = panels(1)
    figures.draw_rule(axes, images)
    dry = enclosed_paper(images)
    assert words(axes) == ["hole" if mask.any() else "no hole" for mask in dry]
    coloured = [picture.get_array()[..., 3] > 0 for picture in pictures(axes)[1::2]]
    np.testing.assert_array_equal(coloured, dry)


def test_weights_are_drawn_by_sign():
    _, axes = panels(1)
    weights = np.zeros((2, 64))
    weights[0, 0], weights[1, 9] = 2.0, -0.5
    figures.draw_weights(axes, weights, columns=2)
    first, second = (picture.get_array() for picture in pictures(axes))
    assert first[0, 0, 3] == 1
    assert second[1, 1, 3] == 1
    assert not np.allclose(first[0, 0, :3], second[1, 1, :3])
    assert (first[..., 3] > 0).sum() == 1


def test_who_decides_names_three_programs():
    _, axes = panels(1)
    figures.draw_who_decides(axes)
    said = words(axes)
    assert {"rule", "linear model", "network"} <= set(said)
    assert said.count("by hand") == 3
    assert said.count("from data") == 3


def test_accuracies_are_drawn_in_percent():
    _, axes = panels(1)
    figures.draw_accuracies(axes, [2, 4, 8, 16, 32], [0.5, 0.6, 0.7, 0.8, 0.9], [0.9, 0.91, 0.95])
    learned, drawn = axes.lines
    np.testing.assert_allclose(learned.get_xydata(), [[2, 90], [4, 91], [8, 95]])
    np.testing.assert_allclose(drawn.get_ydata(), [50, 60, 70, 80, 90])
    assert axes.get_xscale() == "log"


def test_xor_is_drawn_in_both_planes():
    figure, axes = panels(2)
    picture = figures.draw_xor(*axes, directed_units([45, 45]))
    rings, discs = picture.images
    np.testing.assert_allclose(rings.get_offsets(), [[0, 0], [2, 1]], atol=1e-12)
    np.testing.assert_allclose(discs.get_offsets(), [[1, 0], [1, 0]], atol=1e-12)
    assert [line.get_color() for line in picture.boundaries] == [TWO, FOUR]
    x, y = picture.boundaries[1].get_data()
    np.testing.assert_allclose(np.add(x, y), 1, atol=1e-12)
    x, y = picture.cut.get_data()
    total = np.add(x, y)
    np.testing.assert_allclose(np.sort(total[~np.isnan(total)]), [0.5, 0.5, 1.5, 1.5])
    assert show(figure, "XOR, unfolded and folded.").png


@pytest.mark.parametrize("angles", [(45, 45), (0, 90), (200, 10), (337.5, 157.5)])
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
    x, y = np.array(picture.line.get_data())
    if x.size:
        on_line = layers[1].weights @ [x, y] + layers[1].bias
        np.testing.assert_allclose(on_line, 0.5, atol=1e-9)


def test_hats_add_up_to_the_network():
    _, axes = panels(1)
    wave = TARGETS["one wave"].function
    figures.draw_hats(axes, wave, 8)
    fit = next(line for line in axes.lines if line.get_color() == ONE)
    hats = [line for line in axes.lines if len(line.get_xdata()) == 9]
    assert len(hats) == 9
    x = fit.get_xdata()
    total = sum(np.interp(x, *line.get_data()) for line in hats)
    np.testing.assert_allclose(fit.get_ydata(), total, atol=1e-12)


def test_errors_lie_below_the_bound():
    _, axes = panels(1)
    wave, curvature = TARGETS["one wave"]
    sizes = [8, 16]
    grids = [np.linspace(0, 1, n + 1) for n in sizes]
    errors = [sup_error(hat_network(t, wave(t)), wave) for t in grids]
    figures.draw_errors(
        axes, sizes, errors, [interpolation_bound(1 / n, curvature) for n in sizes]
    )
    bound, measured = axes.lines
    assert bound.get_color() == THREE
    assert (measured.get_ydata() <= bound.get_ydata()).all()


def test_tents_have_their_teeth():
    _, axes = panels(3)
    figures.draw_tents(axes, [1, 2, 4])
    for panel, teeth in zip(axes, [1, 2, 8], strict=True):
        assert (panel.lines[0].get_ydata() == 1).sum() == teeth
    assert axes[2].get_title(loc="left") == "T₄(x)"


def test_units_of_deep_and_shallow_networks():
    _, axes = panels(1)
    depths = np.arange(1, 11)
    figures.draw_units(axes, 2 * depths + 1, 2**depths - 1, 2**depths)
    shallow, deep = axes.lines
    assert (shallow.get_ydata()[-1], deep.get_ydata()[-1]) == (1023, 21)


def test_a_misfit_shows_target_and_network():
    _, axes = panels(1)
    fast = TARGETS["eight waves"].function
    learned = train_on_curve(fast, 4, rng=np.random.default_rng(0), n_steps=1)
    figures.draw_misfit(axes, fast, learned, title="eight waves")
    truth, fit = axes.lines
    np.testing.assert_allclose(truth.get_ydata(), fast(truth.get_xdata()))
    np.testing.assert_allclose(
        fit.get_ydata(), forward(learned, fit.get_xdata()[:, None]).output[:, 0]
    )


def test_an_alias_passes_through_every_sample():
    _, axes = panels(1)
    fast = TARGETS["eight waves"].function
    figures.draw_alias(axes, fast, 7)
    truth, fit = axes.lines
    x, y = axes.collections[0].get_offsets().T
    np.testing.assert_allclose(y, fast(x), atol=1e-12)
    np.testing.assert_allclose(np.interp(x, *fit.get_data()), y, atol=2e-3)
    assert np.abs(truth.get_ydata() - fit.get_ydata()).max() > 1.8
