"""Networks that the tests of several chapters draw."""

from hypothesis import strategies as st

from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4)
"""Widths of the input, of hidden layers, and of the output."""


def random_layers(sizes, rng, *, names=tuple(ACTIVATIONS)):
    """Draw layers of these widths with normal weights and biases and activations by lot."""
    drawn = rng.choice(list(names), len(sizes) - 1)
    return [
        Layer(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out), str(name))
        for n_in, n_out, name in zip(sizes, sizes[1:], drawn, strict=False)
    ]


def random_target(loss, rng, shape):
    """Draw what a loss wants for outputs of a shape."""
    return rng.integers(0, shape[1], shape[0]) if loss == "cross_entropy" else rng.random(shape)
