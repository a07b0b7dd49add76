"""What the background chapter draws: digits, XOR seen from two spaces, hats, tents, misfits."""

from mathdl.background.figures.digits import *
from mathdl.background.figures.piecewise import *
from mathdl.background.figures.xor import *
