"""An explorer alive in a notebook: the same card, its changes computed by the kernel.

The card and the script are those of the static page, so that the two look and behave the same;
only the table of states is replaced by questions to the kernel. A change sends the attributes
that changed, a few kilobytes, and nothing of the figure that stands still.
"""

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from explorable.drawing.svg.tokens import palette_css
from explorable.explore.artists import State, leaves
from explorable.explore.bundle import script, style
from explorable.explore.page import explorer_html
from explorable.explore.states import SENTENCE

if TYPE_CHECKING:
    from explorable.explore.explorer import Explorer

Change = tuple[int, int, str, str]
"""Artist, element, attribute and its new value, as in `explorable.explore.states.Slot`."""


class LiveExplorer(anywidget.AnyWidget):
    """The view of an explorer in a notebook."""

    _esm = script() + "export default globalThis.explorableLive;\n"
    _css = palette_css() + style()
    card = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer: "Explorer"):
        explorer.at_indices(explorer.start)
        self._explorer = explorer
        self._seen = Seen(explorer.look())
        templates = [(state, not state.shape) for state in self._seen.states]
        super().__init__(card=explorer_html(explorer, templates))
        self.on_msg(self._answer)

    def _answer(self, _: Any, content: dict[str, Any], __: Any) -> None:
        if "indices" not in content:  # it only carried an acknowledgement
            return
        try:
            sentence = self._explorer.at_indices(tuple(content["indices"]))
            changes = self._seen.changes(self._explorer.look())
        except Exception as error:
            self.send({"changes": [(SENTENCE, 0, "#", str(error))]})
            raise
        self.send({"changes": [(SENTENCE, 0, "#", sentence), *changes]})


class Seen:
    """What a reader has on the screen, from the first states of the moving artists on."""

    def __init__(self, states: list[State]):
        self.states = list(states)
        self.hidden = [not state.shape for state in states]

    def changes(self, states: list[State]) -> list[Change]:
        """Return what to change so that the screen shows these states, and remember them."""
        found: list[Change] = []
        for artist, state in enumerate(states):
            hidden, seen = not state.shape, self.states[artist]
            if hidden != self.hidden[artist]:
                found.append((artist, -1, "display", "none" if hidden else ""))
                self.hidden[artist] = hidden
            if hidden or state is seen:
                continue
            self.states[artist] = state
            if state.shape != seen.shape:
                found.append((artist, -1, "<", state.inside()))
                continue
            places = leaves(state.nodes)
            for (element, attribute), old, new in zip(
                places, seen.values, state.values, strict=True
            ):
                if old != new:
                    found.append((artist, element, attribute, new))
        return found


def in_a_notebook() -> bool:
    """Return whether a front end that may show widgets listens."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
