"""What the chapter on back-propagation draws: paths, graphs, passes, steps."""

from mathdl.backward.figures.passes import *
from mathdl.backward.figures.paths import *
from mathdl.backward.figures.scalar_graph import *
from mathdl.backward.figures.step_size import *
