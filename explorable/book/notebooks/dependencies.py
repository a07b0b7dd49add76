"""Which files a notebook's outputs depend on, read from its import statements."""

import ast
import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from explorable.book.settings import PACKAGES, SETTINGS

DATA = dict(SETTINGS.data)


def notebook_key(notebook: NotebookNode, root: Path, executor: Iterable[Path]) -> str:
    """Return the digest of all that decides a notebook's outputs.

    That is: its code, and which of it may fail, the modules of ours that it imports, directly or
    not, the locked requirements, the version of Python, and the files of ours that execute it.
    """
    digest = hashlib.sha256()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        may_fail = "raises-exception" in cell.metadata.get("tags", [])
        _add(digest, str(may_fail).encode(), cell.source.encode())
    _add(digest, platform.python_version().encode())
    code = [cell.source for cell in cells]
    for path in [*sources(code, root), root / "requirements.txt", *executor]:
        if path.is_file():
            _add(digest, path.name.encode(), path.read_bytes())
    return digest.hexdigest()


def sources(code: Iterable[str], root: Path) -> list[Path]:
    """List the files of our packages that these pieces of code import, directly or not."""
    pending: set[str] = set()
    for piece in code:
        try:
            tree = ast.parse(piece)
        except SyntaxError:  # a magic: we cannot tell, so everything counts
            return sorted(p for name in PACKAGES for p in (root / name).rglob("*") if _counts(p))
        pending.update(imported(tree, ""))
    modules: dict[str, Path] = {}
    while pending:
        name = pending.pop()
        path = _module_file(name, root)
        if path is None or name in modules:
            continue
        modules[name] = path
        is_package = path.name == "__init__.py"
        package = name if is_package else name.rpartition(".")[0]
        pending.update(_imports(path, package, path.stat().st_mtime_ns))
        pending.update(_parents(name))
    files = set(modules.values())
    for name, path in modules.items():
        if path.name == "__init__.py":
            files.update(near for near in path.parent.iterdir() if _counts(near))
        if name in DATA:
            files.update(each for each in (path.parent / DATA[name]).rglob("*") if _counts(each))
    # A package's neighbours in Python count only when they are imported.
    return sorted(f for f in files if f.suffix != ".py" or f in set(modules.values()))


@cache
def _imports(path: Path, package: str, changed: int) -> frozenset[str]:
    return frozenset(imported(ast.parse(path.read_text(encoding="utf-8")), package))


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Yield the modules that a module of a package imports, and what it imports of each."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [base])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _module_file(name: str, root: Path) -> Path | None:
    if name.split(".")[0] not in PACKAGES:
        return None
    stem = root.joinpath(*name.split("."))
    candidates = (stem / "__init__.py", stem.with_name(f"{stem.name}.py"))
    return next((path for path in candidates if path.is_file()), None)


def _parents(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")


def _add(digest: "hashlib._Hash", *parts: bytes) -> None:
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
