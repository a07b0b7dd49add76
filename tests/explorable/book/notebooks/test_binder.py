"""What Binder reads of this folder needs no compiler and leaves nothing out."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from explorable.book import ROOT
from explorable.book.notebooks.refresh import read
from explorable.sphinx.site.wheel import pack

BINDER = ROOT / ".binder"
LOCK, LEAN = ROOT / "requirements.txt", BINDER / "requirements.txt"
PACKAGES = ("mathdl/", "explorable/")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

NOT_PACKED = tuple(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"])


def pinned(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    pins = {}
    for line in lines:
        pin = re.match(r"([a-z0-9._-]+)==(\S+) .*--hash=sha256:", line)
        assert pin is not None, line
        pins[pin[1]] = pin[2], frozenset(re.findall(r"--hash=(\S+)", line))
    return pins


def test_binder_gets_a_version_of_python_that_it_offers_and_a_recipe_without_more():
    version = re.fullmatch(r"python-3\.(\d+)\n", (BINDER / "runtime.txt").read_text())
    assert version is not None
    assert 11 <= int(version[1]) <= 13
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert f'"3.{version[1]}"' in workflow
    # Beside `.binder`, repo2docker refuses `binder`; a Dockerfile, say, would replace all of it.
    assert not (ROOT / "binder").exists()
    recipe = {"requirements.in", "requirements.txt", "runtime.txt", "postBuild"}
    assert {path.name for path in BINDER.iterdir()} == recipe
    assert os.access(BINDER / "postBuild", os.X_OK)


def test_binder_gets_the_versions_of_the_lock_and_little_else():
    lock, lean = pinned(LOCK), pinned(LEAN)
    assert lean.items() <= lock.items()
    assert len(lean) < 0.65 * len(lock)
    assert not {"jupyter-book", "sphinx", "playwright", "mypy", "distributed"} & lean.keys()
    (backend,) = map(Requirement, PROJECT["build-system"]["requires"])
    for lock in (LOCK, LEAN):
        version = pinned(lock)["hatchling"][0]
        assert backend.specifier.contains(version)


def modules(tree: ast.AST) -> Iterator[str]:
    """Yield the packages that are imported without a safeguard."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]
        elif not isinstance(node, ast.Try):
            yield from modules(node)


def test_binder_gets_all_that_mathdl_and_the_notebooks_ask_for():
    lean = pinned(LEAN).keys()
    assert {Requirement(need).name for need in PROJECT["project"]["dependencies"]} <= lean
    assert {"jupyterlab", "jupyterlab-myst", "hatchling"} <= lean
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "mathdl").rglob("*.py")]
    for path in (ROOT / "chapters").glob("*.ipynb"):
        code += [cell.source for cell in read(path).cells if cell.cell_type == "code"]
    asked = {name for text in code for name in modules(ast.parse(text))}
    others = asked - sys.stdlib_module_names - {"explorable", "mathdl", "js", "pyodide"}
    assert {{"PIL": "pillow", "IPython": "ipython"}.get(name, name) for name in others} <= lean


def test_mathdl_is_packed_whole_and_into_the_same_bytes_at_any_time(tmp_path):
    assert all(need.startswith("hatchling") for need in PROJECT["build-system"]["requires"])
    wheel = pack(tmp_path)
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith(PACKAGES)}
    files = (path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert packed == {name for name in ours if not name.startswith(NOT_PACKED)}
    copy = tmp_path / "copy"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile)  # new times
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, copy / name)
    assert pack(copy, copy).read_bytes() == pack(tmp_path).read_bytes()


def test_an_explorer_with_a_formula_is_shown_from_the_wheel_alone(tmp_path):
    with zipfile.ZipFile(pack(tmp_path)) as archive:
        archive.extractall(tmp_path / "unpacked")
    program = (
        "from mathdl.forward.explorers import layer_explorer\n"
        "from explorable.explore.live import LiveExplorer, __file__\n"
        "print(__file__, LiveExplorer(layer_explorer()).card)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")}
    shown = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True
    )
    assert shown.returncode == 0, shown.stderr.decode()
    file, card = shown.stdout.decode().split(" ", 1)
    assert Path(file).is_relative_to(tmp_path)
    assert card.count('class="explorer-number"') == 2 * 5  # and those of the longest, unseen
