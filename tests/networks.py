"""Networks that the tests of several chapters draw."""

import numpy as np

from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer


def random_layers(sizes, rng, *, names=tuple(ACTIVATIONS), dtype=np.float64):
    """Draw layers of these widths with normal weights and biases and activations by lot."""
    drawn = rng.choice(list(names), len(sizes) - 1)
    return [
        Layer(
            rng.normal(size=(n_out, n_in)).astype(dtype),
            rng.normal(size=n_out).astype(dtype),
            str(name),
        )
        for n_in, n_out, name in zip(sizes, sizes[1:], drawn, strict=False)
    ]
