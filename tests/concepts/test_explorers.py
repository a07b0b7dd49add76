"""The explorers of the chapter on concepts, asserted against the kernels."""

import itertools
import math
import re

import numpy as np
import pytest

from mathdl import concepts
from mathdl.concepts import explorers, figures, likelihood
from mathdl.concepts.figures.simplex import CORNERS, on_simplex
from tests.explorable.explore.states import assert_prediction, moving

PREDICTIONS = {
    "neuron_explorer": "the line stays, and the loss rises",
    "slope_explorer": "ten sigmoids",
    "loss_explorer": "it is smaller by the same factor",
    "softmax_explorer": "7.4 times",
}


@pytest.fixture(scope="module")
def made():
    return {name: getattr(explorers, name)() for name in PREDICTIONS}


def test_predictions(made):
    for name, answer in PREDICTIONS.items():
        assert_prediction(made[name], answer)


def test_reasons_of_the_predictions(made):
    _, _, why = made["slope_explorer"].prediction.words()
    assert [*re.findall(r"[\d.]* ?×? ?10⁻\S\S", why)] == ["1.6 × 10⁻¹⁰", "3.1 × 10⁻¹²", " 10⁻²⁰"]
    question, _, why = made["loss_explorer"].prediction.words()
    for text in (question, why):
        assert f"{math.exp(10) + 2:,.0f}" in text
    question, _, why = made["softmax_explorer"].prediction.words()
    assert "2.72 times" in question
    assert f"{math.exp(2):.3g}" in why
    sentence = made["softmax_explorer"].at(logits=(-1, 1), temperature=0.5, shift=3)
    a, b, _ = concepts.softmax([-4.0, 0.0, 0.0])
    assert f"Class 2 is {b / a:.3g} times as probable as class 1." in sentence
    assert "Class 1 is 2.72 times as probable as class 2." in made["softmax_explorer"].at()
    assert "Classes 1 and 2 are equally probable." in made["softmax_explorer"].at(logits=(1, 1))


def test_neuron_explorer_counts_and_weighs_its_points(made):
    explorer = made["neuron_explorer"]
    labels = np.repeat([1, 0], 6)
    for weights, bias in [((1.5, 1.5), -3.0), ((-2.0, 0.5), 1.5), ((0.0, 4.0), -8.0)]:
        z = (figures.POINTS @ weights + bias).ravel()
        right = int((np.where(labels, z, -z) > 1e-9).sum())  # not those on the line
        loss = concepts.binary_cross_entropy(z, labels)
        assert explorer.at(weights=weights, bias=bias) == (
            f"Points on their own side of the line: {right} of 12. Mean loss: {loss:.3f}."
        )
        sentence = explorer.at(weights=weights, bias=bias, activation="relu")
        assert sentence == f"Points on their own side of the line: {right} of 12."
    assert explorer.at(weights=(0, 0)).startswith("Both weights are 0")


def test_neither_activation_nor_steepness_moves_the_boundary(made):
    explorer = made["neuron_explorer"]
    (boundary,) = moving(explorer, "boundary")
    places = []
    for factor, activation in [(1, "sigmoid"), (2, "sigmoid"), (1, "relu"), (1, "tanh")]:
        explorer.at(weights=(factor, -1.5 * factor), bias=2 * factor, activation=activation)
        places.append(np.array(boundary.get_xydata()))
    assert all(place == pytest.approx(places[0]) for place in places)
    explorer.at(weights=(1, -1.5), bias=-2)
    assert np.array(boundary.get_xydata()) != pytest.approx(places[0])


def test_slopes_multiply(made):
    explorer = made["slope_explorer"]
    (here,) = moving(explorer, "product_here")
    for activation, z, depth in [("sigmoid", 0.0, 20), ("tanh", 1.0, 5), ("leaky_relu", -2.0, 3)]:
        explorer.at(activation=activation, z=z, depth=depth)
        slope = concepts.ACTIVATIONS[activation].derivative(z)
        assert here.get_xydata()[0] == pytest.approx([depth, slope**depth])
    assert "20 such slopes multiply to 9.1 × 10⁻¹³." in explorer.at(z=0.0, depth=20)
    assert explorer.at(z=0.0, depth=1) == "At z = 0 the slope of one layer is 0.25."
    assert explorer.at(activation="relu", z=1.0).endswith("the product of any number of them.")
    assert "nothing comes through" in explorer.at(activation="relu", z=0.0)


def test_loss_explorer_shows_both_losses(made):
    explorer = made["loss_explorer"]
    for logit, label in itertools.product([-10.0, -0.5, 7.0], [0, 1]):
        explorer.at(logit=logit, label=str(label))
        shown = [mark.get_ydata()[0] for mark in moving(explorer, "marks")]
        z, y = [logit], [label]
        assert shown == pytest.approx(
            [
                concepts.binary_cross_entropy(z, y),
                likelihood.squared_error_through_sigmoid(z, y),
                abs(concepts.binary_cross_entropy_gradient(z, y)[0]),
                abs(likelihood.squared_error_through_sigmoid_gradient(z, y)[0]),
            ]
        )
    for logit in (explorers.LOGITS[0], 10.0, explorers.LOGITS[-1]):
        for label in ("0", "1"):
            explorer.at(logit=logit, label=label)
            for mark in moving(explorer, "marks"):
                low, high = mark.axes.get_ylim()
                assert low <= mark.get_ydata()[0] <= high
    sentence = explorer.at(logit=-10.0, label="1")
    assert "slope −0.99995" in sentence
    assert "slope −4.54 × 10⁻⁵" in sentence


def test_shift_leaves_the_simplex_alone(made):
    explorer = made["softmax_explorer"]
    (here,) = moving(explorer, "here")
    (heads,) = moving(explorer, "heads")
    said = set()
    for shift in explorers.SHIFTS:
        sentence = explorer.at(logits=(3, -2), shift=shift)
        said.add(re.search(r"\(.*?\)", sentence)[0])
        p = concepts.softmax([3.0, -2.0, 0.0])
        assert here.get_xydata()[0] == pytest.approx(on_simplex(p))
        assert heads.get_ydata().tolist() == [3 + shift, -2 + shift, shift]
        shares = [text.get_text() for text in moving(explorer, "shares")]
        assert shares == [f"{share:.3f}" for share in p]
    assert len(said) == 1


def test_temperature_moves_along_the_dotted_path(made):
    explorer = made["softmax_explorer"]
    (here,), (family,) = moving(explorer, "here"), moving(explorer, "family")
    (gradient,) = moving(explorer, "gradient")
    places = []
    for temperature in explorers.TEMPERATURES:
        explorer.at(logits=(3, -2), temperature=temperature)
        places.append(here.get_xydata()[0].copy())
        p = concepts.softmax(np.array([3.0, -2.0, 0.0]) / temperature)
        assert places[-1] == pytest.approx(on_simplex(p))
        assert np.hypot(*(family.get_xydata() - places[-1]).T).min() < 0.05
        assert gradient.get_xydata()[0] == pytest.approx(CORNERS[0])
        assert gradient.get_xydata()[1] == pytest.approx(places[-1])
    middle = on_simplex(np.ones(3) / 3)
    distances = [np.hypot(*(place - middle)) for place in places]
    assert (np.diff(distances) < 0).all()
