"""What the chapter on back-propagation draws: paths, graphs, passes."""

from mathdl.backward.figures.passes import *
from mathdl.backward.figures.paths import *
from mathdl.backward.figures.scalar_graph import *
