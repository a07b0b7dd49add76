"""The explorers of the chapter on the forward pass: every state, against the kernels."""

import itertools
import re

import numpy as np
import pytest

from explorable.sentences import number
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import affine, explorers, forward
from mathdl.forward.figures.product import quarters
from mathdl.forward.products import products, worked_example
from mathdl.forward.signals import predicted_differences, predicted_signals, random_network
from tests.explorable.explore.states import assert_prediction, moving, once

X, LAYER = worked_example()
TERMS = products(X, LAYER.weights, LAYER.bias)
Z = affine(X, LAYER.weights, LAYER.bias)
STEPS = list(itertools.product(["first", "second"], range(40)))


stepped = once(explorers.product_explorer)
deep = once(explorers.signals_explorer)


@pytest.mark.parametrize("weights", [(0.5, -1, 0.5), (-2, 0.25, 1), (2, 2, 2), (0, 0, -0.25)])
def test_a_dragged_neuron_computes_what_the_layer_does(weights):
    explorer = explorers.layer_explorer()
    sentence = explorer.at(**dict(zip(("w1", "w2", "w3"), weights, strict=True)))
    (z,) = affine(X[:1], np.array([weights]), LAYER.bias[:1])[0]
    assert f"upper neuron is {number(z)}" in sentence
    assert ("hands on 0" in sentence) == (z <= 0)
    shown = [moving(explorer, part)[0].get_text() for part in ("z", "a")]
    assert shown == [number(z), number(max(z, 0.0))]
    for w, text in zip(weights, moving(explorer, "weights"), strict=True):
        assert text.get_text() == number(float(w))


def test_stepping_begins_where_the_table_of_neuron_three_ends_and_asks_of_neuron_seven(stepped):
    assert stepped.at() == stepped.at(sample="first", step=11)
    assert stepped.at() == (
        "Sample 1, neuron 3: the bias ½ is added, z = ½. The neuron is open and gives ½."
    )
    # "At which step does the running sum turn negative?" At the first product, 4 · (−1).
    assert "running sum is −4" in stepped.at(sample="second", step=8)
    assert "is closed" in stepped.at(sample="second", step=11)
    assert Z[1, 2] == -1  # the bias would have to grow by more than 1
    question, choices, why = stepped.prediction.words()
    assert "−1, −1, 2" in question
    assert [quarters(weight) for weight in LAYER.weights[6]] == ["−1", "−1", "2"]
    assert choices[stepped.prediction.answer].startswith(quarters(Z[1, 6]))
    assert Z[0, 6] == Z[1, 6] == 2
    assert "which is 0 in all" in why


@pytest.mark.parametrize(("sample", "step"), STEPS)
def test_each_step_says_its_sum_fills_its_cells_and_frames_what_meets(stepped, sample, step):
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
        states = {1: "is open", -1: "is closed", 0: "at its kink"}
        assert states[int(np.sign(Z[s, i]))] in sentence
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
    row, column, entry, first, second = (
        frame for part in ("row", "column", "entry", "factors") for frame in moving(stepped, part)
    )
    written = {text.get_position(): text.get_text() for text in stepped.figure.axes[1].texts}

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


def test_signals_begin_with_he_and_thirty_layers(deep):
    assert deep.at() == deep.at(gain=2, activation="relu", depth=30)
    assert re.match(r"After 30 layers the mean square of the activations is [01]\.\d+;", deep.at())
    assert predicted_differences("sigmoid", gain=1, depth=30)[-1] < 1e-30
    assert_prediction(deep, "nothing that a computer can tell")


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("gain", explorers.GAINS[::3])
def test_lines_are_measured_in_a_network_and_predicted_by_the_recursions(deep, gain, activation):
    depth = explorers.DEPTHS[2]
    deep.at(gain=gain, activation=activation, depth=depth)
    signals = predicted_signals(activation, gain=gain, depth=depth)
    theory = {
        "activations": signals.activations,
        "differences": predicted_differences(activation, gain=gain, depth=depth),
        "gradients": signals.gradients,
    }
    for name, expected in theory.items():
        measured, predicted = moving(deep, name)
        assert predicted.get_ydata() == pytest.approx(expected)
        assert measured.get_xdata().tolist() == list(range(depth + 1))
        # One network of finite width strays from the average, more the deeper it is.
        assert abs(np.log(measured.get_ydata() / expected)).max() < 2.5


def test_the_measured_lines_are_those_of_the_network_they_name(deep):
    deep.at(gain=3, activation="tanh", depth=10)
    layers = random_network(30, 200, gain=3, activation="tanh", rng=np.random.default_rng(4))
    x, upstream = np.random.default_rng(1).standard_normal((2, 8, 200))
    a, sizes, shares = x, [np.mean(x**2)], []
    pairs = list(itertools.combinations(range(8), 2))
    for layer in [None, *layers[:10]]:
        if layer is not None:
            a = ACTIVATIONS["tanh"].function(a @ layer.weights.T)
            sizes.append(np.mean(a**2))
        shares.append(np.mean([(a[i] - a[j]) ** 2 for i, j in pairs]) / 2 / np.mean(a**2))
    assert moving(deep, "activations")[0].get_ydata() == pytest.approx(sizes)
    assert moving(deep, "differences")[0].get_ydata() == pytest.approx(shares)
    for layer, z in zip(layers[9::-1], forward(layers[:10], x).preactivations[::-1], strict=True):
        upstream = (upstream * (1 - np.tanh(z) ** 2)) @ layer.weights
    assert moving(deep, "gradients")[0].get_ydata()[0] == pytest.approx(np.mean(upstream**2))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"gain": 1}, r"activations is 1\.1 × 10⁻⁹;.*gradients is multiplied by \d\.\d × 10⁻¹⁰"),
        ({"gain": 4}, r"× 10⁹;.*multiplied by \d\.\d × 10⁸.*multiplies both by 2 on average"),
        ({"gain": 2}, r"; it was 1\. Between two inputs [2-6] % of it.*both by 1 on average"),
        (
            {"gain": 1, "activation": "sigmoid"},
            r"0\.26;.*10⁻³² of it differs, which is rounding.*10⁻³⁸",
        ),
        (
            {"gain": 2, "activation": "sigmoid"},
            r"0\.27;.*only 2 × 10⁻³⁰ of it.*10⁻³¹.*by 0\.125 at most",
        ),
        ({"gain": 1, "activation": "sigmoid", "depth": 5}, r"only 2 × 10⁻⁶ of it differs"),
        ({"gain": 6, "activation": "tanh"}, r"Nearly all.*by 8(\.0)? × 10⁵\. No activation"),
        ({"gain": 1, "activation": "tanh"}, r"0\.016;.*power law, not by a factor.*is 0\.017"),
        ({"gain": 0.5, "activation": "tanh"}, r"10⁻¹⁰;.*multiplies both by 0\.5 at most"),
    ],
)
def test_what_the_chapter_asks_the_reader_to_see(deep, values, words):
    assert re.search(words, deep.at(**values))


@pytest.mark.parametrize("depth", explorers.DEPTHS)
@pytest.mark.parametrize("gain", explorers.GAINS)
def test_what_is_said_at_most_holds_in_the_wide_network(gain, depth):
    sigmoid = predicted_signals("sigmoid", gain=gain, depth=depth)
    apart = predicted_differences("sigmoid", gain=gain, depth=depth) * sigmoid.activations
    assert (apart[1:] / apart[:-1] <= gain / 16).all()
    assert (sigmoid.gradients[:-1] / sigmoid.gradients[1:] <= gain / 16).all()
    tanh = predicted_signals("tanh", gain=gain, depth=depth)
    assert tanh.activations[1:].max() < 1
    if gain < 1:
        assert (tanh.activations[1:] / tanh.activations[:-1] <= gain).all()
        assert (tanh.gradients[:-1] / tanh.gradients[1:] <= gain).all()


def test_a_prediction_about_a_weight():
    assert_prediction(explorers.layer_explorer(), "it grows by 3")
