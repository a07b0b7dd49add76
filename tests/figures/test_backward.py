"""What the figures of the backward chapter show, against the kernels."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from mathdl.backward import LayerGradients, affine_backward, multiply_adds
from mathdl.backward.growth import growth_factor
from mathdl.backward.paths import example_chain, layer_jacobians, path_products, path_units
from mathdl.backward.step_size import best_step
from mathdl.backward.tape import ARROWS, LEAVES, sweep
from mathdl.figures import backward as figures
from mathdl.figures.backward.paths import number, unit_positions
from mathdl.figures.backward.scalar_graph import PLACES
from mathdl.figures.backward.step_size import (
    draw_digits,
    shared_digits,
    step_error,
    written_digits,
)
from mathdl.forward import affine
from mathdl.forward.products import worked_example
from mathdl.plotting import MUTED, ONE, TWO, panels


@pytest.fixture
def axes():
    return panels(1)[1]


def texts(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def test_numbers_are_written_with_a_true_minus_and_without_a_negative_zero():
    assert number(-0.5) == "−0.5"
    assert number(-0.0) == "0"


def test_paths_show_signs_sizes_and_the_chosen_path(axes):
    jacobians = layer_jacobians(example_chain(), [0.5])
    drawn = figures.draw_paths(axes, jacobians, path=2)
    slopes = np.concatenate([jacobian.ravel() for jacobian in jacobians])
    assert len(drawn.edges) == slopes.size == 11
    for edge, slope in zip(drawn.edges, slopes, strict=True):
        assert same_color(edge.get_color(), ONE if slope >= 0 else TWO)
    widths = [edge.get_linewidth() for edge in drawn.edges]
    assert (np.argsort(widths) == np.argsort(np.abs(slopes))).all()
    places, units = unit_positions([1, 3, 2, 1]), path_units(jacobians)[2]
    expected = [places[column][unit] for column, unit in enumerate(units)]
    assert np.allclose(drawn.highlight.get_xydata(), expected)
    written = [text.get_text() for text in drawn.labels]
    local = [jacobian[units[k + 1], units[k]] for k, jacobian in enumerate(jacobians)]
    assert written == [number(slope, 2) for slope in local]
    drawn.move(jacobians, None)
    assert not len(drawn.highlight.get_xydata())


def test_the_sum_of_paths_steps_to_the_derivative(axes):
    products = path_products(layer_jacobians(example_chain(), [0.5])).ravel()
    drawn = figures.draw_path_sum(axes, products)
    tops = [bar.get_y() + bar.get_height() for bar in drawn.bars]
    assert np.allclose(tops, np.cumsum(products))
    assert np.allclose([bar.get_height() for bar in drawn.bars], products)
    assert np.allclose(drawn.target.get_ydata(), products.sum())
    drawn.move(products, 2)
    assert [bar.get_height() != 0 for bar in drawn.bars] == [True] * 2 + [False] * 4
    assert np.allclose(drawn.target.get_ydata(), products.sum())


def test_shapes_are_drawn_to_their_lengths():
    _, axes = panels(3)
    figures.draw_shapes(axes, n_samples=2, n_in=3, n_out=10)
    sizes = [
        [(box.get_height() / 7, box.get_width() / 7) for box in panel.patches] for panel in axes
    ]
    assert sizes == [[(10, 2), (2, 3), (10, 3)], [(2, 10), (10, 3), (2, 3)], [(2, 10), (1, 10)]]
    assert "2×10" in texts(axes[1])


def test_gates_and_gradient_of_the_worked_example():
    _, axes = panels(2, columns=1)
    x, layer = worked_example()
    z = affine(x, layer.weights, layer.bias)
    written = figures.draw_gates(axes[0], z)
    assert [text.get_text() for text in written] == [number(v, 4) for v in z.ravel()]
    grey = [same_color(text.get_color(), MUTED) for text in written]
    assert grey == (z.ravel() <= 0).tolist()
    assert len(axes[0].patches) == (z <= 0).sum()
    gradient = affine_backward(2 * np.maximum(z, 0), x, layer.weights).weights
    written = figures.draw_weight_gradient(axes[1], gradient)
    assert [text.get_text() for text in written] == [number(v, 4) for v in gradient.T.ravel()]
    (image,) = axes[1].images
    opacity = np.asarray(image.get_array())[..., 3]
    assert opacity.shape == (3, 10)
    assert np.allclose(opacity / opacity.max(), gradient.T / gradient.max())
    # The first row of the picture lies where the numbers of input 1 stand.
    assert image.get_extent()[3] < image.get_extent()[2]
    assert image.origin == "upper"


def test_the_graph_shows_what_is_known(axes):
    snapshots = sweep(LEAVES)
    drawn = figures.draw_graph(axes, snapshots[0])
    assert {name for name, text in drawn.values.items() if text.get_text()} == set(LEAVES)
    assert not any(text.get_text() for text in drawn.adjoints.values())
    drawn.move(snapshots[-1], backward=True)
    assert drawn.values["L"].get_text() == "9"
    assert drawn.adjoints["x"].get_text() == "−18"
    assert [name for name, ring in drawn.rings.items() if ring.get_visible()] == ["q"]
    lit = {ends for ends, arrow in drawn.arrows.items() if arrow.get_alpha()}
    assert lit == {("w", "q"), ("x", "q")}
    assert set(PLACES) == set(LEAVES) | set(ARROWS)


def test_the_tangent_has_the_slope_it_is_given(axes):
    drawn = figures.draw_tangent(axes, 2.0, -18.0, None)
    (x0, y0), (x1, y1) = drawn.adjoint.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-18)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((2, 9))
    assert not len(drawn.measured.get_xydata())
    drawn.move(0.5, None, 0.0)
    assert not len(drawn.adjoint.get_xydata())
    assert np.allclose(drawn.measured.get_ydata(), 25)


def test_costs_are_the_kernels_counts(axes):
    lines = figures.draw_costs(axes, widths=[8, 64, 128, 256])
    count = multiply_adds([64, 64, 64, 10])
    assert lines["reverse_mode"].get_ydata()[1] == count.reverse_mode
    assert lines["forward_mode"].get_ydata()[1] == count.forward_mode
    assert lines["forward"].get_xdata()[1] == 64 * 64 * 2 + 64 * 10 + 64 * 2 + 10


def test_the_v_marks_the_best_steps(axes):
    steps = np.logspace(-16, 0, 17)
    lines = figures.draw_error_curves(axes, steps, {"forward": steps, "central": steps})
    assert set(lines) == {"forward", "central"}
    rings = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert rings == [best_step("forward"), best_step("central")]


def test_digits_that_cancel_and_digits_that_are_right(axes):
    drawn = draw_digits(axes)
    drawn.move(1e-4, "forward", "float64")
    above, here, quotient, exact = ("".join(t.get_text() for t in row) for row in drawn.digits)
    assert exact == f"{np.e:.15f}"
    assert here == exact
    muted = [same_color(text.get_color(), MUTED) for text in drawn.digits[0]]
    assert muted.index(False) == shared_digits(above, here)
    right = [same_color(text.get_color(), ONE) for text in drawn.digits[2]]
    assert right.index(False) == shared_digits(quotient, exact) == 5  # 2.718 and no further
    drawn.move(1e-16, "complex", "float64")
    assert written_digits(1e-16, "complex", "float64")[1][1] == exact
    assert (
        step_error(1e-16, "complex", "float64") < 1e-15 < step_error(1e-16, "forward", "float64")
    )


def test_a_chord_across_a_kink_is_not_the_tangent(axes):
    drawn = figures.draw_kink(axes, lambda t: max(t - 0.1, 0.0), 0.0, step=0.2, kink=0.1)
    assert np.allclose(drawn.tangent.get_ydata(), 0)
    (x0, y0), (x1, y1) = drawn.chord.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.25)  # half of the step has slope 1
    assert 0.1 in drawn.loss.get_xdata()


def test_gradient_norms_end_at_one_and_growth_is_the_kernels(axes):
    lines = figures.draw_gradient_norms(axes, {("relu", 2): [8.0, 4.0, 2.0]})
    assert lines["relu", 2].get_ydata().tolist() == [4, 2, 1]
    _, other = panels(1)
    gains = np.array([0.5, 2.0, 8.0])
    grown = figures.draw_growth(other, gains=gains)
    for name in ("relu", "tanh", "sigmoid"):
        assert np.allclose(grown[name].get_ydata(), growth_factor(name, gains))


def test_agreement_and_pictures_of_gradients():
    _, axes = panels(2)
    computed = np.array([0.5, -1.0, 0.25])
    points = figures.draw_agreement(axes[0], computed, computed + 0.1)
    assert np.allclose(points.get_offsets(), np.column_stack([computed, computed + 0.1]))
    weights = np.arange(20)[:, None] * np.ones((20, 64))
    shown = figures.draw_gradient_images(axes[1], LayerGradients(weights, np.zeros(20)))
    assert shown == list(range(19, 7, -1))
    assert len(axes[1].images) == 12
    assert not any(image.get_gid() for image in axes[1].images)  # pixels stay pixels
