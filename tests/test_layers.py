"""The house: every module has its place, and no files import in a circle."""

import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
WHERE = "pyproject.toml, [tool.importlinter]"


def named(beginning):
    """Return the contract whose name begins so."""
    (found,) = [each for each in SETTINGS["contracts"] if each["name"].startswith(beginning)]
    return found


def test_every_module_of_the_library_has_a_layer_and_every_chapter_its_order():
    modules = {
        f"mathdl.{path.stem}"
        for path in (ROOT / "mathdl").iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
    }
    layers = named("The chapters' kernels")["layers"]
    listed = [module for line in layers for module in line.split(" | ")]
    assert sorted(listed) == sorted(modules), f"{WHERE}: each module of mathdl has a layer"
    chapters = {f"mathdl.{path.stem}" for path in (ROOT / "chapters").glob("*.ipynb")}
    assert set(named("Within a chapter")["containers"]) == chapters, WHERE


def test_no_files_import_in_a_circle_and_no_folder_has_more_than_one_can_see():
    graph = grimp.build_graph("mathdl", "explorable", "tools", exclude_type_checking_imports=False)
    order = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(order).prepare()  # raises CycleError, which names the circle
    kinds = {".py", ".js", ".css", ".html", ".ts"}
    for package in ("mathdl", "explorable", "tools"):
        for folder in [ROOT / package, *(ROOT / package).rglob("*/")]:
            if "vendor" not in folder.parts:
                files = [path.name for path in folder.iterdir() if path.suffix in kinds]
                assert len(files) <= 15, f"{folder.relative_to(ROOT)}: {len(files)} files"
