"""Pieces of the program that a reader takes home: the kernels' own source, without its checks."""

from __future__ import annotations

import ast
import functools
import inspect
import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from explorable.trace import pcg32
from mathdl.concepts import ACTIVATIONS, LOSSES, activations, losses
from mathdl.laboratory import data
from mathdl.laboratory.programs import LOSSES as USED


class _Plain(ast.NodeTransformer):
    """Leaves away docstrings, decorators, annotations, casts and what calls unchecked kernels."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.decorator_list, node.returns = [], None
        for argument in (*node.args.args, *node.args.kwonlyargs):
            argument.annotation = None
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._without_docstring(node)

    def _without_docstring(self, node: Any) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        return ast.Assign([node.target], node.value or ast.Constant(None))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[1] if isinstance(node.func, ast.Name) and node.func.id == "cast" else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return node.value if node.attr == "plain" else node


@functools.cache
def _definitions(*modules: ModuleType) -> dict[str, ast.stmt]:
    found: dict[str, ast.stmt] = {}
    for module in modules:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node
    return {name: ast.fix_missing_locations(_Plain().visit(node)) for name, node in found.items()}


def source(names: Iterable[str], *modules: ModuleType) -> str:
    """Return the source of some definitions, after that of what they need of the same modules.

    Examples
    --------
    >>> print(source(["softplus_derivative"], activations).splitlines()[0])
    def sigmoid(z):
    """
    known = _definitions(*modules)
    needed: dict[str, None] = {}

    def need(name: str) -> None:
        if name in known and name not in needed:
            for node in ast.walk(known[name]):
                if isinstance(node, ast.Name) and node.id != name:
                    need(node.id)
            needed[name] = None

    for name in names:
        need(name)
    text = "\n\n\n".join(ast.unparse(known[name]) for name in needed)
    return re.sub(r"(?<!\w)_(?=[A-Za-z])", "", text).replace("'", '"')


def pieces() -> dict[str, Any]:
    """Return the source of what a design may ask for, by its names there."""
    table = ast.parse(inspect.getsource(data)).body
    (shown,) = (
        node.value
        for node in table
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "INPUTS"
    )
    made: Any = shown
    return {
        "generator": source(["PCG32"], pcg32),
        "data": {
            kind: source([make.__name__], data)
            for kind, make in (data.CLASSES | data.NUMBERS).items()
        },
        "inputs": {
            key.value: ast.unparse(value.body)
            for key, value in zip(made.keys, made.values, strict=True)
        },
        "activations": {
            name: source([f.__name__ for f in activation], activations)
            for name, activation in ACTIVATIONS.items()
        },
        "losses": {
            name: source([f.__name__ for f in LOSSES[name]], activations, losses) for name in USED
        },
    }
