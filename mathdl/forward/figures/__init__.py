"""What the chapter on the forward pass draws: products, planes cut and folded, signals, digits."""

from mathdl.forward.figures.digits import *
from mathdl.forward.figures.layer import *
from mathdl.forward.figures.product import *
from mathdl.forward.figures.regions import *
from mathdl.forward.figures.signals import *
