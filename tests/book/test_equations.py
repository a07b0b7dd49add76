"""Each numbered equation has one label, and each label a test that evaluates the equation."""

import ast
import re
from collections import Counter
from pathlib import Path

import nbformat

from book import ROOT
from book.build import Build

NUMBERED = re.compile(r"\$\$\s*\(([\w-]+)\)\s*$", re.MULTILINE)
DIRECTIVE = re.compile(
    r"^[`:]{3,}\{math\}\s*$(?:\n:(?!label:).*$)*\n:label:\s*([\w-]+)", re.MULTILINE
)


def labels_in(text: str) -> list[str]:
    """List the labels of the numbered equations of a Markdown text."""
    return [*NUMBERED.findall(text), *DIRECTIVE.findall(text)]


def labels_of(path: Path) -> list[str]:
    """List the labels of the numbered equations of a page."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return [label for c in cells if c.cell_type == "markdown" for label in labels_in(c.source)]
    return labels_in(path.read_text(encoding="utf-8"))


def markers_in(source: str) -> list[str]:
    """List the labels that tests name in ``@pytest.mark.equation("…")``."""
    return [
        argument.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.equation")
        for argument in node.args
        if isinstance(argument, ast.Constant)
    ]


def book_labels() -> Counter[str]:
    return Counter(label for path in Build().documents for label in labels_of(path))


def book_markers() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path != Path(__file__):
            found.update(markers_in(path.read_text(encoding="utf-8")))
    return found


def faults(labels: Counter[str], markers: set[str]) -> list[str]:
    """Say what does not fit between equations and tests."""
    return [
        *(f"the equation label {label} occurs twice" for label, n in labels.items() if n > 1),
        *(f"no test evaluates the equation {label}" for label in labels.keys() - markers),
        *(f"a test names {label}, but no equation has it" for label in markers - labels.keys()),
    ]


def test_each_equation_has_its_test():
    assert faults(book_labels(), book_markers()) == []


def test_the_check_finds_labels():
    text = (
        "$$ a = b $$ (x-one)\n\n$$\nc\n$$ (x-two)\n\n```{math}\n:label: x-three\nd\n```\n$$ e $$\n"
    )
    assert labels_in(text) == ["x-one", "x-two", "x-three"]


def test_the_check_finds_markers():
    source = '@pytest.mark.equation("a-b")\n@pytest.mark.equation("c")\ndef test_x(): ...\n'
    assert markers_in(source) == ["a-b", "c"]


def test_the_check_sees_each_fault():
    assert len(faults(Counter({"a": 1}), set())) == 1
    assert len(faults(Counter(), {"a"})) == 1
    assert len(faults(Counter({"a": 2}), {"a"})) == 1
    assert faults(Counter({"a": 1}), {"a"}) == []
