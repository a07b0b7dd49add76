"""Refuse a picture without alternative text, and a number to which no text can refer."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

# What MyST gives \begin{equation}, and Sphinx an empty label.
INVENTED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|.*:\d+")
TAG = re.compile(r"\\tag\b")


class Refuse(SphinxPostTransform):
    """Warn, which fails the build, of what a reader could not see or find."""

    default_priority = 900  # after MyST-NB has chosen among the forms of an output

    def run(self, **kwargs: Any) -> None:
        """Look at every picture and every displayed equation of the page."""
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                logger.warning(
                    "a picture has no alternative text; write ![what is seen](…), "
                    "or end the cell with show(figure, …)",
                    location=_placed(image),
                    type="alternative",
                )
        for equation in self.document.findall(nodes.math_block):
            tex = equation.astext().strip()
            numbered = equation.get("number") and INVENTED.fullmatch(equation["label"])
            if numbered or TAG.search(tex):
                logger.warning(
                    "an equation has a number but no label: write $$ … $$ (chapter-name), "
                    "or $$ … $$ for one without a number; its TeX: %s",
                    tex,
                    location=equation,
                    type="math",
                    subtype="label",
                )


def _placed(node: nodes.Node) -> nodes.Node:
    """Return the nearest node around this one that knows its line: for an output, its cell."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def setup(app: Sphinx) -> None:
    app.add_post_transform(Refuse)
