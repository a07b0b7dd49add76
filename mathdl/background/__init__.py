"""What deep learning adds to other methods, and what is promised of it.

Small worlds, in the order of the chapter: the question whether a handwritten digit has a
hole (`holes`); XOR (`xor`); networks of ReLU hats on an interval, and the tent map, whose pieces
double with every layer (`piecewise`); towers on the plane
(`towers`). All names can be had from here.
"""

from mathdl.background.holes import (
    HOLE_DIGITS,
    NO_HOLE_DIGITS,
    HoleProblem,
    accuracy,
    best_affine_fit,
    enclosed_paper,
    hand_features,
    has_hole,
    hole_problem,
    nearest_neighbour,
    standard_error,
)
from mathdl.background.neighbours import nearest_rows
from mathdl.background.piecewise import (
    TARGETS,
    Target,
    hat_network,
    hats_needed,
    interpolation_bound,
    linear_pieces,
    shallow_units_needed,
    spread_network,
    sup_error,
    tent,
    tent_network,
    tent_preimages,
)
from mathdl.background.towers import tower_network
from mathdl.background.xor import (
    XOR_X,
    XOR_Y,
    directed_units,
    fold_path,
    xor_network,
)

__all__ = [
    "HOLE_DIGITS",
    "NO_HOLE_DIGITS",
    "TARGETS",
    "XOR_X",
    "XOR_Y",
    "HoleProblem",
    "Target",
    "accuracy",
    "best_affine_fit",
    "directed_units",
    "enclosed_paper",
    "fold_path",
    "hand_features",
    "has_hole",
    "hat_network",
    "hats_needed",
    "hole_problem",
    "interpolation_bound",
    "linear_pieces",
    "nearest_neighbour",
    "nearest_rows",
    "shallow_units_needed",
    "spread_network",
    "standard_error",
    "sup_error",
    "tent",
    "tent_network",
    "tent_preimages",
    "tower_network",
    "xor_network",
]
