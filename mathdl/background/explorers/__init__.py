"""The explorers of the background chapter."""

from mathdl.background.explorers.curve import curve_explorer, learned_explorer
from mathdl.background.explorers.fold import fold_explorer
from mathdl.background.explorers.hats import hats_explorer
from mathdl.background.explorers.painted import painted_explorer
from mathdl.background.explorers.surface import surface_explorer
from mathdl.background.explorers.xor import xor_explorer
