"""What the chapter on the forward pass draws: products, planes cut and folded, signals, digits."""

from mathdl.forward.figures.digits import (
    draw_calibration,
    draw_picture,
    draw_probabilities,
    draw_units,
    draw_weight_tiles,
)
from mathdl.forward.figures.layer import draw_layer
from mathdl.forward.figures.product import draw_column_bias, draw_product
from mathdl.forward.figures.regions import draw_arrangement, draw_folding
from mathdl.forward.figures.signals import draw_deep_trainings, draw_other_ways, draw_signals
