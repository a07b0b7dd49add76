"""The backward pass, the scalar graph behind it, what it costs, and how to check a gradient.

What the chapter does with it is imported by name: the chain rule as a sum over `paths`, a graph
swept step by step (`tape`), the errors of finite differences (`step_size`), and how a gradient
grows with depth (`growth`).
"""

from mathdl.backward import checking, costs, differences, graph, passes
from mathdl.backward.checking import *
from mathdl.backward.costs import *
from mathdl.backward.differences import *
from mathdl.backward.graph import *
from mathdl.backward.passes import *

__all__ = [
    *checking.__all__,
    *costs.__all__,
    *differences.__all__,
    *graph.__all__,
    *passes.__all__,
]
