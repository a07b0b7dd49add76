"""Sources: cited as the language of the edition does, and listed plainly.

What Sphinx writes for the list has roles that no list may have. Its entries stay English.
"""

from dataclasses import dataclass

from docutils import nodes
from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex import plugin
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from explorable.sphinx.language import _, is_translated


@dataclass
class Citations(AuthorYearReferenceStyle):
    """Author and year, in the words that the notebooks have for them too."""

    def __post_init__(self) -> None:
        """Take the words of the edition."""
        if is_translated():
            both, more = _("{one} and {other}", one="", other=""), _("{first} et al.", first="")
            self.person = PersonStyle(sep2=both, other=more)
            self.text_reference_sep = _("{who} ({year})", who="", year="")[:-2]
            self.author_year_sep = _("({who}, {year})", who="", year="")[1:-1]
        super().__post_init__()  # type: ignore[no-untyped-call]  # its package has no types


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    lang = {"lang": "en"} if is_translated() else {}
    self.body.append(self.starttag(node, "div", CLASS="source", **lang))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    self.body.append("</div>\n")


def visit_label(self: HTML5Translator, node: nodes.label) -> None:
    """Leave out the number: the text cites by author and year, and so does the list begin."""
    if isinstance(node.parent, nodes.citation):
        raise nodes.SkipNode
    HTML5Translator.visit_label(self, node)


def setup(app: Sphinx) -> None:
    """Offer the style, replace the visitors, and find what writes citations once for all."""
    style = "sphinxcontrib.bibtex.style.referencing"
    plugin.register_plugin(style, "edition", Citations)
    for name in ("docutils", "plaintext"):
        found = find_plugin("pybtex.backends", name)
        register_plugin("pybtex.backends", name, found, force=True)
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(nodes.label, override=True, html=(visit_label, HTML5Translator.depart_label))
