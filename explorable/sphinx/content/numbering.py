"""Refuse an equation with a number that no text can refer to."""

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


class CheckNumbers(SphinxPostTransform):
    """Warn, which fails the build, of every equation that is numbered but has no label."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        """Look at every displayed equation of the page."""
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


def setup(app: Sphinx) -> None:
    """Register the check."""
    app.add_post_transform(CheckNumbers)
