"""The build driver: what it does again, what it leaves alone, what it learns from outside."""

import subprocess

import nbformat
import pytest

from explorable.book.notebooks.dependencies import notebook_key, sources
from explorable.book.repository import find_repository


@pytest.fixture
def package(tmp_path):
    """Return a folder with a small package of the library's name."""
    files = {
        "__init__.py": "",
        "checks.py": "",
        "concepts.py": "from mathdl import checks\n",
        "forward.py": "from mathdl.concepts import relu\n",
        "faq.py": "",
        "datasets.py": "",
        "data/digits.npz": "numbers",
        "figures/__init__.py": "from mathdl.figures.style import INK\n",
        "figures/style.py": "",
        "figures/faq.py": "from .style import INK\n",
        "outlook/__init__.py": "",
        "outlook/first.py": "from . import second\n",
        "outlook/second.py": "",
        "data/.hidden": "of the system",
        "data/__pycache__/digits.pyc": "of Python",
    }
    for name, text in files.items():
        path = tmp_path / "mathdl" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    return tmp_path


def found(code, root):
    return {path.relative_to(root / "mathdl").as_posix() for path in sources([code], root)}


def test_imports_are_followed_with_the_data_that_a_module_reads(package):
    for code, files in {
        "import mathdl.forward": {"checks.py", "concepts.py", "forward.py"},
        "from mathdl.figures import faq":
            {"figures/__init__.py", "figures/style.py", "figures/faq.py"},
        "import mathdl.outlook.first":
            {"outlook/__init__.py", "outlook/first.py", "outlook/second.py"},
        "from mathdl.datasets import load_digits": {"datasets.py", "data/digits.npz"},
    }.items():  # fmt: skip
        assert found(code, package) == {"__init__.py", *files}
    assert "faq.py" in found("%matplotlib inline", package)  # which cannot be read


def test_a_changed_module_changes_only_the_notebooks_that_import_it(package):
    def key(code):
        cells = [nbformat.v4.new_code_cell(code)]
        return notebook_key(nbformat.v4.new_notebook(cells=cells), package, [])

    before = key("import mathdl.forward"), key("import mathdl.faq")
    (package / "mathdl" / "checks.py").write_text("LIMIT = 1\n")
    after = key("import mathdl.forward"), key("import mathdl.faq")
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_neither_outputs_nor_prose_count_but_code_does(package):
    def key(*cells, by=()):
        notebook = nbformat.v4.new_notebook(cells=list(cells))
        return notebook_key(notebook, package, [package / name for name in by])

    cell = nbformat.v4.new_code_cell("1")
    run = nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text="x")])
    assert key(cell) == key(run) == key(nbformat.v4.new_markdown_cell("Prose."), cell)
    folded, failing = (
        nbformat.v4.new_code_cell("1", metadata={"tags": [tag]})
        for tag in ("hide-input", "raises-exception")
    )
    assert key(cell) == key(folded) != key(failing)
    assert key(cell) != key(nbformat.v4.new_code_cell("2"))
    assert key(cell) != key(cell, run)
    before = key(cell), key(cell, by=["mathdl/faq.py"])
    (package / "mathdl" / "faq.py").write_text("2")
    assert key(cell) == before[0] != before[1] != key(cell, by=["mathdl/faq.py"])
    (package / "requirements.txt").write_text("a==1")
    assert key(cell) != before[0]


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("https://github.com/someone/a-book.git", "https://github.com/someone/a-book"),
        ("git@github.com:someone/a-book.git", "https://github.com/someone/a-book"),
        ("ssh://git@gitlab.com:22/group/sub/a-book", "https://gitlab.com/group/sub/a-book"),
        ("https://name:secret@github.com/someone/a-book", "https://github.com/someone/a-book"),
        ("/srv/git/a-book", None),
        ("../elsewhere", None),
    ],
)
def test_the_repository_comes_from_the_remote(tmp_path, monkeypatch, remote, url):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    subprocess.run(["git", "remote", "add", "origin", remote], cwd=tmp_path, check=True)
    repository = find_repository(tmp_path)
    assert (repository.url if repository else None) == url
