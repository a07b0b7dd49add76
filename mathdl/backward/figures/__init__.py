"""What the chapter on back-propagation draws: paths, graphs, passes, steps, growth."""

from mathdl.backward.figures.growth import draw_depth
from mathdl.backward.figures.passes import (
    draw_fit,
    draw_shapes,
    draw_weight_rows,
)
from mathdl.backward.figures.paths import draw_path_sum, draw_paths
from mathdl.backward.figures.scalar_graph import draw_graph, draw_tangent
from mathdl.backward.figures.step_size import (
    draw_digits,
    draw_kink,
    draw_step_errors,
)
from mathdl.backward.figures.sweeps import draw_sweeps

__all__ = [
    "draw_depth",
    "draw_digits",
    "draw_fit",
    "draw_graph",
    "draw_kink",
    "draw_path_sum",
    "draw_paths",
    "draw_shapes",
    "draw_step_errors",
    "draw_sweeps",
    "draw_tangent",
    "draw_weight_rows",
]
