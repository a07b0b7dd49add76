"""What the chapter on back-propagation draws: paths, graphs, passes, steps, growth."""

from mathdl.figures.backward.checking import draw_entry_errors
from mathdl.figures.backward.growth import draw_depth
from mathdl.figures.backward.passes import (
    draw_gates,
    draw_shapes,
    draw_weight_gradient,
    draw_weight_rows,
)
from mathdl.figures.backward.paths import draw_path_sum, draw_paths
from mathdl.figures.backward.scalar_graph import draw_graph, draw_tangent
from mathdl.figures.backward.step_size import (
    draw_digits,
    draw_error_curves,
    draw_kink,
    draw_step_errors,
)
from mathdl.figures.backward.sweeps import draw_sweeps

__all__ = [
    "draw_depth",
    "draw_digits",
    "draw_entry_errors",
    "draw_error_curves",
    "draw_gates",
    "draw_graph",
    "draw_kink",
    "draw_path_sum",
    "draw_paths",
    "draw_shapes",
    "draw_step_errors",
    "draw_sweeps",
    "draw_tangent",
    "draw_weight_gradient",
    "draw_weight_rows",
]
