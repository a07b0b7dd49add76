"""Folds that need no script: whatever has the class ``dropdown`` becomes ``<details>``."""

from collections import Counter
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from explorable.sphinx.language import _


class Fold(nodes.General, nodes.Element):
    """A part of the page that opens on demand, and for print."""


class FoldSummary(nodes.General, nodes.TextElement):
    """What is seen of a closed fold."""


class FoldDropdowns(SphinxPostTransform):
    """Turn admonitions, exercises and solutions of class ``dropdown`` into folds."""

    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(_is_dropdown)):
            title = next((c for c in node.children if isinstance(c, nodes.title)), None)
            if title is None:
                continue
            classes = [name for name in node["classes"] if name != "dropdown"]
            fold = Fold(ids=node["ids"], names=node["names"], classes=[*classes, "fold"])
            summary = FoldSummary()
            # sphinx-exercise has not every language.
            is_solution = title.astext() == "Solution"
            summary += [nodes.Text(_("Solution"))] if is_solution else title.children
            rest = [child for child in node.children if child is not title]
            fold += summary
            fold += rest
            node["classes"] = []  # or docutils would hand them on
            node.replace_self(fold)


class UniqueIds(SphinxPostTransform):
    """Mend ids that sphinx-proof and sphinx-exercise repeat.

    Both wrap their content in a section with always the same id, and a proof without a label
    is always called ``proof``; here it is called after the theorem before it.
    """

    default_priority = 399

    def run(self, **kwargs: Any) -> None:
        for section in list(self.document.findall(nodes.section)):
            if isinstance(section.parent, nodes.Admonition):
                section["ids"], children = [], section.children
                position = section.parent.index(section)
                section.parent[position : position + 1] = children
        before = ""
        seen: Counter[str] = Counter()
        for node in self.document.findall(nodes.Admonition):
            names = node.get("ids", [])
            if "proof" in node["classes"] and names and "proof" not in names:
                before = names[0]  # of a theorem, which has the class as well
            for position, name in enumerate(names):
                name = f"{before}-proof" if name == "proof" and before else name
                seen[name] += 1
                names[position] = name if seen[name] == 1 else f"{name}-{seen[name]}"


class CodeAfterPicture(SphinxPostTransform):
    """Put the fold with a cell's code after what the cell shows, where it interrupts nobody."""

    default_priority = 200  # after MyST-NB has made the fold, at 199

    def run(self, **kwargs: Any) -> None:
        for fold in list(self.document.findall(HideCodeCellNode)):
            cell = fold.parent
            if "above-input" in fold["classes"]:
                cell.remove(fold)
                cell.append(fold)


def _is_dropdown(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "dropdown" in node["classes"]


def visit_fold(self: HTML5Translator, node: Fold) -> None:
    self.body.append(self.starttag(node, "details"))


def depart_fold(self: HTML5Translator, node: Fold) -> None:
    self.body.append("</details>\n")


def visit_summary(self: HTML5Translator, node: FoldSummary) -> None:
    self.body.append("<summary>")


def depart_summary(self: HTML5Translator, node: FoldSummary) -> None:
    self.body.append("</summary>\n")


def visit_code(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open the fold of a cell's code; MyST-NB would name it otherwise than it reads."""
    show, hide = _("Show the code"), _("Hide the code")
    self.body.append(
        '<details class="code"><summary>'
        f'<span class="collapsed">{escape(show)}</span>'
        f'<span class="expanded">{escape(hide)}</span></summary>\n'
    )


def setup(app: Sphinx) -> None:
    app.add_node(HideCodeCellNode, override=True, html=(visit_code, depart_fold))
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.add_node(FoldSummary, html=(visit_summary, depart_summary))
    app.add_post_transform(UniqueIds)
    app.add_post_transform(FoldDropdowns)
    app.add_post_transform(CodeAfterPicture)
