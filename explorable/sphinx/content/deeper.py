"""Folds that go deeper than the main line, and how long reading takes.

``{deeper-start} Title`` begins a fold, whose content is a sentence that says what is inside;
``{deeper-end}`` in the same section ends it. What stands between, paragraphs, theorems and cells
alike, is closed at first sight. The summary tells the minutes that it takes.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from explorable.sphinx.content.folds import Fold, FoldSummary
from explorable.sphinx.language import _, language

logger = logging.getLogger(__name__)

WORDS_A_MINUTE = 200
MINUTES_A_FORMULA = 0.5
MINUTES_A_CELL = 1
FOLDED = {"tag_hide-input", "tag_remove-input"}  # cells whose code is not read


class DeeperStart(nodes.General, nodes.Element):
    """Stands where a fold begins until its content is put into it; holds title and sentence."""


class DeeperEnd(nodes.General, nodes.Element):
    """Stands where a fold ends."""


class Start(SphinxDirective):
    """Begin a fold."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {"label": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        if "label" not in self.options:
            raise self.error("a fold needs a :label:, by which one can lead to it")
        mark = DeeperStart(names=[self.options["label"]])
        title, _messages = self.parse_inline(self.arguments[0])
        mark += nodes.inline("", "", *title, classes=["admonition-title"])
        for paragraph in self.parse_content_to_nodes():
            mark += nodes.inline("", "", *paragraph.children, classes=["inside"])
        self.set_source_info(mark)
        self.state.document.note_explicit_target(mark)
        return [mark]


class End(SphinxDirective):
    """End a fold."""

    def run(self) -> list[nodes.Node]:
        mark = DeeperEnd()
        self.set_source_info(mark)
        return [mark]


class MakeDeeper(SphinxTransform):
    """Put what stands between the marks into a fold."""

    default_priority = 15  # after sphinx-exercise has put solutions together

    def apply(self, **kwargs: Any) -> None:
        for mark in list(self.document.findall(DeeperStart)):
            after = mark.parent.children[mark.parent.index(mark) + 1 :]
            end = next((node for node in after if isinstance(node, DeeperEnd)), None)
            if end is None:
                logger.warning(
                    "a fold must end, by {deeper-end}, in the section where it begins",
                    location=mark,
                    type="deeper",
                )
                mark.parent.remove(mark)
                continue
            inside = after[: after.index(end)]
            fold = Fold(ids=mark["ids"], names=mark["names"], classes=["deeper", "fold"])
            summary = FoldSummary("", "", *mark.children)
            for node in [*inside, end]:
                mark.parent.remove(node)
            mark.replace_self(fold)
            fold += inside
            minutes = in_minutes(minutes_to_read(fold))
            summary.insert(1, [nodes.Text(" "), nodes.inline(text=minutes, classes=["time"])])
            summary.insert(3, nodes.Text(" "))
            fold.insert(0, summary)
        for end in list(self.document.findall(DeeperEnd)):
            logger.warning("no fold begins before this end", location=end, type="deeper")
            end.parent.remove(end)


def minutes_to_read(part: nodes.Element, *, without: str = "dropdown") -> float:
    """Estimate how long a part of a page takes, its words, its formulas and the code in its cells.

    What has the class `without` is left out, and so are solutions, for those who have tried.
    """
    left_out = {"dropdown", without}
    words, formulas, cells = 0.0, 0, 0
    for node in part.findall():
        if any(left_out & {*each["classes"]} for each in above(node, part)):
            continue
        if isinstance(node, nodes.paragraph | nodes.title | nodes.caption):
            words += sum(language().count(t) for t in node.findall(nodes.Text) if _is_prose(t))
            words += sum(1 for _math in node.findall(nodes.math))
        elif isinstance(node, nodes.math_block):
            formulas += 1
        elif is_cell(node) and not FOLDED & {*node["classes"]}:
            cells += 1
    return words / WORDS_A_MINUTE + formulas * MINUTES_A_FORMULA + cells * MINUTES_A_CELL


def in_minutes(minutes: float) -> str:
    """Say so many minutes, of which there is at least one."""
    number = max(1, round(minutes))
    return _("1 minute") if number == 1 else _("{number} minutes", number=number)


def above(node: nodes.Node, part: nodes.Element | None = None) -> Iterator[nodes.Element]:
    """Yield what stands around a node, within a part, if one is given."""
    while node is not part and (node := node.parent) is not None:
        yield node


def is_cell(node: nodes.Node) -> bool:
    """Tell whether a node is a cell of a notebook."""
    return isinstance(node, nodes.container) and "cell" in node["classes"]


def _is_prose(text: nodes.Text) -> bool:
    return not isinstance(text.parent, nodes.math | nodes.math_block)


def setup(app: Sphinx) -> None:
    app.add_directive("deeper-start", Start)
    app.add_directive("deeper-end", End)
    app.add_transform(MakeDeeper)
