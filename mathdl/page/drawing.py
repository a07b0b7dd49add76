"""Which modules draw with Matplotlib, and what of a cell needs none of them."""

import ast

from mathdl.page.names import find_names

# Matplotlib and what draws with it: a page has none of these.
DRAWING = (
    "IPython",
    "anywidget",
    "ipywidgets",
    "matplotlib",
    "mathdl.explorer",
    "mathdl.figures",
    "mathdl.plotting",
    "mathdl.svg",
    "mathdl.widgets",
)


def draws(module: str) -> bool:
    """
    Tell whether a module is one of those that draw, or in one of them.

    Examples
    --------
    >>> draws("mathdl.figures.style"), draws("mathdl.forward")
    (True, False)
    """
    return any(module == name or module.startswith(f"{name}.") for name in DRAWING)


def without_drawing(tree: ast.Module, drawn: frozenset[str]) -> tuple[ast.Module, frozenset[str]]:
    r"""
    Leave out the statements of a cell that draw.

    Parameters
    ----------
    tree : ast.Module
        The cell.
    drawn : frozenset of str
        Names from cells above that draw, or that were made by drawing.

    Returns
    -------
    tuple of ast.Module and frozenset of str
        The cell without them, and the names that draw or were drawn below it.

    Examples
    --------
    >>> cell = ast.parse("from matplotlib import pyplot\nx = [1, 2]\n(line,) = pyplot.plot(x)")
    >>> rest, drawn = without_drawing(cell, frozenset())
    >>> ast.unparse(rest).splitlines(), sorted(drawn)
    (['from matplotlib import pyplot', 'x = [1, 2]'], ['line', 'pyplot'])
    """
    now = set(drawn)
    kept: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for alias in statement.names:
                name = (alias.asname or alias.name).partition(".")[0]
                above = statement.module or "" if isinstance(statement, ast.ImportFrom) else ""
                now.add(name) if draws(f"{above}.{alias.name}".lstrip(".")) else now.discard(name)
            kept.append(statement)
            continue
        names = find_names(ast.Module([statement], []))
        if names.reads & now:
            now |= names.binds
        else:
            now -= names.binds
            kept.append(statement)
    return ast.Module(kept, tree.type_ignores), frozenset(now)
