"""
What a reference within a Chinese sentence says: 第6章《…》, “…”一节, 式(4.3).

Sphinx puts the bare title of a chapter or a section there, which Chinese, without capitals and
without spaces, can't tell from the words around it; and the bare number of an equation, which
reads as one only behind the noun that it belongs to, as in 帽函数(1.8).
"""

import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from explorable.sphinx.language import is_chinese

HAN = re.compile(r"[\u4e00-\u9fff]")
# What an equation's number follows where it is the noun itself: nothing, a mark, or such a word.
BEFORE_NOUN = re.compile(
    r"(?:^|[，。：；？！、（—由按把在是即见与及如像从用写让为于求的]|(?<!异)或|(?<![总的])和"
    r"|(?<![规原法准])则|代入|得[到出]|重做|所以|这时|如同|带有)$"
)


class NameReferences(SphinxPostTransform):
    """Write out, in the Chinese edition, what the references within sentences lead to."""

    # After exercises' references are told from sections', at 5; before any is resolved, at 9.
    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Name each; a list or a cell that has nothing but references keeps bare titles."""
        if not is_chinese():
            return
        for node in list(self.document.findall(pending_xref)):
            if not node.get("refexplicit") and _stands_in_sentence(node):
                if node["reftype"] == "eq":
                    self._name_equation(node)
                elif node["reftype"] in ("doc", "ref") and node.get("refdomain") == "std":
                    self._name_place(node)

    def _name_equation(self, node: pending_xref) -> None:
        if BEFORE_NOUN.search(_neighbour(node, -1)):
            node.parent.insert(node.parent.index(node), nodes.Text("式"))

    def _name_place(self, node: pending_xref) -> None:
        before, after = _neighbour(node, -1), _neighbour(node, 1)
        if node["reftype"] == "doc":
            page = docname_join(node.get("refdoc", self.env.docname), node["reftarget"])
            title = self.env.titles[page].astext() if page in self.env.titles else ""
            name = f"《{title}》"
        else:
            labels = self.env.domaindata["std"]["labels"]
            page, _identity, title = labels.get(node["reftarget"], ("", "", ""))
            name = f"“{title.replace('“', '‘').replace('”', '’')}”"
            name += "一节" * (not after.startswith("一节"))
        if not title:
            return  # unknown, which Sphinx tells
        number = self.env.toc_secnumbers.get(page, {}).get("")
        said = after.startswith("一章") or before.endswith("章") or page == self.env.docname
        if number and not said:
            name = f"第{number[0]}章{name}"
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
        HAN.search(text)
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
    """Register the transform."""
    app.add_post_transform(NameReferences)
