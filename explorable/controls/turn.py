"""The side from which a reader sees three dimensions."""

from typing import Any

from explorable.checks import a_text, an_instance, finite_number, shown, whole_number
from explorable.controls.control import Card, Track
from explorable.drawing.toolkit import View3D
from explorable.sentences import number


class Turn(Track):
    """Let the reader turn a view of three dimensions, by a slider or by dragging it.

    The page and the notebook turn it by themselves: `update` receives nothing, and the states
    are not multiplied.

    Parameters
    ----------
    space : View3D
        Made by `explorable.drawing.toolkit.view_3d`.
    label : str
    step : int
        Degrees of one step.
    """

    kind = "turn"
    has_states = False

    def __init__(self, space: View3D, *, label: str = "view from", step: int = 3):
        self.space = an_instance(space, "space", View3D)
        self.axes = space.axes
        self.step = whole_number(step, "step", 1, 360)
        count = 360 // self.step
        nearest = round(space.azimuth % 360 / self.step) % count
        super().__init__(a_text(label, "label"), count, nearest)

    def value(self, index: int) -> int:
        return index * self.step

    def text(self, index: int) -> str:
        return f"{number(self.value(index))}°"

    def key(self, index: int) -> str:
        return str(self.value(index))

    def find(self, value: Any) -> int:
        degrees = finite_number(value, f"a value of {shown(self.label)}")
        if degrees % self.step or not 0 <= degrees < 360:
            raise self._miss(value)
        return int(degrees) // self.step

    def spec(self, card: Card) -> dict[str, Any]:
        view = self.space.view(card.panels[self.space.axes])
        return super().spec(card) | {"step": self.step, **view}


turn = Turn
