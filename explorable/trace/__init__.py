"""Kernels that run in the page: traced at examples, replayed there without Python.

`trace` calls a function with array-like values that write down what NumPy does with them, while it
does so with example values: shapes and types are NumPy's own. `trace_paths` does this for each
path through the function's ifs; what all paths compute stands in one table, equal nodes once.
`program` traces a function by itself, `repeat` and `trajectory` are loops, `gather` picks.
Sentences of `say` with traced numbers are nodes too. What a page could not do as NumPy does it is
refused with a `TraceError`, which names the line and the cure. ``browser/player.js`` runs what was
written down.

`Program.json` is an object of

- ``inputs``: for each a letter an axis, ``1`` where the length must be 1, ``n`` where another;
- ``constants``: a number, ``[shape, numbers]`` (one for all, or each), or ``[shape, first, last]``
  of evenly spaced ones; NaN and infinities as JavaScript's words;
- ``nodes``: ``[operation, [nodes that it takes], what else it needs]``, numbered after inputs and
  constants. A shape is a list of whole numbers, −1, and pairs ``[argument, axis]``; a slice has
  for each axis null (a new one), a number, or ``[start, stop, step]``, ``[]`` for all;
- ``fixed``: ``[node, axis, length]`` of the lengths that must be those of the examples;
- ``tree``: ``[condition, tree if true, tree if not]``, ``{"option": k, "of": trees}``,
  ``{"roots": nodes, "told": anything}`` or ``{"raises": message}``;
- ``programs``: what is called, or repeated, by number: the same, without words;
- ``words``: the templates and words of texts in the author's language, by number.
"""

from explorable.trace import functions as _functions
from explorable.trace.graph import TraceError
from explorable.trace.programs import (
    Program,
    gather,
    program,
    repeat,
    trace,
    trace_paths,
    trajectory,
)

__all__ = [
    "Program",
    "TraceError",
    "gather",
    "program",
    "repeat",
    "trace",
    "trace_paths",
    "trajectory",
]

del _functions
