"""The explorers of the chapter on back-propagation."""

from mathdl.backward.explorers.depth import depth_explorer
from mathdl.backward.explorers.graph import graph_explorer
from mathdl.backward.explorers.neuron import neuron_explorer
from mathdl.backward.explorers.paths import paths_explorer
from mathdl.backward.explorers.step_size import step_size_explorer
