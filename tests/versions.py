"""
Run the tests with the oldest and with the newest dependencies that pyproject.toml allows.

``make versions`` does it on the oldest and the newest Python (it needs uv, and half an hour on two
cores), and the tests of the kernels in the Python of the pages (it needs Node);
``python -m tests.versions 3.13-newest`` does one of the five. Everything else, such as
pytest and JupyterLab, stays as locked. The built pages are tested with the newest only: of the
dependencies in question they hold nothing but what the other tests look at.
"""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from explorable.book import FOLDER, ROOT
from tests import page_python
from tools.check import CHECKS

RUNS = ("3.11-oldest", "3.11-newest", "3.13-oldest", "3.13-newest", "page")
RESOLUTION = {"oldest": "lowest-direct", "newest": "highest"}
LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)( ;.*?)?(?: \\)?$", re.MULTILINE | re.IGNORECASE)
BUILDING = (
    "tests/pages",
    *(f"tests/explorable/{part}" for part in ("book", "languages", "library", "sphinx")),
)
PYTEST, NBVAL = (command[2:] for command in CHECKS.values() if "pytest" in command)


def main(arguments: list[str] | None = None) -> int:
    """Run those that are named, or all; return how many failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__)
    parser.add_argument(
        "runs", nargs="*", choices=[*RUNS, []], metavar="RUN", help=", ".join(RUNS)
    )
    failed = []
    for name in parser.parse_args(arguments).runs or RUNS:
        if name == "page":
            failed += ["page: python -m tests.page_python"] * bool(page_python.main([]))
            continue
        version, _, kind = name.partition("-")
        folder = FOLDER / "_build" / "versions" / name
        python = environment(folder, version, RESOLUTION[kind])
        # That an old package calls something deprecated in a newer one is not our affair.
        old = [*(f"--ignore={name}" for name in BUILDING), "-W", "default::DeprecationWarning"]
        variables = os.environ | {"BOOK_FOLDER": str(folder), "OPENBLAS_NUM_THREADS": "1"}
        commands = [["explorable", "build"], PYTEST, NBVAL]
        for command in [[*PYTEST, *old], NBVAL] if kind == "oldest" else commands:
            if subprocess.run([python, "-m", *command], cwd=ROOT, env=variables).returncode:
                failed.append(f"{name}: {' '.join(command)}")
    print("\n".join(["Failed:", *failed] if failed else ["All passed."]))
    return len(failed)


def environment(folder: Path, version: str, resolution: str) -> Path:
    """Make an environment with these versions; say which they are; return its Python."""
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "venv" / "bin" / "python"
    chosen = ["--resolution", resolution, "--only-binary", ":all:", "--python", version]
    text = uv("pip", "compile", "--quiet", "--no-header", *chosen, "pyproject.toml")
    wanted = {name: locked for name, locked, _ in LOCKED.findall(text) if name in direct()}
    print(
        f"Python {version}:", *(f"{name} {locked}" for name, locked in wanted.items()), flush=True
    )
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    others = [f"{n}=={v}{marker}" for n, v, marker in LOCKED.findall(lock) if n not in wanted]
    pins = folder / "requirements.txt"
    pins.write_text("\n".join([*others, *(f"{n}=={v}" for n, v in wanted.items())]))
    uv("venv", "--quiet", "--clear", "--python", version, str(folder / "venv"))
    install = ("pip", "install", "--quiet", "--python", str(python), "--only-binary", ":all:")
    uv(*install, "--requirement", str(pins))
    ours = ("--no-deps", "--no-build-isolation", ".")
    uv("pip", "install", "--quiet", "--python", str(python), *ours)
    return python


def direct() -> set[str]:
    """Return the names of what pyproject.toml depends on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[<>=!~ ]", requirement)[0] for requirement in project["dependencies"]}


def uv(*arguments: str) -> str:
    """Run uv; return what it printed."""
    return subprocess.run(
        ["uv", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
