"""The explorers of the chapter on back-propagation."""

from mathdl.widgets.backward.depth import depth_explorer
from mathdl.widgets.backward.graph import graph_explorer
from mathdl.widgets.backward.paths import paths_explorer
from mathdl.widgets.backward.step_size import step_size_explorer
from mathdl.widgets.backward.sweeps import sweeps_explorer

__all__ = [
    "depth_explorer",
    "graph_explorer",
    "paths_explorer",
    "step_size_explorer",
    "sweeps_explorer",
]
