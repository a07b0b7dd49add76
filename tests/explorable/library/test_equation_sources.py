"""What the repository says of equations: read, compared with the pages, and refused."""

import pytest

from explorable.book.problem import BookError
from explorable.library.equation_sources import Code, Door, faults, read_doors

KERNELS = '''"""Squares."""

from mathdl.equations import equation


@equation("page-square", "page-sum")
@checked(
    x=array("n"),
)
def square(x):
    """Return the square.

    Of a number.
    """

    y = x * x  # once
    return y


class Shape:
    """A shape."""

    @equation("page-area")
    def area(self): return self.side**2


def unmarked(x):
    return equation("page-none")
'''
TESTS = """import pytest


@pytest.mark.equation("page-square")
@pytest.mark.equation("page-area")
@pytest.mark.parametrize("x", [1, 2])
def test_squares(x):
    assert square(x) == x**2
"""


@pytest.fixture
def repository(tmp_path):
    """Return a repository with two kernels, a test and a statement."""
    for name, text in {
        "mathdl/shapes/__init__.py": KERNELS,
        "mathdl/other.py": "import mathdl.equations\n",
        "tests/deep/test_shapes.py": TESTS,
        "chapters/statements.toml": 'page-bound = "It is a bound."\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_kernels_tests_and_statements_are_read(repository):
    assert read_doors(repository / "chapters") == {}  # where there is no library
    file = "mathdl/shapes/__init__.py"
    text = '@checked(\n    x=array("n"),\n)\ndef square(x):\n    y = x * x  # once\n    return y\n'
    square = Code("mathdl.shapes.square", file, 10, text)
    area = Code("mathdl.shapes.Shape.area", file, 24, "def area(self): return self.side**2\n")
    text, file = (
        "def test_squares(x):\n    assert square(x) == x**2\n",
        "tests/deep/test_shapes.py",
    )
    test = Code("tests.deep.test_shapes.test_squares", file, 7, text)
    doors = read_doors(repository)
    assert doors == {
        "page-square": Door([square], [test]),
        "page-sum": Door([square]),
        "page-area": Door([area], [test]),
        "page-bound": Door(statement="It is a bound."),
    }


def test_labels_must_be_written_out_and_a_statement_needs_a_reason(repository):
    more, told = repository / "mathdl" / "more.py", "line 1: labels are read, not computed"
    for label in ("NAME", 'f"page-{x}"', "1"):
        more.write_text(f"@equation({label})\ndef f(): ...\n", encoding="utf-8")
        with pytest.raises(BookError, match=rf"^mathdl/more\.py, {told}"):
            read_doors(repository)
    more.unlink()
    for text, words in {
        "": "statements.toml: Invalid",
        '" "': "needs a reason",
        "1": "page-bound needs a reason, a sentence in quotes",
    }.items():
        statements = repository / "chapters" / "statements.toml"
        statements.write_text(f"page-bound = {text}", encoding="utf-8")
        with pytest.raises(BookError, match=words):
            read_doors(repository)


CODE = Code("mathdl.a.f", "mathdl/a.py", 3, "")
TEST = Code("tests.test_a.test_f", "tests/test_a.py", 5, "")


@pytest.mark.parametrize(
    ("door", "found"),
    [
        (Door([CODE], [TEST]), []),
        (Door([], [TEST], "A bound."), []),
        (Door([CODE], []), ["no test evaluates the equation x-a; "]),
        (Door([], [TEST]), ["no function computes the equation x-a; "]),
        (Door([], [], "A bound."), ["no test evaluates the equation x-a; "]),
        (Door([CODE], [TEST], "A bound."), ["mathdl.a.f computes the equation x-a, but "]),
    ],
)
def test_each_equation_needs_a_test_and_either_a_function_or_a_reason(door, found):
    told = faults({"x-a": door}, {"x-a"}, whole=True)
    assert len(told) == len(found)
    assert all(fault.startswith(words) for fault, words in zip(told, found, strict=True))


def test_a_label_that_no_equation_has_is_refused_in_a_whole_book():
    doors = {"x-b": Door([CODE], [TEST]), "x-c": Door(statement="A bound.")}
    assert faults(doors, set(), whole=True) == [
        "no equation has the label x-b, which stands in mathdl/a.py:3, tests/test_a.py:5",
        "no equation has the label x-c, which stands in chapters/statements.toml",
    ]
    assert faults(doors, set(), whole=False) == []
