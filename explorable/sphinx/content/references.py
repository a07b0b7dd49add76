"""What a reference within a sentence says, in a language that says more than English.

Sphinx puts the bare title of a chapter or a section there, and the bare number of an equation.
"""

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from explorable.sphinx.language import is_translated, language


class NameReferences(SphinxPostTransform):
    """Write out, in the other edition, what the references within sentences lead to."""

    # After exercises' references are told from sections', at 5; before any is resolved, at 9.
    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Name each; a list or a cell that has nothing but references keeps bare titles."""
        if not is_translated():
            return
        for node in list(self.document.findall(pending_xref)):
            if not node.get("refexplicit") and _stands_in_sentence(node):
                if node["reftype"] == "eq":
                    self._name_equation(node)
                elif node["reftype"] in ("doc", "ref") and node.get("refdomain") == "std":
                    self._name_place(node)

    def _name_equation(self, node: pending_xref) -> None:
        if noun := language().before_equation(_neighbour(node, -1)):
            node.parent.insert(node.parent.index(node), nodes.Text(noun))

    def _name_place(self, node: pending_xref) -> None:
        section = node["reftype"] != "doc"
        if section:
            labels = self.env.domaindata["std"]["labels"]
            page, _identity, title = labels.get(node["reftarget"], ("", "", ""))
        else:
            page = docname_join(node.get("refdoc", self.env.docname), node["reftarget"])
            title = self.env.titles[page].astext() if page in self.env.titles else ""
        if not title:
            return  # unknown, which Sphinx tells
        numbers = self.env.toc_secnumbers.get(page, {}).get("")
        number = numbers[0] if numbers and page != self.env.docname else None
        around = _neighbour(node, -1), _neighbour(node, 1)
        if name := language().place(title, section, number, *around):
            node["refexplicit"] = True
            node.children = []
            node += nodes.inline(text=name)


def _stands_in_sentence(node: pending_xref) -> bool:
    block = node.parent
    while isinstance(block, nodes.Inline):
        block = block.parent
    if isinstance(block, nodes.title):
        return False
    return any(
        language().LETTER.search(text)
        for text in block.findall(nodes.Text)
        if not isinstance(text.parent.parent, pending_xref)
    )


def _neighbour(node: nodes.Node, step: int) -> str:
    """Return the text beside a node, a blank for what is none, such as a formula."""
    while True:
        place = node.parent.index(node)
        beside = node.parent[:place][::-1] if step < 0 else node.parent[place + 1 :]
        for each in beside:
            if not isinstance(each, nodes.Text):
                return " "
            if text := str(each):  # MyST leaves an empty one behind what is bold
                return text
        node = node.parent
        if not isinstance(node, nodes.Inline):
            return ""


def setup(app: Sphinx) -> None:
    app.add_post_transform(NameReferences)
