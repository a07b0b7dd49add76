"""What the chapter on the forward pass draws: products, planes cut and folded, signals, digits."""

from mathdl.forward.figures.digits import (
    draw_calibration,
    draw_picture,
    draw_probabilities,
    draw_units,
    draw_weight_tiles,
)
from mathdl.forward.figures.layer import LayerPicture, draw_layer
from mathdl.forward.figures.product import (
    draw_column_bias,
    draw_grid,
    draw_product,
    draw_running_sum,
)
from mathdl.forward.figures.regions import draw_arrangement, draw_folding
from mathdl.forward.figures.signals import (
    SurvivalPicture,
    draw_deep_trainings,
    draw_other_ways,
    draw_signals,
    draw_survival,
    move_signal,
)

__all__ = [
    "LayerPicture",
    "SurvivalPicture",
    "draw_arrangement",
    "draw_calibration",
    "draw_column_bias",
    "draw_deep_trainings",
    "draw_folding",
    "draw_grid",
    "draw_layer",
    "draw_other_ways",
    "draw_picture",
    "draw_probabilities",
    "draw_product",
    "draw_running_sum",
    "draw_signals",
    "draw_survival",
    "draw_units",
    "draw_weight_tiles",
    "move_signal",
]
