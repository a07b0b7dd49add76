"""Run Sphinx on the staged book, with Jupyter Book's configuration, and report by cell."""

import contextlib
import io
import os
import pprint
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from jsonschema import ValidationError
from jupyter_book.config import get_final_config
from sphinx.cmd.build import main

from explorable.book import ROOT
from explorable.book.problem import BookError

# In a preview of one chapter the others are missing, and so are their labels.
REFERENCES = re.compile(r"\[(ref\.\w+|myst\.xref_missing|bibtex\.\w+|toc\.\w+)\]")
NOTEBOOK_LINE = re.compile(r"\.ipynb:(\d+)")
# As `python -m sphinx`, after what `book` keeps out. All is kept to the end, so that looking for
# garbage is in vain, then too.
SPHINX = (
    "import atexit, explorable.book, gc, runpy; gc.set_threshold(50_000, 20, 20); "
    "atexit.register(gc.freeze); runpy.run_module('sphinx', run_name='__main__')"
)
ALIKE = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
"""The environment in which Sphinx writes the same twice.

A process that has it and builds one edition alone, as a preview does, runs Sphinx itself.
"""
LINES_A_CELL = 10_000  # how MyST-NB counts


def run_sphinx(stage: Path, work: Path, *, strict: bool, alone: bool = False) -> Path:
    """Build the HTML of the staged book; return its folder, or refuse with every warning's place.

    Every warning is an error, a broken reference only when `strict`.
    """
    html, doctrees, log = work / "sphinx", work / "doctrees", work / "warnings.txt"
    for folder in (html, doctrees, work / "jupyter_execute"):
        shutil.rmtree(folder, ignore_errors=True)
    log.unlink(missing_ok=True)  # or what an earlier build was warned of is told of this one
    (stage / "conf.py").write_text(_configuration(stage), encoding="utf-8")
    arguments = ["-b", "html", "-q", "-n", "--keep-going", *["-W"] * strict]
    arguments += ["-d", str(doctrees), "-w", str(log), str(stage), str(html)]
    if alone and ALIKE.items() <= os.environ.items():
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            code, told = main(arguments), said.getvalue()
    else:
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        result = subprocess.run(
            [sys.executable, "-c", SPHINX, *arguments],
            env=os.environ | ALIKE | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        code, told = result.returncode, result.stderr
    warnings = _readable(log.read_text(encoding="utf-8") if log.is_file() else "", stage)
    tolerated = [w for w in warnings if not strict and REFERENCES.search(w)]
    for warning in tolerated:
        print(f"  (preview) {warning}", file=sys.stderr)
    refused = [warning for warning in warnings if warning not in tolerated]
    if refused:
        raise BookError("\n".join(refused))
    if code:
        raise BookError(f"Sphinx failed:\n{told.strip()}")
    return html


def _configuration(stage: Path) -> str:
    try:
        settings, _ = get_final_config(
            user_yaml=stage / "_config.yml",
            cli_config={"latex_individualpages": False},
            raise_on_invalid=True,
        )
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BookError(f"_config.yml: {error}") from None
    settings["nb_execution_mode"] = "off"
    lines = [f"{name} = {pprint.pformat(value)}" for name, value in sorted(settings.items())]
    return "\n".join(["# Written by explorable.book.sphinx_run.", *lines, ""])


def _readable(log: str, stage: Path) -> list[str]:
    """Split Sphinx's log into warnings that name files as authors know them, and cells."""
    warnings: list[str] = []
    for line in log.replace(f"{stage}{os.sep}", "").splitlines():
        if re.match(r"(\S.*?: )?(WARNING|ERROR|CRITICAL|SEVERE)", line) or not warnings:
            warnings.append(NOTEBOOK_LINE.sub(_cell, line))
        else:
            warnings[-1] += f"\n{line}"
    return list(dict.fromkeys(warning for warning in warnings if warning.strip()))


def _cell(match: re.Match[str]) -> str:
    cell, line = divmod(int(match[1]), LINES_A_CELL)
    return f".ipynb, cell {cell}, line {line}" if cell else ".ipynb"
