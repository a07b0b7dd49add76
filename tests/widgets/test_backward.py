"""The explorers of the backward chapter show what the kernels say, at every state."""

import re

import numpy as np
import pytest

from mathdl.backward.paths import example_chain, layer_jacobians, path_products
from mathdl.backward.step_size import difference_quotient
from mathdl.backward.tape import LEAVES, N_STEPS, loss_of_x, sweep
from mathdl.figures.backward.paths import number
from mathdl.widgets import backward as explorers
from tests.widgets.states import moving


@pytest.fixture(scope="module")
def paths():
    return explorers.paths_explorer()


@pytest.fixture(scope="module")
def graph():
    return explorers.graph_explorer()


@pytest.fixture(scope="module")
def step_size():
    return explorers.step_size_explorer()


@pytest.mark.parametrize(("name", "count"), [("paths", 7 * 17), ("graph", 14 * 9 * 2),
                                             ("step_size", 33 * 3 * 2)])  # fmt: skip
@pytest.mark.proof
def test_every_state_is_visited(name, count, request):
    states = request.getfixturevalue(name).states()
    assert states.count == count
    sentences = next(slot.values for slot in states.slots if slot.artist == -1)
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) > count / 4


def test_bars_are_the_products_and_end_at_the_derivative(paths):
    for x in (-2.0, -1.0, 0.5, 1.0):
        products = path_products(layer_jacobians(example_chain(), [x])).ravel()
        for shown in range(7):
            paths.at(path=shown, x=x)
            heights = [bar.get_height() for bar in moving(paths, "bars")]
            assert np.allclose(heights[:shown], products[:shown])
            assert not any(heights[shown:])
        bars = moving(paths, "bars")
        assert bars[-1].get_y() + bars[-1].get_height() == pytest.approx(products.sum())
        assert np.allclose(moving(paths, "target")[0].get_ydata(), products.sum())


def test_the_sum_is_said_before_a_path_is_added(paths):
    whole = path_products(layer_jacobians(example_chain(), [-1.0])).sum()
    assert paths.at(path=0, x=-1.0).endswith(f"At x = −1 their sum, dy/dx, is {whole:.3f}.")


def test_bars_stay_inside_the_axes(paths):
    low, high = moving(paths, "bars")[0].axes.get_ylim()
    for x in explorers.INPUTS:
        totals = np.cumsum(path_products(layer_jacobians(example_chain(), [x])).ravel())
        assert low < min(0, totals.min())
        assert max(0, totals.max()) < high


def test_the_prediction_about_paths_is_right(paths):
    products = path_products(layer_jacobians(example_chain(), [1.0])).ravel()
    assert paths.prediction.choices[paths.prediction.answer] == "much smaller"
    assert abs(products.sum()) < 0.1 * abs(products).max()


@pytest.mark.parametrize("rule", ["+=", "="])
@pytest.mark.parametrize("x", [-1.0, 1.5, 2.0])
def test_the_graph_shows_the_sweep(graph, rule, x):
    snapshots = sweep({**LEAVES, "x": x}, accumulate=rule == "+=")
    for step in range(N_STEPS + 1):
        graph.at(step=step, x=x, rule=rule)
        written = [text.get_text() for text in moving(graph, "adjoints") if text.get_text()]
        expected = [number(value, 4) for value in snapshots[step].adjoints.values()]
        assert sorted(written) == sorted(expected)


def test_the_verdict_knows_right_from_wrong(graph):
    for x in explorers.XS:
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
    graph.at(step=N_STEPS, x=2.0, rule="=")
    assert slope() == pytest.approx(-12)
    graph.at(step=N_STEPS - 1, x=2.0, rule="+=")
    assert not len(moving(graph, "adjoint")[0].get_xydata())


def test_the_prediction_about_overwriting_is_right(graph):
    question, choices, _ = graph.prediction.words()
    assert "−12 instead of −18" in question
    assert choices[graph.prediction.answer] == "none"
    right, wrong = (sweep(LEAVES, accumulate=rule)[-1].adjoints for rule in (True, False))
    assert {**wrong, "x": right["x"]} == right


@pytest.mark.parametrize("scheme", ["forward", "central", "complex"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_point_stands_at_the_error_of_the_step(step_size, scheme, dtype):
    for step in explorers.STEPS[::4]:
        step_size.at(step=step, scheme=scheme, dtype=dtype)
        quotient = difference_quotient(np.exp, [1.0], [step], scheme=scheme, dtype=dtype)
        error = max(abs(quotient.item() / np.e - 1), 1e-16)
        (here,) = moving(step_size, "here")
        assert here.get_xydata()[0] == pytest.approx([step, error])


def test_the_sentence_says_which_way_to_go(step_size):
    assert "smaller step would help" in step_size.at(step=1e-3, scheme="forward")
    assert "larger step would help" in step_size.at(step=1e-12, scheme="forward")
    assert "about equal" in step_size.at(step=1e-8, scheme="forward")
    assert "larger step would help" in step_size.at(step=1e-8, scheme="central")
    assert "no harm" in step_size.at(step=1e-12, scheme="complex")
    assert "larger step would help" in step_size.at(step=1e-5, scheme="forward", dtype="float32")


def test_the_prediction_about_the_step_is_right(step_size):
    assert step_size.prediction.choices[step_size.prediction.answer] == "0"
    assert 1 + 1e-16 == 1
    assert "2.2 × 10⁻¹⁶" in step_size.prediction.words()[2]


def test_a_step_that_is_lost_in_rounding_is_named(step_size):
    for step, scheme, dtype in ((1e-16, "forward", "float64"), (1e-8, "central", "float32")):
        sentence = step_size.at(step=step, scheme=scheme, dtype=dtype)
        assert sentence.startswith("1 + h is rounded to 1")
    assert "rounded to 1" not in step_size.at(step=10**-15.5, scheme="forward")
    assert "rounded to 1" not in step_size.at(step=1e-16, scheme="complex")
