"""The explorers of the background chapter."""

from mathdl.widgets.background.hats import hats_explorer
from mathdl.widgets.background.painted import painted_explorer
from mathdl.widgets.background.xor import xor_explorer

__all__ = ["hats_explorer", "painted_explorer", "xor_explorer"]
