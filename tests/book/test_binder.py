"""What Binder and JupyterHub read of this folder needs no compiler and leaves nothing out."""

import re
import tomllib
import zipfile

from flit_core.wheel import make_wheel_in

from book import ROOT

# Where one of these stands, repo2docker reads it as well, or instead.
OTHERS = ["binder", ".binder", "Dockerfile", "environment.yml", "Pipfile", "Pipfile.lock"]
OTHERS += ["setup.py", "install.R", "DESCRIPTION", "Project.toml", "REQUIRE", "default.nix"]
OTHERS += ["apt.txt", "postBuild", "start"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_of_python_is_one_that_binder_offers_and_we_test():
    version = re.fullmatch(r"python-3\.(\d+)\n", (ROOT / "runtime.txt").read_text())
    assert version is not None
    assert 11 <= int(version[1]) <= 13
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert f'"3.{version[1]}"' in workflow


def test_nothing_else_of_the_tree_changes_the_recipe():
    assert [name for name in OTHERS if (ROOT / name).exists()] == []


def test_the_requirements_are_locked_packages_and_nothing_else():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    assert len(lines) > 100
    for line in lines:
        assert re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:", line), line


def test_they_hold_all_that_mathdl_and_its_notebooks_ask_for():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(), re.M))
    asked = {re.split(r"[<>=]", need)[0] for need in PROJECT["project"]["dependencies"]}
    assert asked | {"jupyterlab", "jupyterlab-myst", "notebook", "distributed"} <= locked


def test_mathdl_is_installed_whole_and_without_a_compiler(tmp_path):
    assert all(need.startswith("flit_core") for need in PROJECT["build-system"]["requires"])
    wheel = make_wheel_in(ROOT / "pyproject.toml", tmp_path).file
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("mathdl/")}
    files = (path for path in (ROOT / "mathdl").rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert packed == ours
