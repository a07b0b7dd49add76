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


def test_code_decides_with_what_it_imports_and_neither_outputs_nor_prose(package):
    def key(*cells, by=()):
        notebook = nbformat.v4.new_notebook(cells=list(cells))
        return notebook_key(notebook, package, [package / name for name in by])

    code, markdown = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    cell, run = code("1"), code("1", outputs=[nbformat.v4.new_output("stream", text="x")])
    folded, failing = (
        code("1", metadata={"tags": [tag]}) for tag in ("hide-input", "raises-exception")
    )
    assert key(cell) == key(run) == key(markdown("Prose."), cell) == key(folded)
    importing = code("import mathdl.forward")
    before = [key(cell), key(failing), key(code("2")), key(cell, run), key(importing),
              key(cell, by=["mathdl/checks.py"])]  # fmt: skip
    assert len(set(before)) == len(before)
    (package / "mathdl" / "checks.py").write_text("LIMIT = 1\n")
    assert key(cell) == before[0]
    assert key(importing) != before[4]
    assert key(cell, by=["mathdl/checks.py"]) != before[5]
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
