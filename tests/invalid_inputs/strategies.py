"""Strategies of hypothesis: what may come in the place of a right value."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer
from tests.invalid_inputs.array_forms import kind
from tests.invalid_inputs.values import other_values

DTYPES = ("f2", "f4", "f8", "g", "i1", "i8", "u1", "u8", "?", "c16", ">f8", "U2", "M8[D]", "O")
"""Types of arrays, those of numbers among them."""


def surprises(value: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for what may come in the place of a right value: values, and `Form`s."""
    drawn: dict[str, Callable[[Any], st.SearchStrategy[Any]]] = {
        "numbers": arrays,
        "labels": arrays,
        "number": lambda _: numbers(),
        "count": lambda _: counts(),
        "name": lambda _: st.text(max_size=5),
        "widths": lambda given: st.lists(
            st.integers(0, 6), min_size=len(given) - 1, max_size=len(given) + 1
        ),
        "settings": lambda given: st.lists(numbers(), max_size=len(given) + 1),
        "layers": lambda given: st.lists(layers(), max_size=len(given) + 1),
    }
    known = st.sampled_from(list(other_values(value)))
    return drawn[kind(value)](value) | known if kind(value) in drawn else known


def numbers() -> st.SearchStrategy[Any]:
    """Return a strategy for numbers of all types and sizes."""
    return (
        st.floats()
        | st.integers(-(2**70), 2**70)
        | st.integers(-8, 8).map(lambda n: n / 4)
        | st.floats(width=32).map(np.float32)
        | st.floats(width=16).map(np.float16)
        | st.integers(-128, 127).map(np.int8)
        | st.floats().map(np.array)
        | st.floats().map(np.longdouble)
    )


def counts() -> st.SearchStrategy[Any]:
    """Return a strategy for small counts, and for those that nobody can count to.

    What lies between is taken at its word: a thousand million steps are taken, and last.
    """
    return (
        st.integers(-2, 12)
        | st.integers(10**10, 2**70)
        | st.integers(-128, 12).map(np.int8)
        | st.floats()
        | st.floats().map(np.array)
    )


@st.composite
def arrays(draw: st.DrawFn, given: np.ndarray) -> np.ndarray:
    """Draw an array with about the shape of a right one, of any type."""
    lengths = [max(0, length + draw(st.sampled_from([0, 0, 0, -1, 1]))) for length in given.shape]
    if draw(st.integers(0, 9)) == 0:
        lengths = [*lengths, 2] if draw(st.booleans()) else lengths[1:]
    return draw(hnp.arrays(draw(st.sampled_from(DTYPES)), tuple(lengths)))


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """Draw a layer of a few neurons, with numbers of any size."""
    n_out, n_in = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    dtype = draw(st.sampled_from([np.float64, np.float32]))
    elements = {"allow_nan": False, "allow_infinity": False}
    return Layer(
        draw(hnp.arrays(dtype, (n_out, n_in), elements=elements)),
        draw(hnp.arrays(dtype, n_out, elements=elements)),
        draw(st.sampled_from(list(ACTIVATIONS))),
    )
