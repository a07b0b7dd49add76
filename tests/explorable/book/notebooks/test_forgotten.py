"""Tests of `explorable.book.notebooks.forgotten`: what is missing is told before anything runs."""

from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from explorable.book.notebooks.forgotten import forgotten
from explorable.book.settings import SETTINGS
from explorable.library.equation_sources import Code, Door
from explorable.library.letters import Letters
from explorable.tutor.task import Case
from mathdl.concepts import tasks
from mathdl.judge import TUTOR

PATH = Path("chapters/nets.ipynb")
CODE = Code("mathdl.nets.f", "mathdl/nets.py", 1, "def f(): ...")
DOORS = {"nets-known": Door([CODE], [CODE])}
EQUATIONS = "$$ a $$ (nets-known)\n\n$$\nb\n$$ (nets-new)\n"


def told(*cells, doors=DOORS, tutor=TUTOR, letters=None):
    return list(forgotten(new_notebook(cells=cells), PATH, doors, tutor, letters))


def test_an_equation_without_function_and_test_is_named_with_its_cell():
    of_function, of_test = told(new_markdown_cell("# Nets"), new_markdown_cell(EQUATIONS))
    assert of_function.startswith(
        "chapters/nets.ipynb, cell 2: no function computes the equation nets-new; write "
    )
    assert of_test.startswith(
        "chapters/nets.ipynb, cell 2: no test evaluates the equation nets-new"
    )
    assert told(new_markdown_cell(EQUATIONS), doors={}) == []


@pytest.fixture
def letters(tmp_path):
    """Tables that explain a of one chapter, there in one section, and b of another."""
    folder = tmp_path / SETTINGS.symbols
    folder.mkdir(parents=True)
    for stem, letter in [("nets", "a"), ("other", "b")]:
        line = f'{{tex = "{letter}", name = "a letter", in = "a-section"}}'
        (folder / f"{stem}.toml").write_text(f"symbols = [{line}]", encoding="utf-8")
    return Letters(tmp_path)


def test_a_letter_that_nothing_explains_or_that_is_no_tex_is_named_with_its_cell(letters):
    cell = new_markdown_cell(f"$$ c $$\n\nThis is no $$ c $$ and\n\n{EQUATIONS}")
    assert told(cell, doors={}, letters=letters) == [
        "chapters/nets.ipynb, cell 1: nets-new has the letter b, which nothing explains: "
        "give it a line in appendix/symbols/nets.toml"
    ]
    (fault,) = told(new_markdown_cell(r"$$ \frac{a} $$ (nets-new)"), doors={}, letters=letters)
    assert fault.startswith("chapters/nets.ipynb, cell 1: ")
    assert fault.endswith(r", in the formula: \frac{a}")
    notebook = new_notebook(cells=[new_markdown_cell(EQUATIONS)])
    assert list(forgotten(notebook, Path("chapters/more.ipynb"), {}, None, letters)) == []


def test_a_task_or_a_label_that_is_not_written_is_named():
    asked = new_code_cell(
        "from mathdl.judge import judge\n\njudge(\n    'softmax', f)\njudge(\"soft\", f)"
    )
    assert told(asked) == [
        "chapters/nets.ipynb, cell 1: mathdl.judge.TUTOR finds no task soft among the TASKS of "
        "the chapters"
    ]
    assert told(asked, tutor=None) == []
    caption = new_markdown_cell("What is seen.", metadata={"tags": ["caption"]})
    (fault,) = told(caption)
    assert fault.startswith("chapters/nets.ipynb, cell 1: is no caption: its first line must be")


def test_a_task_that_cannot_be_asked_is_named_with_what_is_wrong(monkeypatch):
    monkeypatch.setitem(tasks.TASKS, "softmax", replace(tasks.SOFTMAX, returns="p"))
    asked = new_code_cell('judge("softmax", f)')
    place = "chapters/nets.ipynb, cell 1: mathdl.concepts.tasks, softmax: "
    assert told(asked) == [f'{place}returns is one text; write returns=("p",)']
    broken = replace(tasks.SOFTMAX, fresh=lambda rng: rng.nothing, cases=(Case("a word", ("z",)),))
    monkeypatch.setitem(tasks.TASKS, "softmax", broken)
    of_fresh, of_case = told(asked)
    assert of_fresh.startswith(f"{place}fresh raises AttributeError: ")
    assert of_case.startswith(f"{place}the right function raises ")
    assert "for “a word”: " in of_case
