"""What is public in the library, where it is defined, and where code names it.

Read from the source rather than from objects: a table of activations has no ``__module__``, and a
docstring below it is seen by nobody else.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import NamedTuple

from explorable.book.settings import PACKAGES

DRAWN = {"explorers", "figures"}  # what chapters show rather than teach, and so call
COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)
SCOPES = (ast.FunctionDef, ast.ClassDef, ast.Lambda, *COMPREHENSIONS)


class Definition(NamedTuple):
    """A name that a file defines: function, class or data, told and written where."""

    kind: str
    docstring: str
    code: str
    line: int
    members: list[str]


class File(NamedTuple):
    """A file of a module: what it is about, and the public names that it defines, in full."""

    name: str
    idea: str
    names: list[str]


def modules(package: str = "") -> list[str]:
    """List the modules that say what is public in them, and packages in such a package."""
    if not package:
        return [name for each in PACKAGES for name in modules(each)]
    found = []
    around = importlib.import_module(package)
    for each in pkgutil.iter_modules(around.__path__, f"{package}."):
        if is_drawn(each.name):
            continue
        if _is_public(each.name) and (each.ispkg or not hasattr(around, "__all__")):
            found.append(each.name)
        if each.ispkg:
            found += modules(each.name)
    return found


def is_drawn(name: str) -> bool:
    """Tell whether a name belongs to the drawings or the explorers of a chapter."""
    return not DRAWN.isdisjoint(name.split("."))


def _is_public(module: str) -> bool:
    return hasattr(importlib.import_module(module), "__all__")


@cache
def files(module: str) -> list[File]:
    """List the files of a module that define public names.

    A name of its ``__all__`` is had from the module, one in the ``__all__`` of a file of a package
    from that file.
    """
    door = importlib.import_module(module)
    inside = [
        f"{module}.{each.name}"
        for each in pkgutil.iter_modules(getattr(door, "__path__", ()))
        if not each.name.startswith("_") and not is_drawn(each.name)
        if not (each.ispkg and _is_public(f"{module}.{each.name}"))
    ]
    listed = []
    for name in [module, *inside, *_lent(door, inside)]:
        file = importlib.import_module(name)
        names = []
        for own in definitions(name):
            if own in door.__all__ and getattr(door, own) is getattr(file, own):
                names.append(f"{module}.{own}")
            elif own in getattr(file, "__all__", ()):
                names.append(f"{name}.{own}")
        if names:
            listed.append(File(name, idea(name), names))
    return listed


def _lent(door: ModuleType, inside: list[str]) -> list[str]:
    """List files elsewhere, without their own page, that define what a module makes public."""
    homes = [getattr(getattr(door, own), "__module__", None) or "" for own in door.__all__]
    lent = [
        home
        for home in dict.fromkeys(homes)
        if home.partition(".")[0] in PACKAGES and home not in (door.__name__, *inside)
    ]
    return [home for home in lent if not _has_page(home)]


def _has_page(name: str) -> bool:
    """Tell whether a module, or a package that it lies in, says what is public in it."""
    parts = name.split(".")
    above = (".".join(parts[:n]) for n in range(2, len(parts) + 1))
    return any(map(_is_public, above))


def idea(module: str) -> str:
    """Return what a module says of itself in its first line."""
    return (importlib.import_module(module).__doc__ or "").strip().split("\n")[0].rstrip(".")


def ideas() -> dict[str, str]:
    """Return what the library's pages say of the modules and their files, by their names."""
    listed = [name for module in modules() for name in (module, *(f.name for f in files(module)))]
    return {name: idea(name) for name in listed}


@cache
def definitions(file: str) -> dict[str, Definition]:
    """Return what a file defines, by name, in its order."""
    source = inspect.getsource(importlib.import_module(file))
    body = ast.parse(source).body
    found: dict[str, Definition] = {}
    for node, following in zip(body, [*body[1:], None], strict=True):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                kind = "class" if isinstance(node, ast.ClassDef) else "function"
                docstring = ast.get_docstring(node) or ""
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)) if (
                other in found
            ):  # a class under the name by which it is called
                kind, docstring = "function", found[other].docstring
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                kind, docstring = "data", _text(following)
            case _:
                continue
        found[name] = Definition(
            kind, docstring, code_of(node, source.splitlines()), node.lineno, _members(node)
        )
    return found


def _members(node: ast.stmt) -> list[str]:
    """List the public methods and properties of a class that have a docstring."""
    functions = [each for each in getattr(node, "body", ()) if isinstance(each, ast.FunctionDef)]
    return [
        function.name
        for function in functions
        if isinstance(node, ast.ClassDef)
        and not function.name.startswith("_")
        and ast.get_docstring(function)
    ]


@cache
def bindings(file: str) -> dict[str, str]:
    """Return the full names of what a file imports from the library or defines."""
    tree = ast.parse(inspect.getsource(importlib.import_module(file)))
    known = {own: f"{file}.{own}" for own in definitions(file)}
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    library_names("\n".join(map(ast.unparse, imports)), known)
    return known


def _text(node: ast.AST | None) -> str:
    """Return the string that stands alone in a line of code, or nothing."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return inspect.cleandoc(text)
    return ""


def code_of(node: ast.stmt, lines: list[str], without: tuple[str, ...] = ()) -> str:
    """Return the lines of a definition without its docstrings, and without some decorators."""
    decorators = getattr(node, "decorator_list", ())
    hidden: set[int] = set()
    for each in decorators:
        if ast.unparse(each).startswith(without):
            hidden.update(range(each.lineno, each.end_lineno + 1))
    for each in ast.walk(node):
        if isinstance(each, ast.Expr) and _text(each):
            end = each.end_lineno or each.lineno
            blank = end < len(lines) and not lines[end].strip()
            hidden.update(range(each.lineno, end + 1 + blank))
    first = min([node.lineno, *(each.lineno for each in decorators)])
    last = node.end_lineno or node.lineno
    return "\n".join(lines[n - 1] for n in range(first, last + 1) if n not in hidden)


@cache
def places() -> dict[str, tuple[str, Definition]]:
    """Return the file of each public name, and its definition there."""
    return {
        full: (file.name, definitions(file.name)[full.rpartition(".")[2]])
        for module in modules()
        for file in files(module)
        for full in file.names
    }


@cache
def aliases() -> dict[str, str]:
    """Return the documented name of each public thing by every name that it has."""
    found = {}
    for full, (file, _) in places().items():
        found[full] = found[f"{file}.{full.rpartition('.')[2]}"] = full
    for module in map(importlib.import_module, modules()):
        for own in module.__all__:  # had from another module
            defined = f"{getattr(getattr(module, own), '__module__', None)}.{own}"
            found.setdefault(f"{module.__name__}.{own}", found.get(defined, defined))
    return found


class Name(NamedTuple):
    """A name of the library in a piece of code: where its last part stands, and all of it."""

    start: int
    end: int
    full: str
    imported: bool


def library_names(source: str, known: dict[str, str]) -> list[Name]:
    """Return the names of the library in a piece of code, which may bind more of those known."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic
        return []
    lines = source.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    found = []
    for line, column, last, full, imported in _visit(tree, known):
        end = starts[line - 1] + len(lines[line - 1].encode()[:column].decode())
        found.append(Name(end - len(last), end, full, imported))
    return sorted(found)


def _visit(node: ast.AST, known: dict[str, str]) -> Iterator[tuple[int, int, str, str, bool]]:
    """Yield where each name ends, its last part, all of it, and whether it is imported there."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            full = module + alias.name
            if full.split(".")[0] in PACKAGES:
                known[alias.asname or alias.name] = full
                end = alias.col_offset + len(alias.name.encode())
                yield alias.lineno, end, alias.name.rpartition(".")[2], full, True
            else:
                known.pop(alias.asname or alias.name, None)
        return
    if isinstance(node, ast.Attribute | ast.Name) and (full := _dotted(node, known)):
        last = node.attr if isinstance(node, ast.Attribute) else node.id
        yield node.end_lineno or 0, node.end_col_offset or 0, last, full, False
    inside = known
    if isinstance(node, SCOPES):
        hidden = _bound(node)
        inside = {name: full for name, full in known.items() if name not in hidden}
    given = _bound(node, inner=False) if isinstance(node, ast.stmt) else set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):  # within a loop its variable is known already
            _forget(given, known)
        yield from _visit(child, inside)
    _forget(given, known)


def _forget(given: set[str], known: dict[str, str]) -> None:
    for name in given:
        known.pop(name, None)


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value, known)
        return f"{before}.{node.attr}" if before else ""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return known.get(node.id, "")
    return ""


def _bound(node: ast.AST, *, inner: bool = True) -> set[str]:
    """Return the names to which a node gives a meaning, also in inner scopes and statements."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Store) else set()
    if isinstance(node, ast.arg):
        return {node.arg}
    own = {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()
    if isinstance(node, SCOPES) and not inner:
        return own
    children = ast.iter_child_nodes(node)
    return own.union(
        *(_bound(c, inner=inner) for c in children if inner or not isinstance(c, ast.stmt))
    )
