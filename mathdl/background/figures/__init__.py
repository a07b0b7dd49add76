"""What the background chapter draws: digits, XOR seen from two spaces, hats, tents, misfits."""

from mathdl.background.figures.digits import (
    draw_accuracies,
    draw_digits,
    draw_network,
    draw_rule,
    draw_weights,
)
from mathdl.background.figures.piecewise import draw_alias, draw_slowness, draw_units
from mathdl.background.figures.xor import draw_xor
