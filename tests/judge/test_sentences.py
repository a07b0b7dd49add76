"""The sentences that the judge quotes stand in the chapters, word for word."""

import importlib
import re
from pathlib import Path

import pytest

from explorable.book.notebooks.refresh import read
from explorable.tutor.task import TITLES
from mathdl.judge import TUTOR

CHAPTERS = Path(__file__).parents[2] / "chapters"

# What TeX calls by a name, as a verdict writes it without TeX.
SYMBOLS = {
    r"\top": "⊤", r"\tau": "τ", r"\theta": "θ", r"\Phi": "Φ", r"\beta": "β", r"\sigma": "σ",
    r"\varepsilon": "ε", r"\eta": "η", r"\nabla f": "∇f", r"\Lambda": "Λ", r"\ln": "ln ",
    r"\operatorname{relu}": "relu", r"\operatorname{soft}": "soft", r"\tfrac12": "½",
    r"\frac12": "½", r"\hat y": "ŷ", r"\cdot": "·", r"\in": "∈", r"\,": "", r"\;": "", r"\ ": " ",
    r"\bigl": "", r"\bigr": "", r"\alpha": "α",
}  # fmt: skip
RAISED = dict(zip("0123456789-klr", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵏˡʳ", strict=True)) | {"⊤": "⊤"}
LOWERED = dict(zip("0123456789-+lnpr", "₀₁₂₃₄₅₆₇₈₉₋₊ₗₙₚᵣ", strict=True))


def plain(markdown: str) -> str:
    """Return the text of a chapter without its markup, formulas in plain letters."""
    text = re.sub(r"\$([^$]*)\$", lambda found: plain_formula(found[1]), markdown)
    text = re.sub(r"\{[a-z:]+\}`([^`<]*?)( <[^>]*>)?`", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", text))


def plain_formula(tex: str) -> str:
    for name in sorted(SYMBOLS, key=len, reverse=True):
        tex = re.sub(re.escape(name) + r"(?![A-Za-z])", SYMBOLS[name], tex)
    tex = re.sub(r"\^(\{[^}]*\}|.)", lambda found: moved(found[1], RAISED, "^"), tex)
    tex = re.sub(r"_(\{[^}]*\}|.)", lambda found: moved(found[1], LOWERED, "_"), tex)
    return re.sub(r"[{}]", "", tex).replace("-", "−")


def moved(script: str, table: dict[str, str], mark: str) -> str:
    letters = script.strip("{}")
    known = all(letter in table for letter in letters)
    return "".join(table[letter] for letter in letters) if known else mark + letters


def text_of(chapter: str) -> str:
    """Return the text of a chapter without its solutions, which a verdict must not give away."""
    cells = read(CHAPTERS / f"{chapter}.ipynb").cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return " ".join(plain(text) for text in texts if not text.startswith("```{solution-start}"))


@pytest.mark.parametrize("chapter", TUTOR.titles)
def test_every_quoted_sentence_stands_in_its_chapter(chapter):
    """Whoever changes such a sentence changes it in `mathdl/<chapter>/tasks.py` too."""
    text = text_of(chapter)
    tasks = importlib.import_module(f"mathdl.{chapter}.tasks").TASKS
    missing = [
        f"{name}, {mistake.name}: {mistake.sentence}"
        for name, task in tasks.items()
        for mistake in task.mistakes
        if mistake.sentence not in text
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("chapter", TUTOR.titles)
def test_chapters_are_called_by_their_titles(chapter):
    assert chapter in TITLES, "give the title of the chapter in mathdl/judge.py, TUTOR"
    assert text_of(chapter).startswith(f"# {TITLES[chapter]}")


def test_a_task_belongs_to_its_chapter():
    tasks = TUTOR.tasks
    assert {name: TUTOR.task(name).chapter for name in tasks} == tasks
