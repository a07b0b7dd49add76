"""The explorers of the background chapter."""

from mathdl.widgets.background.fold import fold_explorer
from mathdl.widgets.background.hats import hats_explorer
from mathdl.widgets.background.painted import painted_explorer
from mathdl.widgets.background.switches import hat_explorer, tower_explorer
from mathdl.widgets.background.xor import xor_explorer

__all__ = [
    "fold_explorer",
    "hat_explorer",
    "hats_explorer",
    "painted_explorer",
    "tower_explorer",
    "xor_explorer",
]
