"""Refuse a picture without alternative text."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


class CheckPictures(SphinxPostTransform):
    """Warn, which fails the build, of every picture that says nothing to who can't see it."""

    default_priority = 900  # after MyST-NB has chosen among the forms of an output

    def run(self, **kwargs: Any) -> None:
        """Look at every picture of the page."""
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                logger.warning(
                    "a picture has no alternative text; write ![what is seen](…), "
                    "or end the cell with show(figure, …)",
                    location=_placed(image),
                    type="alternative",
                )


def _placed(node: nodes.Node) -> nodes.Node:
    """Return the nearest node around this one that knows its line: for an output, its cell."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def setup(app: Sphinx) -> None:
    """Register the check."""
    app.add_post_transform(CheckPictures)
