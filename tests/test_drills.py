"""The book's drills: tidy numbers, right answers, mistakes that are wrong, in both editions."""

import importlib
import inspect
import json
import math
import re
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from explorable.drills import Drill, drill_html, drills_of
from explorable.drills.page import FIELD, written
from explorable.languages.outputs import drill_words
from explorable.sphinx.content.mathematics import Renderer
from explorable.sphinx.frame.drills import drills_in
from mathdl import forward
from mathdl.backward import numerical_gradient
from mathdl.concepts import log_softmax, sigmoid
from tests.explorable.drills.playing import Scripts

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(path.parent.name for path in (ROOT / "mathdl").glob("*/drills.py"))
MODULES = {stem: importlib.import_module(f"mathdl.{stem}.drills") for stem in CHAPTERS}
DRILLS = {each.name: each for module in MODULES.values() for each in drills_of(module)}
SEEDS = range(1, 61)


def sigmoid_slope(r):
    h, z = 1e-5, math.log(r)
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


def logit_gradient(p, label):
    return numerical_gradient(lambda z: -log_softmax(z)[0, int(label)], np.log(p)[None])[0]


def parameters(n, h, m):
    rng = np.random.default_rng(0)
    return forward.n_parameters(forward.initialize([n, h, m], rng=rng))


def shapes(samples, n, h, m):
    network = forward.initialize([n, h, m], rng=np.random.default_rng(0))
    return forward.forward(network, np.zeros((samples, n))).output.shape


def he_deviation(inputs):
    rng = np.random.default_rng(0)
    (layer,) = forward.initialize([inputs, 100_000 // inputs], output="relu", rng=rng)
    return layer.weights.std()


def backward_pass(u, v, x, y):
    def loss(theta):
        return (theta[1] * max(theta[0] * x, 0) - y) ** 2

    return numerical_gradient(loss, np.array([u, v], float))


def paths(down, up):
    return up @ down


def weights_gradient(x, up):
    return [[x[0] * up[0], x[1] * up[0]], [x[0] * up[1], x[1] * up[1]]]


def xor_between(x):
    return max(0, sum(x)) - 2 * max(0, sum(x) - 1)


def bend_weight(y):
    return y[2] - 2 * y[1] + y[0]


def softmax_by_hand(a):
    return [float(Fraction(int(each), int(sum(a)))) for each in a]


def rmsprop_step(theta, s, g, rate, decay):
    return theta - rate * g / math.sqrt(decay * s + (1 - decay) * g * g)


def adam_step(theta, g, rate):
    return theta - math.copysign(rate, g)


def attributions(w, x, start):
    return (x - start) * w


def bias_and_variance(p, truth):
    mean = sum(p) / 4
    return (mean - truth) ** 2, sum((p - mean) ** 2) / 4


def stopped_share(rate, curvature, steps):
    reached = 0.0
    for _ in range(steps):
        reached += rate * curvature * (1 - reached)
    return reached


AGAIN = {
    name: value
    for name, value in globals().items()
    if name in DRILLS and not isinstance(value, Drill)
}
"""Answers, computed a second time in another way."""


def test_drills_are_found_by_the_stem_of_their_chapter():
    config = SimpleNamespace(explorable_library="mathdl")
    assert [each.name for each in drills_in(config, "outlook")][-1] == "roofline"
    assert drills_in(config, "no_chapter") == []
    assert drills_in(SimpleNamespace(explorable_library=""), "outlook") == []


def test_each_chapter_has_four_kinds_and_no_two_share_a_name():
    for module in MODULES.values():
        assert len([*drills_of(module)]) >= 4
    assert len(DRILLS) == sum(len([*drills_of(each)]) for each in MODULES.values()) >= 28
    assert len(AGAIN) >= 16


@pytest.fixture(scope="module")
def scripts():
    return Scripts()


def tidy(value):
    """Tell whether a number can be written out, or is a fraction with a small denominator."""
    shown = float(written(value).replace("−", "-").replace(",", ""))
    fraction = Fraction(float(value)).limit_denominator(100)
    return math.isclose(shown, value, abs_tol=1e-9) or math.isclose(fraction, value, rel_tol=1e-9)


@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_numbers_are_tidy_and_mistakes_are_wrong(drill, scripts):
    said = [drill.question, drill.solution, *drill.mistakes.values(), *drill.options]
    fields = {name for text in said for name, _ in FIELD.findall(text)}
    asked = {name for name, _ in FIELD.findall(drill.question)}
    met = set()
    for seed in SEEDS:
        values = drill.at(seed)
        assert fields <= values.keys()
        assert set(drill.mistakes) <= values.keys()
        for name in (asked | {"answer"}) if drill.name != "loss_curve" else asked:
            assert all(map(tidy, np.ravel(values[name]))), (seed, name, values[name])
            assert np.max(np.abs(values[name])) < 1e6
        for name in fields:
            assert not re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "".join(map(written, np.ravel(values[name]))))
        assert np.isfinite(values["answer"]).all()
        if drill.options:
            assert 0 <= values["answer"] < len(drill.options)
        for right, name in combinations(["answer", *drill.mistakes], 2):
            assert np.shape(values[name]) == np.shape(values["answer"]), name
            same = np.allclose(values[name], values[right], rtol=1e-9, atol=1e-9)
            both = (np.ravel(values[each]).tolist() for each in (name, right))
            assert same or not scripts("agree", *both), (seed, name, right)
            met |= set() if same or right != "answer" else {name}
    assert met == set(drill.mistakes), "each mistake can be made with some numbers"
    assert len({str(drill.at(seed)) for seed in SEEDS}) >= 12


@pytest.mark.parametrize("name", sorted(AGAIN))
def test_the_kernels_answer_is_that_of_another_way(name):
    drill = DRILLS[name]
    needed = inspect.signature(AGAIN[name]).parameters
    for seed in range(1, 21):
        values = drill.at(seed)
        again = AGAIN[name](**{key: values[key] for key in needed})
        tolerance = 0.02 if name == "he_deviation" else 1e-6
        np.testing.assert_allclose(values["answer"], again, rtol=tolerance, atol=1e-6)


@pytest.mark.parametrize("name", DRILLS)
def test_examples_are_as_they_were_read(name):
    """What question, solution and mistakes say; of each drill one example was read through."""
    known = json.loads(Path(__file__).with_name("drills.json").read_text(encoding="utf-8"))[name]
    for seed, example in enumerate(known, start=1):
        values = DRILLS[name].at(seed)
        assert values.keys() == example.keys()
        for key, value in example.items():
            np.testing.assert_allclose(values[key], value, rtol=1e-9, atol=1e-12, err_msg=key)


@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_the_page_computes_what_python_does(drill, scripts):
    seeds = [*range(1, 16)]
    for seed, there in zip(seeds, scripts.at(drill, seeds), strict=True):
        for name, value in drill.at(seed).items():
            assert there[name]["shape"] == list(np.shape(value)), (seed, name)
            np.testing.assert_allclose(
                there[name]["values"], np.ravel(value), rtol=1e-12, atol=1e-12, err_msg=name
            )


def test_every_card_is_whole_in_both_languages():
    chinese, renderer = drill_words(), Renderer(None)

    def render(tex, apart):
        return renderer(tex, display=apart)

    for drill in DRILLS.values():
        for words in ({}, chinese):
            card = drill_html(drill, 1, render, lambda text, words=words: words.get(text, text))
            shown, _, spec = card.partition("<script")
            assert "@" not in shown
            assert "$" not in card
            assert spec.count("</") == 2  # the ends of script and card
            assert "<!" not in spec
