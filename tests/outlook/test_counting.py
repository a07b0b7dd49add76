"""Tests of `mathdl.outlook.counting`."""

import numpy as np
import pytest

from mathdl import outlook
from mathdl.forward import initialize


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds"),
    [
        ("digits", 17_226, 17_024),
        ("ResNet-50", 25_557_032, 3_857_973_248),  # documentation; He et al. (2016): 3.8e9
        ("GPT-2 small", 124_439_808, 145_824_153_600),  # "124M"
    ],
)
def test_counts_equal_the_published_ones(name, parameters, multiply_adds):
    total = outlook.cost(outlook.NETWORKS[name]())
    assert (total.parameters, total.multiply_adds) == (parameters, multiply_adds)


def test_the_operations_of_a_tiny_gpt2():
    """Two blocks on 5 tokens of 3 numbers, from a vocabulary of 7."""
    made = outlook.gpt2(blocks=2, width=3, context=5, vocabulary=7)
    block = [
        (6, 0),
        (4 * 9, 5 * 27),
        (0, 2 * 25 * 3),  # 25 products of tokens, and 25 weights, 3 numbers each
        (4 * 3, 5 * 9),
        (6, 0),
        (4 * 12, 5 * 36),
        (13 * 3, 5 * 36),
    ]
    assert made == [((7 + 5) * 3, 0), *block, *block, (6, 0), (0, 5 * 3 * 7)]


def test_sizes_that_the_chapter_quotes():
    total = outlook.cost(outlook.gpt2(blocks=48, width=1600))
    assert total.parameters == 1_557_611_200
    assert round(16 * total.parameters / 1e9) == 25
    layers = initialize((7, 5, 3), rng=np.random.default_rng(0))
    total = outlook.cost(outlook.multilayer((7, 5, 3)))
    assert total.parameters == sum(w.weights.size + w.bias.size for w in layers)
    assert total.multiply_adds == sum(w.weights.size for w in layers)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: outlook.cost([]), "operations must list at least 1, but lists 0"),
        (lambda: outlook.cost([3]), "each of operations must be a Cost, but is 3"),
        (lambda: outlook.multilayer([3]), "sizes"),
    ],
)
def test_counts_refuse(call, words):
    with pytest.raises(ValueError, match=words):
        call()
