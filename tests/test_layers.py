"""The contracts of the import linter: every module of `mathdl` has its place."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
DRAWING = {
    f"mathdl.{room}" for room in ("svg", "plotting", "plot", "figures", "explorer", "widgets")
}


def test_every_module_has_a_layer_and_every_kernel_is_kept_from_drawing():
    modules = {
        f"mathdl.{path.stem}"
        for path in (ROOT / "mathdl").iterdir()
        if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
    }
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    order, drawing = settings["contracts"]
    layers = [module for line in order["layers"] for module in line.split(" | ")]
    where = "pyproject.toml, [tool.importlinter]"
    assert sorted(layers) == sorted(modules), f"{where}: each module of mathdl has a layer"
    kept = sorted(drawing["source_modules"])
    assert kept == sorted(modules - DRAWING), f"{where}: source_modules are all that do not draw"
