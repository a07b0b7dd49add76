"""An explorer alive in a notebook: the same card, its changes computed by the kernel.

The card and the script are those of the static page, so that the two look and behave the same;
only the table of states is replaced by questions to the kernel. A change sends the artists that
look otherwise, and nothing of the figure that stands still.
"""

from typing import Any

import anywidget
import traitlets

from explorable.drawing.svg.tokens import palette_css
from explorable.explore.bundle import script, style
from explorable.explore.model import Model
from explorable.explore.page import explorer_html
from explorable.explore.states import SENTENCE


class LiveExplorer(anywidget.AnyWidget):
    """The view of an explorer in a notebook."""

    _esm = script() + "export default globalThis.explorableLive;\n"
    _css = palette_css() + style()
    card = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer: Model):
        explorer.at_indices(explorer.start)
        self._explorer = explorer
        self._seen = explorer.look()
        templates = [(state, False) for state in self._seen]
        super().__init__(card=explorer_html(explorer, templates))
        self.on_msg(self._answer)

    def _answer(self, _: Any, content: dict[str, Any], __: Any) -> None:
        if "indices" not in content:  # it only carried an acknowledgement
            return
        try:
            sentence = self._explorer.at_indices(tuple(content["indices"]))
            before, self._seen = self._seen, self._explorer.look()
        except Exception as error:
            self.send({"changes": [(SENTENCE, 0, "#", str(error))]})
            raise
        looks = enumerate(zip(before, self._seen, strict=True))
        changes = [(artist, -1, "<", new.inside()) for artist, (old, new) in looks if new != old]
        self.send({"changes": [(SENTENCE, 0, "#", sentence), *changes]})


def in_a_notebook() -> bool:
    """Return whether a front end that may show widgets listens."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
