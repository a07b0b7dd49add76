"""Kernels that run in the page: traced at examples, replayed without Python.

`trace` calls a function with array-like values that write down what NumPy does with them.
"""

from explorable.trace import functions as _functions
from explorable.trace.graph import STATE, TraceError
from explorable.trace.programs import (
    Program,
    gather,
    program,
    repeat,
    trace,
    trace_paths,
    trajectory,
)
from explorable.trace.texts import filled, is_traced, number_text
from explorable.trace.traced import Length, Traced, looked, traced

__all__ = [
    "STATE",
    "Length",
    "Program",
    "TraceError",
    "Traced",
    "filled",
    "gather",
    "is_traced",
    "looked",
    "number_text",
    "program",
    "repeat",
    "trace",
    "trace_paths",
    "traced",
    "trajectory",
]

del _functions
