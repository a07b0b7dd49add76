"""
What a kernel of the authors' shows: explorers as HTML, and what a failing assertion compared.

An extension of IPython, loaded into every kernel that `explorable.book.notebooks.execute` starts.
Explorers publish their states into the folder of the book's build, if ``EXPLORABLE_BOOK`` names
it.
"""

import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.interactiveshell import InteractiveShell

if TYPE_CHECKING:
    from explorable.explore import Explorer


class TellingAssertions(ast.NodeTransformer):
    """Rewrites the assertions of a cell as pytest does, so that one that fails tells values."""

    def visit_Module(self, cell: ast.Module) -> ast.Module:
        """Return a cell with its assertions rewritten."""
        if any(isinstance(node, ast.Assert) for node in ast.walk(cell)):
            from _pytest.assertion.rewrite import rewrite_asserts  # takes a fifth of a second

            rewrite_asserts(cell, b"")
            for node in ast.walk(cell):  # IPython would let what it imports end on line 1
                if isinstance(node, ast.Import | ast.alias):
                    node.end_lineno = node.lineno
        return cell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Let assertions tell values, and publish explorers where they would be shown alive."""
    shell.ast_transformers.append(TellingAssertions())
    if "EXPLORABLE_BOOK" not in os.environ:
        return
    states = Path(os.environ["EXPLORABLE_BOOK"]) / "explorers"

    def publish(explorer: "Explorer") -> dict[str, str]:
        return {"text/plain": repr(explorer), "text/html": explorer.html(states)}

    assert shell.display_formatter is not None
    shown = shell.display_formatter.mimebundle_formatter
    # By name, so that a notebook without explorers does not import them.
    shown.for_type_by_name("explorable.explore.explorer", "Explorer", publish)
