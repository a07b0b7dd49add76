"""The appendix keeps up with the chapters: symbols, terms, formulas, names."""

import importlib
import inspect
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from explorable.book.notebooks.refresh import read
from explorable.drawing.formulas import Renderer
from explorable.library.letters import Reader
from explorable.library.symbols import BOOK, Symbol, read_symbols
from explorable.sphinx.content.terms import glossary_terms, looked_up

ROOT = Path(__file__).parent.parent
APPENDIX = ROOT / "appendix"
DISPLAY = re.compile(r"\$\$(.+?)\$\$[ \t]*(?:\(([\w-]+)\))?", re.DOTALL)
MATH = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
CODE = re.compile(r"^```python\n.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)

# Typography, and what school teaches: none of it needs a line in a table.
PLAIN_TEX = set(
    re.findall(
        r"\\\w+",
        r"\frac \tfrac \dfrac \sqrt \sum \prod \max \min \ln \log \exp \sin \cos \arccos \lim \int"
        r"\left \right \big \Big \bigl \bigr \Bigl \Bigr \underbrace \underline \quad \qquad"
        r"\dots \cdots \vdots \le \ge \neq \approx \pm \mp \times \in \mid \infty \lvert \rvert"
        r"\Longleftrightarrow \Longrightarrow \longrightarrow \allowbreak",
    )
)
GROUPED = re.compile(
    r"\\(operatorname\*?|mathrm)\{(\w+)\}|\\(mathbf|mathbb|mathcal|boldsymbol)\s*(?:\{(\w)\}|(\w))"
)


def chapters() -> list[str]:
    """Name the chapters that the table of contents lists."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [entry["file"] for part in toc["parts"] for entry in part["chapters"] or ()]
    return [name.removeprefix("chapters/") for name in files if name.startswith("chapters/")]


@cache
def prose(chapter: str) -> str:
    """Return the Markdown of a chapter."""
    notebook = read(ROOT / "chapters" / f"{chapter}.ipynb")
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def atoms(tex: str) -> set[str]:
    r"""
    Take a formula apart into the smallest signs that carry a meaning.

    A letter, a command such as \lambda, a named operator such as relu, a letter in another face
    such as \mathbf y, and an accent such as \bar each count on their own.
    """
    found = set()
    tex = re.sub(r"\\text\{[^}]*\}|\\(?:begin|end)\{\w+\}", " ", tex)
    tex = tex.replace(r"\mathsf T", r"\top").replace(r"\mathsf{T}", r"\top")
    for named, name, face, braced, letter in GROUPED.findall(tex):
        found.add(name if named else f"\\{face} {braced or letter}")
    tex = GROUPED.sub(" ", tex)
    found |= set(re.findall(r"\\[A-Za-z]+|[A-Za-z]", tex))
    return {"\\bar" if atom == "\\overline" else atom for atom in found} - PLAIN_TEX


@cache
def sections(page: str) -> dict[str, str]:
    """Split a page of the appendix at its second headings; a chapter's part has its stem."""
    text = (APPENDIX / f"{page}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {heading.lower().replace(" ", "_"): body for heading, body in named}


def part(page: str, section: str) -> str:
    """Return a part of a page of the appendix, which must be there."""
    heading = section.replace("_", " ").capitalize()
    assert section in sections(page), f"write a part ## {heading} in appendix/{page}.md"
    return sections(page)[section]


def rows(page: str, section: str) -> list[list[str]]:
    """Return the cells of the table in a part of a page, its header first."""
    lines = re.findall(r"^\|(.+)\|$", part(page, section), re.MULTILINE)
    table = [[cell.strip() for cell in re.split(r" \|(?= |$)", line)] for line in lines]
    return [cells for cells in table if "---" not in cells[0]]


TABLES = read_symbols(ROOT)


@cache
def reader() -> tuple[Renderer, Reader]:
    """Return who renders formulas and who finds symbols in them."""
    return Renderer(None), Reader()


def explained(table: str, *, by: Callable[[Symbol], object] = bool) -> set[str]:
    """Return what a table of symbols explains."""
    return {
        atom
        for symbol in TABLES[table]
        if by(symbol)
        for tex in (*symbol.tex, *symbol.match)
        for atom in atoms(tex)
    } - {"\\square"}


@cache
def equations() -> dict[str, str]:
    """Return the numbered equations of all chapters by their labels."""
    return {
        label: tex for name in chapters() for tex, label in DISPLAY.findall(prose(name)) if label
    }


def is_listed(symbol: Symbol) -> bool:
    """Tell whether the page of the notation lists a symbol: it says which equation defines it."""
    return bool({*symbol.at} & equations().keys())


@pytest.mark.parametrize("chapter", chapters())
def test_symbols_of_numbered_equations_and_terms_in_bold_are_explained(chapter: str) -> None:
    known = set().union(*(explained(table, by=is_listed) for table in (*BOOK, chapter)))
    missing = {
        f"{atom} in {label}"
        for tex, label in DISPLAY.findall(prose(chapter))
        if label
        for atom in atoms(tex) - known
    }
    assert not missing, f"say in appendix/symbols/{chapter}.toml what defines: {sorted(missing)}"
    used = set().union(*(atoms(tex) for tex in MATH.findall(CODE.sub("", prose(chapter)))))
    unused = explained(chapter) - used
    assert not unused, f"appendix/symbols/{chapter}.toml has what no formula has: {sorted(unused)}"
    terms = glossary_terms((APPENDIX / "glossary.md").read_text(encoding="utf-8"))
    missing = {term for term in bold_terms(chapter) - STRESSED if looked_up(term) not in terms}
    assert not missing, f"not in appendix/glossary.md, nor STRESSED here: {sorted(missing)}"


@pytest.mark.parametrize("table", chapters())
def test_a_symbol_stands_in_the_equations_that_define_it(table: str) -> None:
    render, read_formula = reader()
    for symbol in TABLES[table]:
        forms = [read_formula.written(render(tex, display=False)) for tex in symbol.match]
        for label in {*symbol.at} & equations().keys():
            formula = render(equations()[label].strip(), display=True)
            leaves = read_formula.found(formula, [{"match": forms}])
            assert any(found == 0 for _, found in leaves), (symbol.tex, label)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_says_one_thing_of_a_symbol_in_one_place(table: str) -> None:
    places = Counter(
        (tex, place)
        for symbol in TABLES[table]
        for tex in symbol.match
        for place in symbol.within or ("the whole chapter",)
    )
    assert [place for place, times in places.items() if times > 1] == []


def test_the_notation_shows_all_tables() -> None:
    page = (APPENDIX / "notation.md").read_text(encoding="utf-8")
    assert re.findall(r"^```\{symbols\} (\w+)$", page, re.MULTILINE) == [*BOOK, *chapters()]
    assert TABLES.keys() == {*BOOK, *chapters()}
    tex = r"\bar z = \tfrac12 \operatorname{relu}(W^{\mathsf T} x_\text{in}) + \mathbf{e}_y"
    assert atoms(tex) == {"\\bar", "z", "relu", "W", "\\top", "x", "\\mathbf e", "y"}
    assert len(names()) > 40


def names() -> list[str]:
    """List the names of the library in the tables, each after its module."""
    modules = {name: f"mathdl.{name}" for name in chapters()} | dict.fromkeys(BOOK, "mathdl")
    return sorted(
        {
            f"{modules[table]}: {name}"
            for table, symbols in TABLES.items()
            for symbol in symbols
            for name in symbol.library
        }
    )


@pytest.mark.parametrize("name", names())
def test_each_name_of_the_library_exists_and_is_public(name: str) -> None:
    module, _, path = name.partition(": ")
    path, _, parameter = path.removesuffix(")").partition("(")
    first, *attributes = path.split(".")
    found = importlib.import_module(module)
    if not hasattr(found, first) or inspect.ismodule(getattr(found, first)):
        found, first, *attributes = importlib.import_module(f"mathdl.{first}"), *attributes
    assert first in getattr(found, "__all__", [n for n in vars(found) if n[0] != "_"])
    found = getattr(found, first)
    for attribute in attributes:
        fields = getattr(found, "__dataclass_fields__", {}) or getattr(found, "_fields", ())
        assert hasattr(found, attribute) or attribute in fields
    assert not parameter or parameter in inspect.signature(found).parameters


# Bold type that is no definition: it stresses a word, or states a rule in a few.
STRESSED = {
    "To answer,",  # concepts: the last step of the recipe for a loss
    "adds",  # backward: what an operand does with what it is handed
    "negative",  # gradient_descent: the direction
    "rows are samples",  # forward: a convention
    "Newton",  # faq: a name in a list of advice
}


def bold_terms(chapter: str) -> set[str]:
    """
    Return the words in bold, without headings, questions and sentences.

    They end in a punctuation mark, or have more than four words. Common mistakes begin in bold
    and define nothing.
    """
    text = re.sub(r"^## Common mistakes$.*?(?=^## )", "", prose(chapter), flags=re.M | re.S)
    found = {words.replace("*", "") for words in re.findall(r"\*\*(.+?)\*\*", CODE.sub("", text))}
    return {
        words
        for words in found
        if words[-1] not in '.?!:”"'
        and len(words.split()) <= 4
        and not re.match(r"What you|You |Where to look|\d+\. ", words)
    }


def test_each_entry_of_the_glossary_is_defined_in_a_chapter_and_in_its_place() -> None:
    terms = glossary_terms((APPENDIX / "glossary.md").read_text(encoding="utf-8"))
    defined = {looked_up(term) for chapter in chapters() for term in bold_terms(chapter)}
    nowhere = set(terms.values()) - {head for term, head in terms.items() if term in defined}
    assert not nowhere, sorted(nowhere)
    heads = [head.lower().replace("-", " ") for head in dict.fromkeys(terms.values())]
    assert heads == sorted(heads)


def labels(text: str) -> list[str]:
    """List the equations that a text refers to."""
    return re.findall(r"\{eq\}`([\w-]+)`", text)


def summary(chapter: str) -> str:
    """Return the tables of a chapter's summary."""
    found = re.search(r"^## Summary$(.*?)^## ", prose(chapter), re.MULTILINE | re.DOTALL)
    assert found is not None, f"chapters/{chapter}.ipynb needs a part ## Summary, and one after it"
    return "\n".join(re.findall(r"^\|.*\|$", found[1], re.MULTILINE))


@pytest.mark.parametrize("chapter", chapters())
def test_the_sheet_has_the_formulas_of_the_summary_in_known_symbols(chapter: str) -> None:
    sheet = labels(part("formulas", chapter))
    missing = set(labels(summary(chapter))) - set(sheet)
    assert not missing, f"in the summary, but not in appendix/formulas.md: {sorted(missing)}"
    numbered = [label for _, label in DISPLAY.findall(prose(chapter)) if label]
    assert [label for label in numbered if label in sheet] == sheet  # in the chapter's order
    known = set().union(*map(explained, (*BOOK, chapter)))
    used = set().union(*(atoms(tex) for tex in MATH.findall(part("formulas", chapter))))
    assert not used - known, f"explain in appendix/symbols/{chapter}.toml: {sorted(used - known)}"
    # Letters and signs of a formula must all stand in the equation whose number it bears.
    equations = dict(reversed(pair) for pair in DISPLAY.findall(prose(chapter)) if pair[1])
    for what, formula, where in rows("formulas", chapter)[1:]:
        here = set().union(*(atoms(tex) for tex in MATH.findall(formula)))
        there = set().union(*(atoms(equations[label]) for label in labels(where)))
        assert not here - there, (what, sorted(here - there))
