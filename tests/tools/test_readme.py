"""What README.md tells a visitor to type is there, and what it says of the result is true."""

import importlib
import re
from importlib.util import find_spec

import nbformat
import numpy as np

import mathdl
from explorable.__main__ import TOOLS
from explorable.book import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_command_that_is_named_is_there():
    pages = "\n".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "CONTRIBUTING.md", "intro.md", "appendix/teaching.md")
    )
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z]+)", pages)) <= set(targets)
    commands = {"build", "preview", "pdf", "epub", *TOOLS}
    assert set(re.findall(r"-m\s+explorable (\w+)", pages)) <= commands


def test_each_command_of_make_starts_a_module_that_is_there():
    started = re.findall(r"\$\(RUN\) -m ([\w.]+)", (ROOT / "Makefile").read_text("utf-8"))
    assert len(started) > 10
    assert [module for module in started if not find_spec(module)] == []


def test_each_chapter_of_the_table_has_its_notebook_and_its_module():
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| `(mathdl\.\w+)` \|$", README, re.MULTILINE)
    for title, module in rows:
        assert importlib.import_module(module).__doc__
        path = ROOT / "chapters" / f"{module.partition('.')[2]}.ipynb"
        assert nbformat.read(path, as_version=4).cells[0].source.startswith("# "), title
    path = re.search(
        r"^```\{chapters\}\n(.*?)^```", (ROOT / "intro.md").read_text("utf-8"), re.S | re.M
    )
    lists = {
        "the table of chapters in README.md": {module.partition(".")[2] for _, module in rows},
        "the path in intro.md": set(re.findall(r"^(\w+):", path[1], re.M)),
    }
    for where, listed in lists.items():
        missing = {path.stem for path in ROOT.glob("chapters/*.ipynb")} - listed
        assert not missing, f"{where} lacks {sorted(missing)}"


def test_the_picture_at_the_top_is_there_and_one_version_is_named():
    picture, *_ = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert (ROOT / picture).stat().st_size > 0
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited is not None
    assert cited[1] == mathdl.__version__


def test_the_smallest_explorer_runs() -> None:
    page = (ROOT / "explorable" / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(block, names)
    explorer = names["parabola_explorer"]()  # type: ignore[operator]  # its name is looked up
    assert explorer.states().count == 3
    assert explorer.at(a=0.25) == "At x = 1 the slope is 2a = 0.5."
    (line,) = explorer.figure.axes[0].lines
    np.testing.assert_allclose(line.get_ydata()[-1], 0.25)


def test_the_readme_names_only_files_that_exist() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for name in re.findall(r"`([\w./-]+\.(?:md|txt|py|cff|ipynb|bib|yml))`", text):
            if "<" not in name:
                assert (ROOT / name).exists(), f"{page} names {name}"
