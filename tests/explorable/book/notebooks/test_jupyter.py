"""A notebook in Jupyter: solutions closed, references in words, and the way back to the roles."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from pybtex.database import parse_string

from explorable.book import ROOT
from explorable.book.job import Build
from explorable.book.notebooks.jupyter import (
    FIND,
    LINK,
    ROLE,
    bibliography,
    for_jupyter,
    from_jupyter,
    in_words,
    read_references,
    repository_of_library,
)
from explorable.book.notebooks.normalise import dumps, normalise
from explorable.book.notebooks.refresh import chapter_references, read
from explorable.sphinx.site.page import read_page

SOURCES = parse_string(
    r"""
@article{one1986, author = {M{\"u}ller, Ann}, title = {A}, year = 1986, doi = {10.1/a}}
@book{two2001, author = {{van der} Berg, B and Ash, C}, title = {B}, year = 2001, url = {https://b}}
@misc{many2020, author = {Ash, C and B, D and E, F}, title = {C}, year = 2020}
@misc{none, organization = {An office}, title = {D}, year = 1999}
""",
    "bibtex",
).entries
EXERCISE = "```{exercise} By hand\n:class: wide\n:label: one-ex-hand\n\nDo it.\n```"
THEOREM = "```{prf:theorem} T\n:label: one-thm\n\nYes.\n```"
FOLD = "```{deeper-start} Why\n:label: one-why\nIn a line.\n\n```"
SOLUTION = "```{solution-start} one-ex-hand\n:class: dropdown\n```\n\nDone, by {eq}`one-b`."


def markdown(source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})


def code(source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


@pytest.fixture
def chapters() -> list[tuple[str, nbformat.NotebookNode]]:
    one = [
        markdown("# The first $x$\n\n$$ a $$ (one-a)\n\n1. A list\n\n   $$\n   b\n   $$ (one-b)"),
        code("from mathdl import forward", "hide-input"),
        code("draw()", "hide-input"),
        markdown("(one-fig-drawn)=\nA figure after {eq}`one-a`.", "caption"),
        markdown(f"(one-title)=\n## A title\n\n{THEOREM}\n\n{FOLD}"),
        markdown(f"{EXERCISE}\n\n{SOLUTION}"),
        code("assert 2 == 2"),
        markdown("All.\n\n```{solution-end}\n```\n\nAn open text."),
        code("assert 3 == 3", "remove-cell"),
        code("1 + 1"),
    ]
    two = [markdown("# The second\n\n$$\na\n$$ (two-a)\n\n(two-note)=\nA note.")]
    new = nbformat.v4.new_notebook
    return [("one", normalise(new(cells=one))), ("two", normalise(new(cells=two)))]


@pytest.mark.parametrize(
    ("role", "link"),
    [
        ("{eq}`one-b`", "[(1.2)](one.ipynb#one-b"),
        ("{eq}`two-a`", "[(2.1)](#two-a"),
        ("{numref}`one-fig-drawn`", "[Figure 1.1](one.ipynb#one-fig-drawn"),
        ("{prf:ref}`one-thm`", "[Theorem 1.1](one.ipynb#one-thm"),
        ("{ref}`one-ex-hand`", "[Exercise 1.1](one.ipynb#one-ex-hand"),
        ("{ref}`so <one-why>`", "[so](one.ipynb#one-why"),
        ("{ref}`one-title`", "[A title](one.ipynb#one-title"),
        ("{ref}`a note <two-note>`", "[a note](#two-note"),
        ("{doc}`one`", "[The first $x$](one.ipynb"),
        ("{doc}`the first <one>`", "[the first](one.ipynb"),
        ("{doc}`errata <../appendix/errata>`", "[errata](../appendix/errata.md"),
        ("{cite:t}`one1986`", "[Müller (1986)](https://doi.org/10.1/a"),
        ("{cite:p}`two2001`", "[(van der Berg and Ash, 2001)](https://b"),
        ("{cite}`many2020`", "[(Ash et al., 2020)](../references.bib"),
        ("{cite:t}`none`", "[An office (1999)](../references.bib"),
    ],
)
def test_a_role_becomes_a_link_and_the_link_the_role(chapters, role, link):
    text = f"See {role}, or [this](https://c) and `[x](y)`."
    notebook = nbformat.v4.new_notebook(cells=[markdown(text)])
    shown = for_jupyter(notebook, read_references(chapters), SOURCES, chapter="two")
    assert shown.cells[0].source == f'See {link} "{role}"), or [this](https://c) and `[x](y)`.'
    assert from_jupyter(shown).cells[0].source == text
    assert notebook.cells[0].source == text


def test_a_source_is_cited_in_the_words_of_another_language(chapters):
    words = {"{one} and {other}": "{one}和{other}", "({who}, {year})": "（{who}，{year}）"}
    notebook = nbformat.v4.new_notebook(cells=[markdown("{cite:p}`two2001`")])
    shown = for_jupyter(
        notebook, read_references(chapters), SOURCES, say=lambda said: words.get(said, said)
    )
    assert shown.cells[0].source.startswith("[（van der Berg和Ash，2001）](https://b")


def test_a_label_on_a_page_above_the_chapters_is_a_link_too(chapters, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n(try-it)=\n[Try it](#try-it).\n", encoding="utf-8")
    text = "{ref}`there <try-it>`"
    notebook = nbformat.v4.new_notebook(cells=[markdown(text)])
    shown = for_jupyter(notebook, read_references(chapters, [page]), SOURCES, chapter="two")
    assert shown.cells[0].source == f'[there](../page.md#try-it "{text}")'
    assert from_jupyter(shown).cells[0].source == text
    alone = in_words(notebook, read_references(chapters, [page]), SOURCES, "two")
    assert alone.cells[0].source == "there"


def test_a_page_alone_says_in_words_what_leads_to_other_pages(chapters):
    text = (
        "{eq}`one-b`, {eq}`two-a`, {doc}`one`, {doc}`errata <../appendix/errata>`, "
        "{cite:t}`one1986`, {cite:p}`many2020`, {eq}`none`"
    )
    notebook = nbformat.v4.new_notebook(cells=[markdown(text), code("a = '{doc}`one`'")])
    alone = in_words(notebook, read_references(chapters), SOURCES, "two")
    assert [cell.source for cell in alone.cells] == [
        "(1.2), {eq}`two-a`, The first $x$, errata, "
        "[Müller (1986)](https://doi.org/10.1/a), (Ash et al., 2020), {eq}`none`",
        "a = '{doc}`one`'",
    ]
    for unknown in ("{eq}`none`", "{cite:t}`nobody`", "{term}`one`", "{ref}`none`"):
        notebook.cells[0].source = unknown
        shown = for_jupyter(notebook, read_references(chapters), SOURCES)
        assert shown.cells[0].source == unknown


def test_solutions_and_plumbing_are_closed_and_nothing_else(chapters):
    shown = for_jupyter(chapters[0][1], read_references(chapters), SOURCES)
    closed = {
        cell.source.partition("\n")[0]: cell.metadata.jupyter
        for cell in shown.cells
        if "jupyter" in cell.metadata
    }
    source, outputs = {"source_hidden": True}, {"source_hidden": True, "outputs_hidden": True}
    assert closed == {
        "# Finds mathdl, or installs it where it is missing.": source,
        "from mathdl import forward": source,
        "draw()": source,
        "assert 2 == 2": outputs,
        "assert 3 == 3": outputs,
    }


def test_a_solution_lies_under_a_closed_heading_and_what_follows_under_another(chapters):
    cells = chapters[0][1].cells
    cells += [markdown(EXERCISE), markdown(SOLUTION), markdown("```{solution-end}\n```")]
    cells.append(markdown("(one-end)=\n## The end"))
    shown = for_jupyter(chapters[0][1], read_references(chapters), SOURCES)
    closed = "jp-MarkdownHeadingCollapsed"
    assert [
        (cell.source.partition("\n")[0], cell.metadata.get(closed, False))
        for cell in shown.cells
        if cell.source.startswith(("#", ":::", "(one-end", "An open"))
        and cell.cell_type == "markdown"
    ][1:] == [
        (":::{exercise} By hand", False),
        ("###### Solution", True),
        (":::{solution-start} one-ex-hand", False),
        ("##### Go on", False),
        ("An open text.", False),
        (":::{exercise} By hand", False),
        ("###### Solution", True),
        (":::{solution-start} one-ex-hand", False),
        (":::{solution-end}", False),
        ("(one-end)=", False),
    ]
    assert len({cell.id for cell in shown.cells}) == len(shown.cells)


def words(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_what_is_referred_to_has_its_number_which_follows_when_something_comes_before(chapters):
    moved = for_jupyter(chapters[0][1], read_references(chapters), SOURCES, chapter="one")
    text = words(moved)
    for told in (
        "$$\\begin{equation*} \\tag{1.1} a \\end{equation*}$$ (one-a)",
        "   \\begin{equation*} \\tag{1.2}\n   b\n   \\end{equation*}\n   $$ (one-b)",
        '**Figure 1.1.** A figure after [(1.1)](#one-a "{eq}`one-a`").',
        ":::{prf:theorem} T\n:enumerator: 1.1\n:label: one-thm\n\nYes.\n\n:::",
        ":::{exercise} By hand\n:enumerator: 1.1\n:class: wide\n:label: one-ex-hand\n",
        ":::{solution-start} one-ex-hand\n:class: dropdown\n:::",
        ":::{solution-end}\n:::",
    ):
        assert told in text
    # What an author adds has no number yet, and those below it have the old ones.
    new = "$$\nz\n$$ (one-z)\n\n```{exercise} New\n:label: one-ex-new\n\nDo.\n```"
    moved.cells[0].source = moved.cells[0].source.replace("\n\n", f"\n\n{new}\n\n", 1)
    fresh = from_jupyter(moved)
    again = for_jupyter(fresh, read_references([("one", fresh)]), SOURCES, chapter="one")
    text = words(again)
    assert "\\tag{1.3}\n   b\n" in text
    assert "\\tag{1.1}\nz\n" in text
    assert ":enumerator: 1.1\n:label: one-ex-new\n" in text
    assert ":enumerator: 1.2\n:class: wide\n:label: one-ex-hand\n" in text
    assert 'by [(1.3)](#one-b "{eq}`one-b`")' in text


def test_a_picture_that_moves_once_its_cell_runs_says_so():
    cells = [
        code("from mathdl.one import explorers\nexplorers.one_explorer()"),
        markdown("(one-fig-moves)=\nA ring.", "caption"),
        code("draw()"),
        markdown("(one-fig-stays)=\nA square.", "caption"),
    ]
    notebook = normalise(nbformat.v4.new_notebook(cells=[markdown("# One"), *cells]))
    shown = for_jupyter(notebook, read_references([("one", notebook)]), {}, chapter="one")
    captions = [cell.source.partition("\n")[2] for cell in shown.cells[-3::2]]
    assert captions == [
        "**Figure 1.1.** *Run the cell above, and it moves.* A ring.",
        "**Figure 1.2.** A square.",
    ]
    assert dumps(normalise(from_jupyter(shown))) == dumps(notebook)


def test_the_first_cell_finds_mathdl_if_it_is_needed_and_has_run_if_it_was_executed(chapters):
    first, second = (for_jupyter(nb, {}, SOURCES, address="git+https://a") for _, nb in chapters)
    assert next(cell.id for cell in first.cells if cell.cell_type == "code") == FIND
    assert "found += ['git+https://a']\n" in first.cells[1].source
    assert FIND not in {cell.id for cell in second.cells}  # it imports nothing
    notebook = chapters[0][1]
    for following, count in [(None, None), (1, None), (2, 1)]:
        next(c for c in notebook.cells if c.cell_type == "code").execution_count = following
        assert for_jupyter(notebook, {}, SOURCES).cells[1].execution_count == count


@pytest.fixture
def find(chapters) -> str:
    return for_jupyter(chapters[0][1], {}, SOURCES).cells[1].source


def run(code: str, folder, *options: str) -> subprocess.CompletedProcess[str]:
    """Run code where no module is found but the standard library's, and pip is replaced."""
    (folder / "pip.py").write_text("import sys\nprint('pip', *sys.argv[1:])\n")
    command = [sys.executable, *options, "-c", code]
    bare = os.environ | {"PYTHONPATH": ""}
    return subprocess.run(
        command, cwd=folder, env=bare, capture_output=True, text=True, check=False
    )


def test_the_first_cell_installs_what_lies_beside_the_notebook_or_above(find, tmp_path):
    caught = (
        f"try:\n    exec({find!r})\nexcept ImportError as e:\n    print(e._render_traceback_())"
    )
    (told,) = eval(run(caught, tmp_path, "-S").stdout)
    assert told.startswith("This notebook needs mathdl, which could not be installed: put ")
    assert "\n" not in told
    folder = tmp_path / "chapters"
    folder.mkdir()
    (folder / "anywidget.py").touch()
    for other in ("", '[project]\nname = "other"\n', '[project]\nname = "mathdl-notes"\n'):
        (tmp_path / "pyproject.toml").write_text(other)
        ran = run(find, folder, "-S")  # whose project this is, nobody knows
        assert ran.stdout == ""
        assert "which could not be installed" in ran.stderr
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert run(find, folder, "-S").stdout == f"pip install --quiet {tmp_path}\n"
    for version in ("0.1.0", "0.2.0"):
        (folder / f"mathdl-{version}-py3-none-any.whl").touch()
    installed = run(find, folder, "-S").stdout
    assert installed == "pip install --quiet mathdl-0.2.0-py3-none-any.whl\n"
    (folder / "anywidget.py").unlink()  # which pip brings then, but Jupyter has not loaded
    assert "restart Jupyter and then reload the page" in run(find, folder, "-S").stdout
    (folder / "mathdl.py").touch()
    ran = run(find, folder, "-S")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_repository_is_what_pyproject_says(tmp_path):
    assert repository_of_library(tmp_path) == ""
    for text, address in (
        ("[project]\nname = 'a'\n", ""),
        ("[project]\n[project.urls]\nRepository = 'https://host/a'\n", "git+https://host/a"),
    ):
        (tmp_path / "pyproject.toml").write_text(text)
        assert repository_of_library(tmp_path) == address


PATHS = [path for path in Build().documents if path.suffix == ".ipynb"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_reference_of_a_chapter_is_known_and_it_comes_back_as_it_was(path):
    book = read(path)
    shown = for_jupyter(book, chapter_references(ROOT), bibliography(), chapter=path.stem)
    assert ROLE.findall(LINK.sub("", words(shown))) == []
    assert from_jupyter(shown) == book


NUMBERED = re.compile(
    r"\\tag\{(?P<equation>[\d.]+)\}(?:(?!\$\$)[\s\S])*\$\$ \((?P<of_equation>[\w-]+)\)$"
    r"|:enumerator: (?P<block>[\d.]+)\n(?::class.*\n)?:label: (?P<of_block>[\w-]+)$"
    r"|^\((?P<of_figure>[\w-]+)\)=\n\*\*Figure (?P<figure>[\d.]+)\.\*\* ",
    re.MULTILINE,
)


def test_numbers_on_disk_are_those_of_the_pages(site):
    """Each formula, exercise, theorem and figure that a page numbers, and none besides."""
    kinds = {"equation", "exercise", "theorem", "figure"}
    for path in PATHS:
        page = read_page((site / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8"))
        in_page = {
            (part.anchor.removeprefix("equation-"), re.search(r" (\d+\.\d+)", part.title)[1])
            for part in page.parts
            if part.kind in kinds
        }
        assert {part.kind for part in page.parts} >= kinds
        on_disk = set()
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for match in NUMBERED.finditer(cell.source):
                    number, label = filter(None, match.groups())
                    on_disk.add((label, number) if label[0].isalpha() else (number, label))
        assert on_disk == in_page
