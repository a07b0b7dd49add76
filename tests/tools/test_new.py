"""The template of a chapter: what is written and where, what is refused, and that it is sound."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from explorable.book import ROOT
from explorable.book.problem import BookError
from tools.new import LISTED, TEMPLATE, create


@pytest.fixture
def tree(tmp_path):
    """Return a folder with the files of the book that list its chapters."""
    for name, _, _ in LISTED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def texts(folder):
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def test_a_chapter_is_written_and_listed(tree):
    before = texts(tree)
    written = create("graph_networks", tree)
    after = texts(tree)
    assert set(after) == {path.relative_to(tree).as_posix() for path in written}
    assert len(after) == len(before) + sum(path.is_file() for path in TEMPLATE.rglob("*"))
    new = [path.relative_to(tree).as_posix() for path in written[: len(after) - len(before)]]
    assert all("graph_networks" in name for name in new)
    assert not re.search("sample.chapter", "".join(after.values()), re.IGNORECASE)
    kernel = after["mathdl/graph_networks/__init__.py"]
    assert '@equation("graph-networks-square")' in kernel
    assert "def graph_networks(x" in kernel
    assert '"# Graph networks\\n"' in after["chapters/graph_networks.ipynb"]
    for name, text in before.items():
        kept = iter(after[name].splitlines())
        assert all(line in kept for line in text.splitlines()), name


def test_it_stands_after_the_chapters_that_are_there(tree):
    create("a", tree)
    toc = (tree / "_toc.yml").read_text("utf-8")
    assert "  - file: chapters/faq\n      - file: chapters/a\n  - caption: Try it" in toc
    assert (
        "/faq\n          - file: appendix/library/a\n          - file: appendix/library/ex" in toc
    )
    create("b", tree)
    settings = (tree / "pyproject.toml").read_text("utf-8")
    for module in ("a", "b"):
        assert settings.count(f'\n    "mathdl.{module}",\n') == 2  # a layer, and an order within
    assert (tree / "README.md").read_text("utf-8").count("`mathdl.b` |\n") == 1
    assert (tree / "appendix" / "notation.md").read_text("utf-8").count("\n## B\n") == 1


NO_MODULES = ("", "Pooling", "1a", "a-b", "a__b", "a_", "über", "class", "a.b")


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        *((stem, f"“{stem}” cannot be the name of a module") for stem in NO_MODULES),
        ("forward", "there is a mathdl/forward already"),
        ("softmax", "the judge has a task softmax already"),
        ("pooling", r"there is a .*pooling.* already"),
    ],
)
def test_a_name_that_no_module_can_have_or_that_is_taken_is_refused(tree, stem, told):
    (tree / "mathdl" / "forward").mkdir()
    create("pooling", tree)
    before = texts(tree)
    with pytest.raises(BookError, match=told):
        create(stem, tree)
    assert texts(tree) == before


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _, _ in LISTED))
def test_a_file_that_has_no_place_for_a_chapter_is_named(tree, name):
    (tree / name).write_text("", "utf-8")
    before = texts(tree)
    with pytest.raises(BookError, match=f"^{re.escape(name)} has no place for a chapter"):
        create("pooling", tree)
    assert texts(tree) == before


@pytest.mark.proof
def test_a_new_chapter_passes_the_tests_of_a_chapter(tmp_path):
    """All but what only its author can write: its Chinese, and three functions of the reader."""
    ours = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", ".*_cache")
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=ours)
    environment = os.environ | {"PYTHONPATH": str(copy), "BOOK_FOLDER": ""}

    def run(*command):
        ran = subprocess.run(
            [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    said = run("-m", "tools.new", "attention_weights")
    own = re.search(r"-m pytest (.*)", said)[1].split()
    run("-m", "ruff", "check", ".")
    run("-m", "ruff", "format", "--check", ".")
    run("-m", "mypy")
    run("-c", "from importlinter.cli import lint_imports_command as c; c()")
    run("-m", "pytest", "-q", *own[:-1], "mathdl/attention_weights", "tests/test_layers.py")
    some = [
        "tests/judge",
        "tests/explorable/book/notebooks/test_normal_form.py",
        "tests/explorable/book/notebooks/test_jupyter.py",
    ]
    some += [
        "tests/test_appendix.py",
        "tests/tools/test_readme.py",
        "tests/explorable/explore/test_every_explorer.py",
        "tests/test_valid_inputs.py",
    ]
    but = "attention_weights and not chinese and not three_turns"
    run("-m", "pytest", "-q", *some, "-k", but)
    run("-m", "pytest", "-q", "tests/tools/test_readme.py", "-k", "table")
    run("-m", "explorable", "build", "--only", "chapters/attention_weights")
