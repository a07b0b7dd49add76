"""What a failing assertion compared, in a kernel of the authors'.

An extension of IPython, loaded into every kernel that `explorable.book.notebooks.execute` starts.
"""

import ast

from IPython.core.interactiveshell import InteractiveShell


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
    """Let assertions tell values."""
    shell.ast_transformers.append(TellingAssertions())
