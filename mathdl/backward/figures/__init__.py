"""What the chapter on back-propagation draws: paths, graphs, passes, steps."""

from mathdl.backward.figures.passes import draw_fit, draw_shapes, draw_weight_rows
from mathdl.backward.figures.paths import draw_paths
from mathdl.backward.figures.scalar_graph import draw_graph
from mathdl.backward.figures.step_size import draw_digits, draw_kink
