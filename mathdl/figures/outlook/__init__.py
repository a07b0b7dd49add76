"""What the outlook draws: maps of digits, parts of an error, a second descent, costs."""

from mathdl.figures.outlook.attribution import draw_completeness, draw_correlations, draw_maps
from mathdl.figures.outlook.costs import draw_costs, draw_roofline
from mathdl.figures.outlook.integration_path import draw_integration_path
from mathdl.figures.outlook.labels import draw_label_learning, draw_label_shares
from mathdl.figures.outlook.random_features import draw_descent, draw_fits, draw_parts, draw_risks

__all__ = [
    "draw_completeness",
    "draw_correlations",
    "draw_costs",
    "draw_descent",
    "draw_fits",
    "draw_integration_path",
    "draw_label_learning",
    "draw_label_shares",
    "draw_maps",
    "draw_parts",
    "draw_risks",
    "draw_roofline",
]
