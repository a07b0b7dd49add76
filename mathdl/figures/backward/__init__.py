"""What the chapter on back-propagation draws: paths, a scalar graph, passes, steps, growth."""

from mathdl.figures.backward.checking import draw_costs, draw_entry_errors
from mathdl.figures.backward.growth import draw_gradient_norms, draw_growth
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

__all__ = [
    "draw_costs",
    "draw_digits",
    "draw_entry_errors",
    "draw_error_curves",
    "draw_gates",
    "draw_gradient_norms",
    "draw_graph",
    "draw_growth",
    "draw_kink",
    "draw_path_sum",
    "draw_paths",
    "draw_shapes",
    "draw_step_errors",
    "draw_tangent",
    "draw_weight_gradient",
    "draw_weight_rows",
]
