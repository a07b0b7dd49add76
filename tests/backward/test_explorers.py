"""The explorers of the backward chapter show what the kernels say, at every state."""

import re

import numpy as np
import pytest

from mathdl.backward import explorers
from mathdl.backward.explorers.depth import GAINS, deep_gradient
from mathdl.backward.explorers.graph import XS
from mathdl.backward.explorers.neuron import N_NEURON_STEPS
from mathdl.backward.explorers.paths import INPUTS
from mathdl.backward.explorers.step_size import STEPS
from mathdl.backward.figures.paths import number
from mathdl.backward.paths import example_chain, layer_jacobians, path_products
from mathdl.backward.step_size import difference_quotient
from mathdl.backward.tape import LEAVES, N_STEPS, loss_of_x, sweep
from tests.explorable.explore.states import moving, once

paths = once(explorers.paths_explorer)
graph = once(explorers.graph_explorer)
neuron = once(explorers.neuron_explorer)
step_size = once(explorers.step_size_explorer)
depth = once(explorers.depth_explorer)


def test_bars_are_the_products_and_end_at_the_derivative(paths):
    for x in (-2.0, -1.0, 0.5, 1.0):
        products = path_products(layer_jacobians(example_chain(), [x])).ravel()
        for shown in range(7):
            paths.at(path=shown, x=x)
            factors = paths.said.numbers
            if shown:
                assert factors["product"] == pytest.approx(products[shown - 1])
                three = factors["first"] * factors["second"] * factors["third"]
                assert three == pytest.approx(factors["product"])
            heights = [bar.get_height() for bar in moving(paths, "bars")]
            assert np.allclose(heights[:shown], products[:shown])
            assert not any(heights[shown:])
        bars = moving(paths, "bars")
        assert bars[-1].get_y() + bars[-1].get_height() == pytest.approx(products.sum())
        assert np.allclose(moving(paths, "target")[0].get_ydata(), products.sum())


def test_the_sum_is_said_before_a_path_is_added_and_bars_stay_inside(paths):
    whole = path_products(layer_jacobians(example_chain(), [-1.0])).sum()
    assert paths.at(path=0, x=-1.0).endswith(f"At x = −1 their sum, dy/dx, is {whole:.3f}.")
    products = path_products(layer_jacobians(example_chain(), [-0.5])).ravel()
    assert paths.prediction.choices[paths.prediction.answer] == "at most half of it"
    assert 0.4 * abs(products).max() < products.sum() < 0.5 * abs(products).max()
    low, high = moving(paths, "bars")[0].axes.get_ylim()
    for x in INPUTS:
        totals = np.cumsum(path_products(layer_jacobians(example_chain(), [x])).ravel())
        assert low < min(0, totals.min())
        assert max(0, totals.max()) < high


@pytest.mark.parametrize("rule", ["+=", "="])
@pytest.mark.parametrize("x", [-1.0, 1.5, 2.0])
def test_the_graph_shows_the_sweep(graph, rule, x):
    snapshots = sweep({**LEAVES, "x": x}, accumulate=rule == "+=")
    for step in range(N_STEPS + 1):
        graph.at(step=step, x=x, rule=rule)
        written = [text.get_text() for text in moving(graph, "adjoints") if text.get_text()]
        expected = [number(value, 3) for value in snapshots[step].adjoints.values()]
        assert sorted(written) == sorted(expected)


def test_the_verdict_knows_right_from_wrong(graph):
    for x in XS:
        slope = (loss_of_x(x + 1e-6) - loss_of_x(x - 1e-6)) / 2e-6
        right = graph.at(step=N_STEPS, x=x, rule="+=")
        wrong = graph.at(step=N_STEPS, x=x, rule="=")
        if x == 1:
            assert "kink" in right
            assert "kink" in wrong
        elif x < 1:
            assert "gate is closed" in right
            assert right == wrong
        else:
            assert "agrees" in right
            assert "kept only the last" in wrong
            told = float(re.search(r"difference says (−?[\d.]+)", wrong)[1].replace("−", "-"))
            assert told == pytest.approx(slope, rel=1e-3)


def test_the_tangent_touches_only_with_the_right_rule(graph):
    def slope():
        (x0, y0), (x1, y1) = moving(graph, "adjoint")[0].get_xydata()
        return (y1 - y0) / (x1 - x0)

    graph.at(step=N_STEPS, x=2.0, rule="+=")
    assert slope() == pytest.approx(-18)
    (x0, y0), (x1, y1) = moving(graph, "measured")[0].get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-18)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((2, 9))
    told = graph.said.numbers
    assert told["m"] * told["h"] + told["q"] * told["w"] == told["adjoint"] == -18
    graph.at(step=N_STEPS, x=2.0, rule="=")
    assert slope() == pytest.approx(-12)
    assert not graph.said.formula  # nothing is added there
    graph.at(step=N_STEPS - 1, x=2.0, rule="+=")
    assert not len(moving(graph, "adjoint")[0].get_xydata())


def test_numbers_fit_into_their_nodes_and_the_point_into_its_plane(graph):
    (point,) = moving(graph, "point")
    for x in XS:
        graph.at(step=N_STEPS, x=x, rule="+=")
        texts = [*moving(graph, "values"), *moving(graph, "adjoints")]
        assert max(len(text.get_text()) for text in texts) <= 5
        (low, high), bottom_top = point.axes.get_xlim(), point.axes.get_ylim()
        assert low < x - 0.1 < x + 0.1 < high
        assert bottom_top[0] < point.get_ydata()[0] < bottom_top[1]
    question, choices, _ = graph.prediction.words()
    assert "−12 instead of −18" in question
    assert choices[graph.prediction.answer] == "none of them"
    right, wrong = (sweep(LEAVES, accumulate=rule)[-1].adjoints for rule in (True, False))
    assert {**wrong, "x": right["x"]} == right


@pytest.mark.parametrize("numbers", [(2, 3, -1, 7), (1.5, -2, 4, 0.5), (-3, 4, 4, 0)])
def test_the_neuron_hands_back_what_a_difference_measures(neuron, numbers):
    place = dict(zip("wxbt", map(float, numbers), strict=True))

    def loss(**moved):
        at = place | moved
        return (max(at["w"] * at["x"] + at["b"], 0) - at["t"]) ** 2

    adjoints = sweep(place, neuron=True)[-1].adjoints
    for name, value in place.items():
        slope = (loss(**{name: value + 1e-6}) - loss(**{name: value - 1e-6})) / 2e-6
        assert adjoints[name] == pytest.approx(slope, abs=1e-6)
    neuron.at(step=N_NEURON_STEPS, **place)
    assert neuron.said.numbers["change"] == pytest.approx(0.01 * adjoints["w"])
    texts = [text.get_text() for text in moving(neuron, "adjoints")]
    assert sorted(texts) == sorted(number(value, 3) for value in adjoints.values())
    assert max(map(len, texts)) <= 5
    neuron.at(step=1, **place)
    assert [text.get_text() for text in moving(neuron, "adjoints") if text.get_text()] == ["1"]


def test_nothing_gets_back_past_a_closed_relu_and_nothing_is_promised_on_the_kink(neuron):
    closed = {"w": -2.0, "x": 3.0, "b": -1.0, "t": 7.0}
    adjoints = sweep(closed, neuron=True)[-1].adjoints
    assert [adjoints[name] for name in "wxbt"] == [0, 0, 0, 14]
    _, choices, _ = neuron.prediction.words()
    assert choices[neuron.prediction.answer] == "only the target t"
    said = neuron.at(step=N_NEURON_STEPS, w=1, x=1, b=-1, t=7)
    assert "on the kink of relu" in said
    assert "change" not in neuron.said.numbers


@pytest.mark.parametrize("scheme", ["forward", "central", "complex"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_point_stands_at_the_error_of_the_step(step_size, scheme, dtype):
    for step in STEPS[::4]:
        step_size.at(step=step, scheme=scheme, dtype=dtype)
        quotient = difference_quotient(np.exp, [1.0], [step], scheme=scheme, dtype=dtype)
        error = max(abs(quotient.item() / np.e - 1), 1e-16)
        (here,) = moving(step_size, "here")
        assert here.get_xydata()[0] == pytest.approx([step, error])
        shown = step_size.said.numbers
        both = 2 if scheme == "central" else 1
        divided = (shown["ahead"] - shown["behind"]) / (both * step)
        assert divided == pytest.approx(quotient.item(), rel=1e-6)
        assert shown["quotient"] == quotient.item()


def test_the_sentence_says_which_way_to_go_and_what_is_lost_in_rounding(step_size):
    assert "smaller step would help" in step_size.at(step=1e-3, scheme="forward")
    assert "larger step would help" in step_size.at(step=1e-12, scheme="forward")
    assert "much better" in step_size.at(step=1e-8, scheme="forward")
    assert "much better" in step_size.at(step=10**-5.5, scheme="central")  # the slider's best
    assert "larger step would help" in step_size.at(step=1e-8, scheme="central")
    assert "no harm" in step_size.at(step=1e-12, scheme="complex")
    assert "larger step would help" in step_size.at(step=1e-5, scheme="forward", dtype="float32")
    assert step_size.prediction.choices[step_size.prediction.answer] == "0"
    assert 1 + 1e-16 == 1
    assert "2.2 × 10⁻¹⁶" in step_size.prediction.words()[2]
    for step, scheme, dtype in ((1e-16, "forward", "float64"), (1e-8, "central", "float32")):
        sentence = step_size.at(step=step, scheme=scheme, dtype=dtype)
        assert sentence.startswith("Both values are rounded to the same number")
    assert "same number" not in step_size.at(step=10**-15.5, scheme="forward")
    assert "same number" not in step_size.at(step=1e-16, scheme="complex")


def test_right_digits_follow_the_error_and_the_mark_the_arithmetic(step_size):
    told = []
    for step in (10**-9.5, 1e-9):  # the error falls from 2.8e-7 to 7.9e-8
        told.append(int(re.search(r"Right digits: (\d+)", step_size.at(step=step))[1]))
    assert told == [6, 7]
    (root,) = moving(step_size, "root")
    for dtype, u in (("float64", 2.0**-53), ("float32", 2.0**-24)):
        for scheme, power in (("forward", 1 / 2), ("central", 1 / 3)):
            step_size.at(step=1e-4, scheme=scheme, dtype=dtype)
            assert root.get_xdata()[0] == pytest.approx(u**power)
    step_size.at(step=1e-4, scheme="complex")
    assert not len(root.get_xdata())


def test_the_gradient_is_drawn_as_the_kernels_say(depth):
    assert depth.prediction.choices[depth.prediction.answer] == "less than a thousandth"
    sizes, slopes = deep_gradient("tanh", 1, 10)
    depth.at(gain=1, activation="tanh", depth=10)
    assert depth.said.numbers["factor"] == pytest.approx(depth.said.numbers["each"], rel=0.02)
    (line,) = moving(depth, "sizes")
    assert np.allclose(line.get_ydata(), sizes / sizes[-1])
    assert sum(bar.get_height() for bar in moving(depth, "bars")) == pytest.approx(1)
    (typical,), (needed,) = moving(depth, "typical"), moving(depth, "needed")
    assert typical.get_xdata()[0] == pytest.approx(np.sqrt(np.mean(slopes**2)))
    assert needed.get_xdata()[0] == 1
    low, high = line.axes.get_ylim()
    for activation in ("sigmoid", "tanh", "relu"):
        for gain in GAINS:
            drawn = deep_gradient(activation, gain, 20)[0]
            assert low < (drawn / drawn[-1]).min() <= (drawn / drawn[-1]).max() < high
