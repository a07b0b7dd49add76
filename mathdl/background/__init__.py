"""What deep learning adds to other methods, and what is promised of it.

Small worlds, in the order of the chapter: the question whether a handwritten digit has a
hole (`holes`); XOR (`xor`); networks of ReLU hats on an interval, and the tent map, whose pieces
double with every layer (`piecewise`); towers on the plane
(`towers`). All names can be had from here.
"""

from mathdl.background import holes, neighbours, piecewise, towers, xor
from mathdl.background.holes import *
from mathdl.background.neighbours import *
from mathdl.background.piecewise import *
from mathdl.background.towers import *
from mathdl.background.xor import *

__all__ = [*holes.__all__, *neighbours.__all__, *piecewise.__all__, *towers.__all__, *xor.__all__]
