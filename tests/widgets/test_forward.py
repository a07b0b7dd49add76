"""The explorers of the chapter on the forward pass: every state, against the kernels."""

import itertools
import re

import numpy as np
import pytest

from mathdl.concepts import ACTIVATIONS
from mathdl.figures.forward.product import quarters
from mathdl.forward import affine, forward
from mathdl.forward.products import products, worked_example
from mathdl.forward.signals import predicted_signals, random_network
from mathdl.widgets.forward import DEPTHS, GAINS, product_explorer, signals_explorer
from tests.widgets.states import moving

X, LAYER = worked_example()
TERMS = products(X, LAYER.weights, LAYER.bias)
Z = affine(X, LAYER.weights, LAYER.bias)
STEPS = list(itertools.product(["first", "second"], range(40)))


@pytest.fixture(scope="module")
def stepped():
    return product_explorer()


@pytest.fixture(scope="module")
def deep():
    return signals_explorer()


@pytest.mark.parametrize("make", [product_explorer, signals_explorer])
def test_states_are_visited_without_a_warning_and_differ(make, tmp_path):
    explorer = make()
    explorer.html(tmp_path)  # fails on a warning, or over its budget of bytes or seconds
    (written,) = tmp_path.glob(f"{explorer.name}.*.js")
    assert written.stat().st_size < 60_000
    counts = [control.count for control in explorer.controls.values()]
    sentences = {explorer.at_indices(indices) for indices in np.ndindex(*counts)}
    assert len(sentences) > 0.8 * np.prod(counts)


def test_stepping_begins_where_the_table_of_neuron_three_ends(stepped):
    assert stepped.at() == stepped.at(sample="first", step=11)
    assert stepped.at() == (
        "Sample 1, neuron 3: the bias ½ is added, z = ½. The neuron is open and gives ½."
    )


@pytest.mark.parametrize(("sample", "step"), STEPS)
def test_each_step_says_the_product_and_the_sum_of_the_ledger(stepped, sample, step):
    s, (i, j) = ["first", "second"].index(sample), divmod(step, 4)
    sentence = stepped.at(sample=sample, step=step)
    total = TERMS[s, i, : j + 1].sum()
    assert sentence.startswith(f"Sample {s + 1}, neuron {i + 1}")
    if j < 3:
        assert f"input {j + 1}: {quarters(X[s, j])} ·" in sentence
        assert f"= {quarters(TERMS[s, i, j])}. The running sum is {quarters(total)}." in sentence
    else:
        assert f"z = {quarters(Z[s, i])}." in sentence
        assert sentence.endswith(f"gives {quarters(max(Z[s, i], 0))}.")
        states = {1: "is open", -1: "is closed", 0: "on its kink"}
        assert states[int(np.sign(Z[s, i]))] in sentence


@pytest.mark.parametrize(("sample", "step"), STEPS[::3])
def test_each_step_fills_the_cells_up_to_its_own(stepped, sample, step):
    s, (i, j) = ["first", "second"].index(sample), divmod(step, 4)
    stepped.at(sample=sample, step=step)
    texts, shades = (np.reshape(moving(stepped, part), (2, 10)) for part in ("sums", "shades"))
    for row, column in np.ndindex(2, 10):
        shown = texts[row, column].get_text()
        if (row, column) < (s, i):
            assert shown == quarters(Z[row, column])
            assert (shades[row, column].get_alpha() > 0) == (Z[row, column] > 0)
        elif (row, column) > (s, i):
            assert shown == ""
            assert shades[row, column].get_alpha() == 0
        else:
            assert shown == quarters(TERMS[s, i, : j + 1].sum())


@pytest.mark.parametrize(("sample", "step"), STEPS[::7])
def test_the_framed_cells_hold_the_numbers_that_meet(stepped, sample, step):
    s, (i, j) = ["first", "second"].index(sample), divmod(step, 4)
    stepped.at(sample=sample, step=step)
    row, column, entry, first, second = (
        frame for part in ("row", "column", "entry", "factors") for frame in moving(stepped, part)
    )
    written = {text.get_position(): text.get_text() for text in stepped.figure.axes[0].texts}

    def inside(frame):
        box = frame.get_bbox()
        return [
            word for (x, y), word in written.items() if box.x0 < x < box.x1 and box.y0 < y < box.y1
        ]

    assert inside(row) == [quarters(value) for value in X[s]]
    assert inside(column) == [quarters(value) for value in LAYER.weights[i]]
    assert inside(entry) == [quarters(TERMS[s, i, : j + 1].sum())]
    if j < 3:
        assert inside(first) == [quarters(X[s, j])]
        assert inside(second) == [quarters(LAYER.weights[i, j])]
    else:
        assert inside(first) == inside(second) == [quarters(LAYER.bias[i])]


def test_the_experiment_of_neuron_three(stepped):
    # "At which step does the running sum turn negative?" At the first product, 4 · (−1).
    assert "running sum is −4" in stepped.at(sample="second", step=8)
    assert "is closed" in stepped.at(sample="second", step=11)
    assert Z[1, 2] == -1  # the bias would have to grow by more than 1


def test_the_prediction_about_neuron_seven_is_computed(stepped):
    question, choices, why = stepped.prediction.words()
    assert "−1, −1, 2" in question
    assert [quarters(weight) for weight in LAYER.weights[6]] == ["−1", "−1", "2"]
    assert choices[stepped.prediction.answer].startswith(quarters(Z[1, 6]))
    assert Z[0, 6] == Z[1, 6] == 2
    assert "which is 0 in all" in why


def test_signals_begin_with_he_and_thirty_layers(deep):
    assert deep.at() == deep.at(gain=2, activation="relu", depth=30)
    assert re.match(
        r"After 30 layers the activations survive: their mean square is [01]\.\d+", deep.at()
    )


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "identity"])
@pytest.mark.parametrize("gain", GAINS[::3])
def test_lines_are_measured_in_a_network_and_predicted_by_the_recursion(deep, gain, activation):
    depth = DEPTHS[2]
    deep.at(gain=gain, activation=activation, depth=depth)
    measured, predicted, gradients, predicted_gradients = moving(deep, "lines")
    theory = predicted_signals(activation, gain=gain, depth=depth)
    assert predicted.get_ydata() == pytest.approx(theory.activations)
    assert predicted_gradients.get_ydata() == pytest.approx(theory.gradients)
    for line in (measured, gradients):
        assert line.get_xdata().tolist() == list(range(depth + 1))
    # One network of finite width strays from the average, more the deeper it is.
    for line, expected in ((measured, theory.activations), (gradients, theory.gradients)):
        assert abs(np.log(line.get_ydata() / expected)).max() < 2.5


def test_the_measured_line_is_that_of_the_network_it_names(deep):
    deep.at(gain=3, activation="tanh", depth=10)
    layers = random_network(50, 200, gain=3, activation="tanh", rng=np.random.default_rng(4))
    x, upstream = np.random.default_rng(1).standard_normal((2, 8, 200))
    a, sizes = x, [np.mean(x**2)]
    for layer in layers[:10]:
        a = ACTIVATIONS["tanh"].function(a @ layer.weights.T)
        sizes.append(np.mean(a**2))
    assert moving(deep, "lines")[0].get_ydata() == pytest.approx(sizes)
    # Gradients by central differences along a random direction, at the input.
    direction = np.random.default_rng(2).standard_normal(x.shape)
    ahead, behind = (forward(layers[:10], x + h * direction).output for h in (1e-6, -1e-6))
    gradient = moving(deep, "lines")[2].get_ydata()
    slope = ((ahead - behind) * upstream).sum() / 2e-6
    passed = forward(layers[:10], x)
    back = upstream
    for layer, z in zip(layers[9::-1], passed.preactivations[::-1], strict=True):
        back = (back * (1 - np.tanh(z) ** 2)) @ layer.weights
    assert (back * direction).sum() == pytest.approx(slope, rel=1e-5)
    assert gradient[0] == pytest.approx(np.mean(back**2))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"gain": 1, "depth": 30}, r"activations vanish.*10⁻⁹.*gradients vanish"),
        ({"gain": 4, "depth": 30}, r"activations explode.*10⁹.*gradients explode"),
        ({"gain": 1, "activation": "sigmoid"}, r"activations survive.*gradients vanish.*10⁻³⁸"),
        ({"gain": 2, "activation": "sigmoid"}, r"is 0\.26,.*gradients vanish: \d\.\d × 10⁻³¹"),
        ({"gain": 6, "activation": "tanh"}, r"activations survive.*explode: 8(\.0)? × 10⁵"),
        ({"gain": 1, "activation": "tanh"}, r"activations fade.*0\.01\d"),
        ({"gain": 1, "activation": "identity"}, r"activations survive.*gradients survive"),
    ],
)
def test_what_the_chapter_asks_the_reader_to_see(deep, values, words):
    assert re.search(words, deep.at(**values))


def test_the_factor_a_layer_gives_the_whole_change(deep):
    found = re.search(
        r"([\d.]+) times their mean square arrives, a factor of ([\d.]+) a layer",
        deep.at(gain=1.5, activation="relu", depth=5),
    )
    assert float(found[2]) ** 5 == pytest.approx(float(found[1]), rel=0.05)


def test_the_prediction_about_the_sigmoid_is_computed(deep):
    left = predicted_signals("sigmoid", gain=1, depth=30).gradients[0]
    assert left < 1e-30
    assert deep.prediction.choices[deep.prediction.answer] == "less than 10⁻³⁰ of it"
