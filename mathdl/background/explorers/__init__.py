"""The explorers of the background chapter."""

from mathdl.background.explorers.fold import fold_explorer
from mathdl.background.explorers.hats import hats_explorer
from mathdl.background.explorers.painted import painted_explorer
from mathdl.background.explorers.switches import hat_explorer, tower_explorer
from mathdl.background.explorers.xor import xor_explorer

__all__ = [
    "fold_explorer",
    "hat_explorer",
    "hats_explorer",
    "painted_explorer",
    "tower_explorer",
    "xor_explorer",
]
