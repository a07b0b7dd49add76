"""Which modules a page lacks, and what of a cell needs none of them."""

import ast
import re

from explorable.python.names import find_names, imported, mentioned

# Matplotlib and all that draws with it, widgets, clusters, and what builds the book.
_OURS = r"__main__|book|controls|drills|drawing\.(svg|toolkit)|explore|languages|library|sphinx"
ABSENT = re.compile(
    rf"(IPython|anywidget|dask|ipywidgets|matplotlib|explorable\.({_OURS}))(\..*)?"
)
# What draws or asks in a package of any name, as long as it is called so.
DRAWN = {"drills", "explorers", "figures"}


def is_absent(module: str) -> bool:
    """Tell whether a module is one of those that a page lacks, or in one of them.

    Examples
    --------
    >>> is_absent("library.chapter.figures"), is_absent("library.chapter.kernels")
    (True, False)
    """
    return not DRAWN.isdisjoint(module.split(".")[1:]) or bool(ABSENT.fullmatch(module))


def without_absent(tree: ast.Module, lacking: frozenset[str]) -> tuple[ast.Module, frozenset[str]]:
    r"""Leave out the statements of a cell that need a module that a page lacks.

    Names that stand for such a module, or were made with one, are lacking; those below the cell
    are returned with what is left of it.

    >>> cell = ast.parse("from matplotlib import pyplot\nx = [1, 2]\n(line,) = pyplot.plot(x)")
    >>> rest, lacking = without_absent(cell, frozenset())
    >>> ast.unparse(rest).splitlines(), sorted(lacking)
    (['from matplotlib import pyplot', 'x = [1, 2]'], ['line', 'pyplot'])
    """
    now = set(lacking)
    kept: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            now = now - set(imported([statement])) | _absent_names(statement)
        elif now & mentioned(statement):  # which is found sooner than what is read and bound
            names = find_names(ast.Module([statement], []))
            if names.reads & now:
                now |= names.binds
                continue
            now -= names.binds
        kept.append(statement)
    return ast.Module(kept, tree.type_ignores), frozenset(now)


def _absent_names(statement: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the names that an import takes from modules that a page lacks."""
    package = f"{statement.module}." if isinstance(statement, ast.ImportFrom) else ""
    return {
        (alias.asname or alias.name).partition(".")[0]
        for alias in statement.names
        if is_absent(package + alias.name)
    }
