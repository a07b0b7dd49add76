"""What CONTRIBUTING.md and README.md tell a reader to do works."""

import json
import re
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent


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


def test_the_readme_names_only_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md", "intro.md"):
        named = set(re.findall(r"`make ([a-z]+)`", (ROOT / page).read_text(encoding="utf-8")))
        assert named <= targets, page


def test_the_readme_names_only_files_that_exist() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for name in re.findall(r"`([\w./-]+\.(?:md|txt|py|cff|ipynb|bib|yml))`", text):
            if "<" not in name:
                assert (ROOT / name).exists(), f"{page} names {name}"


def test_the_questions_are_counted_rightly() -> None:
    cells = json.loads((ROOT / "chapters" / "faq.ipynb").read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    questions = re.findall(r"^## .*\?$", prose, re.MULTILINE)
    assert len(questions) == 11
    assert "and ten other questions" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "Eleven questions" in (ROOT / "intro.md").read_text(encoding="utf-8")
