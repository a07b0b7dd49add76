"""Derivations step by step: ``{derivation}`` holds formulas, each with the reason below it.

A reader takes the next step, or all at once; ``why?`` opens the reason of a step. On paper and
without a script all stands there.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from explorable.sphinx.content.folds import Fold, FoldSummary
from explorable.sphinx.language import _


class Derivation(nodes.General, nodes.Element):
    """A chain of steps."""


class Step(nodes.General, nodes.Element):
    """A formula, and the fold with its reason if it has one."""


class Derive(SphinxDirective):
    """Make steps of the formulas in the content."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the chain; what stands before the first formula stands before it."""
        before: list[nodes.Node] = []
        chain = Derivation()
        for node in self.parse_content_to_nodes():
            if isinstance(node, nodes.math_block) or any(node.findall(nodes.math_block)):
                chain += Step("", node, first=not chain.children)
            elif not chain.children:
                before.append(node)
            else:
                step = chain[-1]
                if len(step.children) == 1:
                    step += Fold("", FoldSummary(text=_("Why?")), classes=["why", "fold"])
                step[1] += node
        if len(chain.children) < 2:
            raise self.error("a derivation has two formulas or more, each a paragraph of its own")
        return [*before, chain]


def visit_derivation(self: HTML5Translator, node: Derivation) -> None:
    self.body.append('<div class="derivation" aria-live="polite">\n')


def depart_derivation(self: HTML5Translator, node: Derivation) -> None:
    """End the chain with its buttons, which do nothing without a script and are not seen then."""
    buttons = "".join(
        f'<button type="button" class="{name}">{text}</button>'
        for name, text in (("next", _("Next step")), ("all", _("All steps")))
    )
    self.body.append(f'<p class="steps">{buttons}</p></div>\n')


def visit_step(self: HTML5Translator, node: Step) -> None:
    """Open a step, which a browser's search finds although it is not shown yet."""
    hidden = "" if node["first"] else ' hidden="until-found"'
    self.body.append(f'<div class="step"{hidden}>')


def depart_step(self: HTML5Translator, node: Step) -> None:
    self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    app.add_node(Derivation, html=(visit_derivation, depart_derivation))
    app.add_node(Step, html=(visit_step, depart_step))
    app.add_directive("derivation", Derive)
