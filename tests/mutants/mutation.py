"""The mutants of a file: mutmut's, each as a whole file that takes the place of the first."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

import libcst as cst
from libcst import matchers as m
from mutmut.mutation.file_mutation import (
    NEVER_MUTATE_FUNCTION_NAMES,
    Mutation,
    MutationVisitor,
    deep_replace,
)
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

CAST = m.Call(func=m.Name("cast"))
CHECKED = m.Decorator(m.Call(func=m.Name("checked")))
# What no caller can break, for the entry has checked it, and what our machines take anyway.
IDLE = m.Arg(keyword=m.Name("strict") | m.Name("encoding"))


class _Visitor(MutationVisitor):
    """Mutate below decorators too, for each mutant is a file; leave what no test should fix.

    That are types in casts, the defaults that ``@checked`` fills in and shows in the docstring,
    what is idle, and words for people: strings with a space.
    """

    def __init__(self) -> None:
        super().__init__(mutation_operators, IgnoredCode(set(), set(), set()))
        self.left: set[cst.CSTNode] = set()

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if m.matches(node, CAST):
            self.left.add(node.args[0])
        if isinstance(node, cst.FunctionDef):
            if any(m.matches(each, CHECKED) for each in node.decorators):
                self.left |= {each.default for each in m.findall(node.params, m.Param())} - {None}
            return node.name.value in NEVER_MUTATE_FUNCTION_NAMES
        return node in self.left or m.matches(node, IDLE) or super()._skip_node_and_children(node)

    def _create_mutations(self, node: cst.CSTNode) -> None:
        is_text = isinstance(node, cst.SimpleString) and re.search(r"\s", node.value)
        if is_text or m.matches(node, CAST):
            return
        n = len(self.mutations)
        super()._create_mutations(node)
        kept = (each for each in self.mutations[n:] if _idle(each.mutated_node) == _idle(node))
        self.mutations[n:] = list(kept)


def _idle(node: cst.CSTNode) -> list[cst.Arg]:
    return [each for each in getattr(node, "args", ()) if m.matches(each, IDLE)]


@dataclass(frozen=True)
class Mutant:
    """One small change of a function."""

    file: str  # its path from the top of the repository
    key: str  # the same, what it held, and a number
    function: str  # its full name, with its class
    module: cst.Module
    mutation: Mutation

    @property
    def code(self) -> str:
        """The whole file with the change."""
        nodes = self.mutation.original_node, self.mutation.mutated_node
        return deep_replace(self.module, *nodes).code

    @property
    def change(self) -> tuple[str, str, str]:
        """The function that is changed, its old lines and its new ones."""
        both = (text.splitlines() for text in (self.module.code, self.code))
        lines = list(unified_diff(*both, n=0, lineterm=""))[2:]
        old, new = (
            "\n".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+"
        )
        return self.function, old, new


def mutants(file: str, code: str) -> Iterator[Mutant]:
    """Yield all mutants of the functions and methods of a file."""
    visitor = _Visitor()
    module = cst.MetadataWrapper(cst.parse_module(code)).visit(visitor)
    place = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    digest = hashlib.sha256(code.encode()).hexdigest()[:12]
    for n, mutation in enumerate(visitor.mutations):
        function = mutation.contained_by_top_level_function
        if isinstance(function, cst.FunctionDef):
            name = ".".join([place, *_classes_of(function, module), function.name.value])
            yield Mutant(file, f"{file}:{digest}:{n}", name, module, mutation)


def _classes_of(method: cst.FunctionDef, module: cst.Module) -> list[str]:
    """Name the class that a method belongs to, if it is one."""
    classes = m.findall(module, m.ClassDef())
    return [each.name.value for each in classes if method in getattr(each.body, "body", ())]
