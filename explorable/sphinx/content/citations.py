"""Sources as a plain list: what Sphinx writes for them has roles that no list may have."""

from docutils import nodes
from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from explorable.sphinx.language import is_translated


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Open an entry."""
    lang = {"lang": "en"} if is_translated() else {}
    self.body.append(self.starttag(node, "div", CLASS="source", **lang))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Close an entry."""
    self.body.append("</div>\n")


def visit_label(self: HTML5Translator, node: nodes.label) -> None:
    """Leave out the number: the text cites by author and year, and so does the list begin."""
    if isinstance(node.parent, nodes.citation):
        raise nodes.SkipNode
    HTML5Translator.visit_label(self, node)


def depart_label(self: HTML5Translator, node: nodes.label) -> None:
    """Close the label of a footnote."""
    HTML5Translator.depart_label(self, node)


def setup(app: Sphinx) -> None:
    """Replace the visitors, and look for what writes citations once, not at each of them."""
    for name in ("docutils", "plaintext"):
        found = find_plugin("pybtex.backends", name)
        register_plugin("pybtex.backends", name, found, force=True)
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(nodes.label, override=True, html=(visit_label, depart_label))
