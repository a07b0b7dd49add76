"""What the outlook draws: maps of digits, parts of an error, a second descent, costs."""

from mathdl.outlook.figures.attribution import *
from mathdl.outlook.figures.costs import *
from mathdl.outlook.figures.integration_path import *
from mathdl.outlook.figures.random_features import *
