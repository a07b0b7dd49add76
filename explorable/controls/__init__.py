"""What a reader moves: each control lists its values, says how it is drawn, and has a script.

The script of each control that is named here stands in ``browser`` under the same name.
"""

from explorable.controls.choice import choice
from explorable.controls.control import Control as Control
from explorable.controls.paint import paint
from explorable.controls.point import point
from explorable.controls.slider import slider
from explorable.controls.steps import steps
from explorable.controls.turn import turn

__all__ = ["choice", "paint", "point", "slider", "steps", "turn"]
