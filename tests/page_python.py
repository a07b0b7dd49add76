"""
Run the tests of the kernels in the Python of the pages: ``python -m tests.page_python``.

That is another processor with another NumPy, integers of 32 bits, no threads and no warnings of
floating-point errors. Left out are tests that need what a page lacks. It needs Node and pip.
"""

import ast
import subprocess
import sys
import tempfile
from pathlib import Path

from explorable.book import ROOT
from explorable.book.notebooks.dependencies import imported
from explorable.python.absent import is_absent

PURE = ("pytest", "hypothesis==6.148.0")
"""What runs the tests; newer releases of hypothesis hold machine code."""
KERNELS = ("explorable/checks", *sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb")))
OURS = {"explorable", "mathdl", "tests"}
PRESENT = {"numpy", "pytest", "hypothesis", "joblib", *OURS, *sys.stdlib_module_names}
PLUGINS = ("-p", "no:cacheprovider", "-p", "no:faulthandler")


def main(arguments: list[str]) -> int:
    """Run these tests, or all that a page can run; return pytest's code."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        subprocess.run([*pip, "--target", folder, *PURE], check=True)
        command = ["node", "tests/pyodide.cjs", folder, "-q", *PLUGINS]
        return subprocess.run([*command, *(arguments or runnable())], cwd=ROOT).returncode


def runnable() -> list[str]:
    """List the tests of the kernels that import nothing that a page lacks."""
    files = (path for name in KERNELS for path in (ROOT / "tests" / name).rglob("test_*.py"))
    return [path.relative_to(ROOT).as_posix() for path in sorted(files) if not lacking(path)]


def lacking(path: Path, seen: frozenset[Path] = frozenset()) -> bool:
    """Tell whether a module, or one that it imports, imports what a page lacks."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    names = set(imported(ast.parse(path.read_text(encoding="utf-8")), package))
    if any(name.split(".")[0] not in PRESENT or is_absent(name) for name in names):
        return True
    files = {ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in names}
    near = {file for file in files if file.is_file()} - seen
    return any(lacking(file, seen | near) for file in near if file.is_relative_to(ROOT / "tests"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
