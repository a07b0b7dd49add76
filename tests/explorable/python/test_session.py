"""Running cells: in any order, again and again, with errors and floods."""

import sys

import numpy as np
import pytest

from explorable.python.output import HEAD, TAIL
from explorable.python.session import Session


class Page:
    def __init__(self, *sources):
        self.told = []
        keyed = [(str(at), source) for at, source in enumerate(sources)]
        self.session = Session(keyed, lambda *message: self.told.append(message))

    def run(self, at, **edits):
        """Run a cell; return what it printed and showed, and how it ended."""
        self.told.clear()
        self.session.edit({key.lstrip("_"): source for key, source in edits.items()})
        self.session.run(str(at))
        return self.text(at), self.ends(at)

    def text(self, at):
        kinds = ("stdout", "stderr", "result", "error", "cut")
        return "".join(text for key, kind, text in self.told if key == str(at) and kind in kinds)

    def ends(self, at):
        states = ("running", "done", "failed")
        return [kind for key, kind, _ in self.told if key == str(at) and kind in states][-1]

    def ran(self):
        return [int(key) for key, kind, _ in self.told if kind == "running"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", []),
        ("# nothing", []),
        ("None", []),
        ("3;\n", []),
        ("'a;'", [("result", "'a;'")]),
        ("__name__, __builtins__.__name__", [("result", "('__main__', 'builtins')")]),
        ("import sys\nsys.stderr.write('ab')", [("stderr", "ab"), ("result", "2")]),
        ("import sys\nsys.stdout.write('ab')", [("stdout", "ab"), ("result", "2")]),
        ("import sys\nsys.stdout.writable()", [("result", "True")]),
    ],
)
def test_everything_that_is_told_of_a_cell_that_runs(source, told):
    page = Page(source)
    assert page.session.run("0") is True
    assert page.told == [
        ("0", "running", ""),
        *(("0", *message) for message in told),
        ("0", "done", ""),
    ]


def test_cells_above_run_once_and_in_order():
    page = Page("x = 1", "y = x + 1", "z = 5", "x + y")
    assert page.run(3) == ("3", "done")
    assert page.ran() == [0, 1, 3]
    assert page.run(3) == ("3", "done")
    assert page.ran() == [3]
    page = Page("x = 1", "x")
    assert page.run(1) == ("1", "done")
    assert page.run(0, _0="x = y")[1] == "failed"
    assert page.run(1) == ("1", "done")
    assert page.ran() == [0, 1]
    page = Page("x = 0", *["x = x + 1"] * 60, "x")
    assert page.run(61) == ("60", "done")
    assert page.run(61) == ("60", "done")
    assert page.ran() == [61]


def test_a_cell_gives_the_same_in_any_order():
    page = Page(
        "import numpy as np\nrng = np.random.default_rng(0)",
        "a = rng.random()\na",
        "b = rng.random()\nb",
        "rng = np.random.default_rng(1)",
        "rng.random()",
    )
    generator = np.random.default_rng(0)
    first, second = repr(generator.random()), repr(generator.random())
    other = repr(np.random.default_rng(1).random())
    for at, wanted in [(4, other), (2, second), (1, first), (2, second), (1, first), (4, other)]:
        assert page.run(at) == (wanted, "done")


def test_what_a_needed_cell_needs_runs_too():
    page = Page(
        "def twice(z):\n    return 2 * bent(z)",
        "def bent(z):\n    return 1",  # as it is when cell 2 calls it, though not below
        "print(twice(0))\ndef bent(z):\n    return z",
        "bent(3)",
    )
    assert page.run(3) == ("3", "done")
    assert page.ran() == [0, 1, 2, 3]
    assert page.text(2) == "2\n"


def test_an_edit_above_counts_and_only_what_depends_on_it_runs_again():
    page = Page("x = 1", "y = 10", "z = x + y", "z")
    assert page.run(3) == ("11", "done")
    assert page.run(3, _0="x = 2") == ("12", "done")
    assert page.ran() == [0, 2, 3]
    assert page.run(3) == ("11", "done")
    page = Page("import time\nx = time.perf_counter_ns()", "y = x", "x == y")
    page.run(2)
    page.run(0)
    assert page.run(2) == ("True", "done")
    assert page.ran() == [1, 2]
    page = Page("x = [1]", "y = x", "x.append(2)\nlen(x)", "y, x, x is y", "x")
    for _ in range(2):
        assert page.run(2) == ("2", "done")
    assert page.run(3) == ("([1, 2], [1, 2], True)", "done")
    assert page.run(2) == ("2", "done")
    assert page.run(4) == ("[1, 2]", "done")


def test_an_error_reads_as_pythons_with_the_readers_lines_only():
    page = Page("import numpy as np\ndef f(a):\n    return a @ np.ones(3)", "x = 1\nf(np.ones(2))")
    text, end = page.run(1)
    assert end == "failed"
    mark = "    ~^^^^^^^^^^^^\n" if sys.version_info >= (3, 13) else ""
    assert f"  This cell, line 2\n    f(np.ones(2))\n{mark}  A cell above, line 3, in f" in text
    assert text.splitlines()[-1].startswith("ValueError: matmul")
    assert "site-packages" not in text
    assert page.told[-1] == ("1", "failed", "2")
    page = Page("x\0")
    text, _ = page.run(0)
    assert text.endswith("Error: source code string cannot contain null bytes\n")
    assert page.told[-1] == ("0", "failed", "")


@pytest.mark.parametrize(
    ("source", "last", "line"),
    [
        ("x = 1\nif x\n    y", "SyntaxError: expected ':'", "2"),
        ("return 1", "SyntaxError: 'return' outside function", "1"),
        ("1 / 0", "ZeroDivisionError: division by zero", "1"),
        ("raise SystemExit(3)", "SystemExit: 3", "1"),
        ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded", "1"),
        ("input()", "OSError: A page can't be asked while it runs: write the answer in ", "1"),
        ("import nothing_like_it", "ModuleNotFoundError: No module named 'nothing", "1"),
        ("try: 1 / 0\nexcept ArithmeticError:\n    x.y", "NameError: name 'x' is not def", "3"),
    ],
)
def test_errors_of_every_kind_are_told_with_their_line(source, last, line):
    page = Page(source)
    text, end = page.run(0)
    assert text.splitlines()[-1].startswith(last)
    assert end == "failed"
    assert page.told[-1][2] == line


def test_a_cell_whose_need_fails_fails_too_and_runs_nothing():
    page = Page("x = 1 / 0", "x\nprint('never')")
    assert page.run(1) == ("", "failed")
    assert page.text(0).endswith("ZeroDivisionError: division by zero\n")
    assert page.told[-2:] == [("0", "failed", "1"), ("1", "failed", "")]
    assert page.session.run("1") is False
    assert page.run(1, _0="x = 2") == ("never\n", "done")


def test_a_cell_that_draws_says_that_it_needs_the_notebook():
    page = Page("from explorable.drawing.toolkit import show", "x = 1\nshow(x)", "x")
    assert page.session.run("1") is False
    needs = (
        "This cell needs Matplotlib or another package that a page lacks: run it in the notebook."
    )
    assert page.told == [("1", "error", needs), ("1", "failed", "")]
    assert page.run(2) == ("1", "done")
    assert page.text(1) == ""


def test_a_flood_is_cut_and_its_end_is_shown():
    page = Page("for n in range(50_000):\n    print(n)\n'the end'")
    text, _ = page.run(0)
    assert text.startswith("0\n1\n2\n")
    assert text.endswith("49999\n'the end'")
    assert HEAD < len(text) < HEAD + 2 * TAIL
    (cut,) = [text for _, kind, text in page.told if kind == "cut"]
    shown = len(text) - len(cut)
    whole = sum(len(f"{n}\n") for n in range(50_000)) + len("'the end'")
    assert cut == f"… {whole - shown:,} characters left out …"


def test_dataclasses_and_their_sources_work():
    page = Page(
        "import inspect\nfrom dataclasses import dataclass",
        "@dataclass\nclass A:\n    x: int = 1",
        "def f():\n    return A()",
        "print(f())\nprint(inspect.getsource(f))",
    )
    assert page.run(3) == ("A(x=1)\ndef f():\n    return A()\n", "done")


@pytest.mark.parametrize("patched", ["np.exp = np.log", "import builtins\nbuiltins.pow = print"])
def test_what_a_cell_replaces_in_numpy_or_python_harms_no_other_press(patched):
    page = Page(f"import numpy as np\n{patched}\n1 / 0", "import numpy\npow(int(numpy.exp(0)), 3)")
    assert page.run(0)[1] == "failed"
    assert page.run(1) == ("1", "done")


def test_a_verdict_is_told_as_such_beside_its_words():
    verdict = """
class Verdict:
    task, passed = "hat", False
    def __repr__(self): return "not yet"
"""
    others = [f"{verdict}\nVerdict.task = {task!r}\nVerdict()" for task in (3, "")]
    page = Page(f"{verdict}\nVerdict()", *others, "'hat'")
    for at, told in enumerate((['["hat", false]'], [], [], [])):
        page.run(at)
        assert [text for _, kind, text in page.told if kind == "judged"] == told
    assert page.run(0)[0] == "not yet"
