"""What stands behind the number of an equation: the functions that compute it, and its tests.

A kernel says ``@equation("label")``, a test ``@pytest.mark.equation("label")``. Both are read,
not imported. An equation that no function computes is listed in a file that the book names.
"""

import ast
import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from explorable.book.problem import BookError, place
from explorable.book.settings import SETTINGS
from explorable.library.public_names import code_of

KERNELS, TESTS = SETTINGS.library, "tests"
STATEMENTS = Path(SETTINGS.statements)
MARKS = ("equation(", "source(", "pytest.mark.")  # decorators that are told elsewhere


@dataclass(frozen=True)
class Code:
    """A function or a class in the repository."""

    name: str
    path: str
    line: int
    source: str


@dataclass
class Door:
    """What belongs to one equation."""

    kernels: list[Code] = field(default_factory=list)
    tests: list[Code] = field(default_factory=list)
    statement: str = ""


def read_doors(root: Path) -> dict[str, Door]:
    """Return what a repository says of equations, by their labels; nothing without a library."""
    doors: dict[str, Door] = {}
    for label, code in marked(root, KERNELS, "equation"):
        doors.setdefault(label, Door()).kernels.append(code)
    for label, code in marked(root, TESTS, "pytest.mark.equation"):
        doors.setdefault(label, Door()).tests.append(code)
    for label, reason in _statements(root / STATEMENTS).items():
        doors.setdefault(label, Door()).statement = reason
    return doors


def marked(root: Path, folder: str, decorator: str) -> Iterator[tuple[str, Code]]:
    """Yield the functions of a folder that carry a decorator, with each label it is given."""
    for path in sorted((root / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"@{decorator}(" not in text:
            continue
        name = path.relative_to(root).as_posix()
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for qualified, node in _definitions(ast.parse(text), module):
            source = textwrap.dedent(code_of(node, text.splitlines(), MARKS)) + "\n"
            code = Code(qualified, name, node.lineno, source)
            for label in _labels(node, decorator, name):
                yield label, code


def faults(doors: Mapping[str, Door], labels: set[str], *, whole: bool) -> list[str]:
    """Say what does not fit between doors and labels of equations, `whole` if these are all."""
    found = []
    for label in sorted(labels):
        door = doors.get(label, Door())
        if door.kernels and door.statement:
            found.append(
                f"{door.kernels[0].name} computes the equation {label}, "
                f"but {STATEMENTS} says that no function does"
            )
        if not door.kernels and not door.statement:
            found.append(
                f'no function computes the equation {label}; write @equation("{label}") above '
                f"the one that does, or list it with a reason in {STATEMENTS}"
            )
        if not door.tests:
            found.append(
                f"no test evaluates the equation {label}; write "
                f'@pytest.mark.equation("{label}") above the one that does'
            )
    for label in sorted(doors.keys() - labels) if whole else []:
        door = doors[label]
        users = [f"{code.path}:{code.line}" for code in [*door.kernels, *door.tests]]
        users += [str(STATEMENTS)] if door.statement else []
        found.append(f"no equation has the label {label}, which stands in {', '.join(users)}")
    return found


Definition = ast.FunctionDef | ast.ClassDef


def _definitions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    """Yield the functions and classes of a module, and the methods, by their full names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            name = f"{prefix}.{node.name}"
            yield name, node
            if isinstance(node, ast.ClassDef):
                yield from _definitions(node, name)


def _labels(node: Definition, decorator: str, name: str) -> Iterator[str]:
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == decorator:
            for argument in call.args:
                if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                    raise BookError(
                        f"{name}, line {call.lineno}: labels are read, not computed; write them "
                        f'as texts: @{decorator}("label")'
                    )
                yield argument.value


def _statements(path: Path) -> dict[str, str]:
    """Read the equations that no function computes, each with the reason."""
    if not path.is_file():
        return {}
    try:
        statements = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BookError(f"{place(path)}: {error}") from None
    for label, reason in statements.items():
        if not isinstance(reason, str) or not reason.strip():
            raise BookError(f"{place(path)}: {label} needs a reason, a sentence in quotes")
    return statements
