"""What the chapter on the forward pass draws: products, planes cut and folded, signals, digits."""

from mathdl.figures.forward.digits import (
    draw_picture,
    draw_probabilities,
    draw_units,
    draw_weight_tiles,
)
from mathdl.figures.forward.product import (
    draw_column_bias,
    draw_grid,
    draw_product,
    draw_running_sum,
    draw_shapes,
)
from mathdl.figures.forward.regions import draw_arrangement, draw_folding, draw_region_growth
from mathdl.figures.forward.signals import draw_signal_pair, draw_signals, move_signal

__all__ = [
    "draw_arrangement",
    "draw_column_bias",
    "draw_folding",
    "draw_grid",
    "draw_picture",
    "draw_probabilities",
    "draw_product",
    "draw_region_growth",
    "draw_running_sum",
    "draw_shapes",
    "draw_signal_pair",
    "draw_signals",
    "draw_units",
    "draw_weight_tiles",
    "move_signal",
]
