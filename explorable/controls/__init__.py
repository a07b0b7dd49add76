"""What a reader moves: each control lists its values, says how it is drawn, and has a script.

The script of each control that is named here stands in ``browser`` under the same name.
"""

from explorable.controls.choice import choice as choice
from explorable.controls.control import Control as Control
from explorable.controls.paint import paint as paint
from explorable.controls.point import point as point
from explorable.controls.slider import slider as slider
from explorable.controls.steps import steps as steps
from explorable.controls.turn import turn as turn

SCRIPTS = ["choice", "paint", "point", "slider", "steps", "turn"]
