"""What the chapter on concepts draws: neurons, slopes, losses, the simplex.

Functions draw on the Axes that they are handed. What an explorer moves is returned as a picture:
its artists by name, and a ``move`` that sets their data.
"""

from mathdl.concepts.figures.activations import *
from mathdl.concepts.figures.losses import *
from mathdl.concepts.figures.neuron import *
from mathdl.concepts.figures.simplex import *
