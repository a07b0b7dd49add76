"""Captions of figures: "Figure 5.3.", the link to the figure, what to see, and what saves it."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from explorable.drawing.readable import readable
from explorable.sphinx.language import _


def visit_caption(self: HTML5Translator, node: nodes.caption) -> None:
    """Open a caption; Sphinx itself would put the link, a mere sign, behind the text."""
    if not _is_numbered(node):
        HTML5Translator.visit_caption(self, node)
        return
    identity = node.parent["ids"][0]
    number = ".".join(map(str, self.builder.fignumbers["figure"][identity]))
    name = self.config.numfig_format["figure"] % number
    name = _("{figure}.", figure=name)
    plain = escape(f"{name} {''.join(map(_plain, node.findall(nodes.Text)))}")
    link = f'<a class="number" href="#{identity}">{name}</a>'
    self.body.append(f'<figcaption data-plain="{plain}">\n<p>{link} ')


def depart_caption(self: HTML5Translator, node: nodes.caption) -> None:
    """Close a caption; docutils closes the ``figcaption`` with its figure."""
    if _is_numbered(node):
        if any("<svg" in raw.astext() for raw in node.parent.findall(nodes.raw)):
            self.body.extend(map(_save, ("SVG", "PNG")))
        self.body.append("</p>\n")
    else:
        HTML5Translator.depart_caption(self, node)


def _save(kind: str) -> str:
    name = _("Save as {kind}", kind=kind)
    return f' <button type="button" class="save" aria-label="{name}">{kind}</button>'


def _plain(text: nodes.Text) -> str:
    """Return a part of a caption as a saved figure has it, where no formula can be drawn."""
    return readable(text).replace("-", "−") if isinstance(text.parent, nodes.math) else text


def _is_numbered(caption: nodes.caption) -> bool:
    return isinstance(caption.parent, nodes.figure) and bool(caption.parent["ids"])


def setup(app: Sphinx) -> None:
    """Replace the visitors."""
    app.add_node(nodes.caption, override=True, html=(visit_caption, depart_caption))
