"""What the outlook draws: maps of digits, parts of an error, a second descent, costs."""

from mathdl.outlook.figures.attribution import draw_completeness, draw_maps
from mathdl.outlook.figures.costs import draw_costs, draw_roofline
from mathdl.outlook.figures.integration_path import draw_integration_path
from mathdl.outlook.figures.labels import draw_label_learning
from mathdl.outlook.figures.random_features import (
    draw_descent,
    draw_fits,
    draw_one_sample,
    draw_parts,
    draw_risks,
    draw_stretch,
)
