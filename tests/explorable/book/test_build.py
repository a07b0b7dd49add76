"""The steps of a build: what is done again, what is kept, what is laid out for Sphinx."""

import asyncio
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from explorable.book import ROOT
from explorable.book.build import (
    EXECUTOR,
    Build,
    _execute_stale,
    _refuse_foreign,
)
from explorable.book.notebooks.dependencies import notebook_key
from explorable.book.notebooks.kept import with_outputs
from explorable.book.notebooks.normalise import dumps
from explorable.book.notebooks.refresh import read
from explorable.book.problem import BookError
from tests.explorable.book.here import build_here, execute_here, in_a_thread, refused_here
from tests.explorable.book.small import CONFIG, GOOD, Book


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def job_of(book: Book, **options: object) -> Build:
    return Build(source=book.source, work=book.work, output=book.output, **options)


def test_a_build_writes_the_site_once_and_again_when_a_page_changed(book, capsys):
    assert build_here(book)
    told = capsys.readouterr().out.splitlines()
    notebook = f"  {book.source / 'notebook.ipynb'}"
    assert told[:2] == ["Executing 1 of 1 notebooks, 2 at a time:", f"{notebook} …"]
    assert told[2].startswith(f"{notebook}: 0.")
    assert told[3] == "Writing 2 pages …"
    assert told[4].startswith("The book is built (")
    assert told[4].endswith(f" s): {book.output / 'index.html'}")
    written = (book.output / "index.html").stat().st_mtime_ns
    assert not build_here(book)
    assert capsys.readouterr().out == f"The book is up to date: {book.output / 'index.html'}\n"
    assert (book.output / "index.html").stat().st_mtime_ns == written
    assert {path.name for path in book.output.parent.iterdir()} == {
        "site", "site-work", "source"
    }  # fmt: skip
    formulas = json.loads((book.work / "formulas.json").read_text(encoding="utf-8"))
    assert set(formulas["formulas"]) == {"Ix^2", "Dy = x^2"}
    formulas["formulas"]["Ix^2"] = "<i>kept</i>"
    (book.work / "formulas.json").write_text(json.dumps(formulas), encoding="utf-8")
    book.page(GOOD + "\nMore text, and $y$.\n")
    assert build_here(book)
    page = (book.output / "index.html").read_text(encoding="utf-8")
    assert "More text" in page
    assert ">kept</i>" in page  # what is known is not rendered again
    assert capsys.readouterr().out.startswith("Writing 2 pages …\n")  # and nothing is executed
    book.page(GOOD + "\n$$ x $$ (page-square)\n")
    assert "page-square" in refused_here(book)
    assert "More text" in (book.output / "index.html").read_text(encoding="utf-8")


def test_a_site_has_pictures_and_the_notebooks_of_the_source_and_names_no_address(book):
    from PIL import Image

    Image.new("RGB", (1, 1)).save(book.source / "dot.png")
    book.page(GOOD + "\n![A dot](dot.png)\n")
    assert build_here(book)
    assert (book.output / "_images" / "dot.png").read_bytes() == (
        book.source / "dot.png"
    ).read_bytes()
    offered, source = (
        [cell.source.strip() for cell in nbformat.read(folder / "notebook.ipynb", 4).cells]
        for folder in (book.output, book.source)
    )
    assert offered == source
    page = (book.output / "notebook.html").read_text(encoding="utf-8")
    assert "canonical" not in page
    assert "og:" not in page
    assert 'name="description"' not in page  # no paragraph is long enough
    assert not (book.output / "sitemap.xml").exists()
    assert not any("@" in text for text in page.split() if text.startswith(("sha256", "?v=")))
    assert 'href="/"' in (book.output / "404.html").read_text(encoding="utf-8")


def test_a_preview_has_one_page_whose_links_to_others_are_words(book, capsys):
    assert build_here(book, only="notebook.ipynb")
    names = {path.name for path in book.output.glob("*.html")}
    assert names == {"404.html", "genindex.html", "index.html", "notebook.html", "search.html"}
    assert not build_here(book, only="notebook.ipynb")
    book.notebook("1 + 1", text="# Other\n\n$$ a $$ (other-a)\n", name="other")
    told = "# A notebook\n\nBy {eq}`other-a` and {doc}`other`.\n"
    book.notebook("1 + 1", text=told)
    assert build_here(book, only="notebook")
    assert "By (2.1) and Other." in (book.output / "notebook.html").read_text(encoding="utf-8")
    book.notebook("1 + 1", text="# A notebook\n\nBy {eq}`other-b`.\n")
    with pytest.raises(BookError, match="other-b"):
        build_here(book, only="notebook")
    book.mend()
    (book.source / "chapters").mkdir()
    (book.source / "notebook.ipynb").rename(book.source / "chapters" / "notebook.ipynb")
    (book.source / "_toc.yml").write_text("{root: page, chapters: [{file: chapters/notebook}]}")
    assert build_here(book, only="chapters/notebook")
    page = book.output / "chapters" / "notebook.html"
    assert capsys.readouterr().out.splitlines()[-1].endswith(f": {page}")
    assert "a notebook" not in (book.output / "index.html").read_text(encoding="utf-8").lower()


def toc_of(book: Book, text: str) -> dict[str, object]:
    (book.source / "_toc.yml").write_text(text, encoding="utf-8")
    return job_of(book).toc


def test_a_table_of_contents_that_is_none_or_leaves_a_chapter_out_is_refused(book):
    faults = dict.fromkeys(
        ["", "page", "- file: page"], " is no table of contents: it lacks a root$"
    )
    for text, fault in (faults | {"root: [": ": while parsing a flow node\n"}).items():
        with pytest.raises(BookError, match=f"/_toc.yml{fault}"):
            toc_of(book, text)
    (book.source / "_toc.yml").unlink()
    with pytest.raises(BookError, match=r"/_toc.yml: .*No such file"):
        _ = job_of(book).toc
    book.mend()
    (book.source / "chapters").mkdir()
    shutil.copy(book.source / "notebook.ipynb", book.source / "chapters" / "lost.ipynb")
    with pytest.raises(BookError, match=r"chapters/lost.ipynb is not in _toc.yml, so no page"):
        build_here(book)


def test_pages_are_files_as_they_are_named_or_notebooks_or_markdown(book):
    (book.source / "notebook.md").touch()
    (book.source / "_toc.yml").write_text(
        "root: page\nchapters: [{file: notebook}, {file: notebook.md}, {file: page.md}]"
    )
    names = [path.name for path in job_of(book).documents]
    assert names == ["page.md", "notebook.ipynb", "notebook.md", "page.md"]
    (book.source / "_toc.yml").write_text(
        "{root: page, parts: [{caption: A, chapters: [{file: notebook, sections: [{file: page}]}, "
        "{url: 'https://x'}]}], subtrees: [{entries: [{file: notebook}]}]}"
    )
    assert [path.stem for path in job_of(book).documents] == ["page", "notebook"] * 2
    (book.source / "_toc.yml").write_text("root: page\nchapters: [{file: chapters/none}]")
    with pytest.raises(BookError) as told:
        _ = job_of(book).documents
    assert str(told.value) == (
        "_toc.yml lists chapters/none, but there is no chapters/none.ipynb and no chapters/none.md"
    )
    for only in ("chapters/a", "chapters/a.ipynb", "./chapters/a.md"):
        assert Build(only=only).toc == {"format": "jb-book", "root": "chapters/a"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: [", "_config.yml: while parsing a flow node"),
        ("title: 3", "_config.yml: - 3 is not of type 'string' [key path: 'title']"),
        (CONFIG.replace("html_theme: book", "html_theme: none"), "no theme named 'none' found"),
        (None, "_config.yml: [Errno 2]"),
    ],
)
def test_a_faulty_configuration_is_told(book, text, words):
    (book.source / "_config.yml").unlink()
    if text is not None:
        (book.source / "_config.yml").write_text(text, encoding="utf-8")
    assert words in refused_here(book, only="page")


@pytest.fixture
def runs(monkeypatch):
    """Return the list of the notebooks that have been run, run in this process."""
    done: list[str] = []

    async def run(notebook, path, *, environment):
        done.append(path.name)
        await execute_here(notebook, path, environment=environment)

    monkeypatch.setattr("explorable.book.build.execute", run)
    return done


def executed(book: Book, keys: dict[str, str], **options: object) -> dict[str, Path]:
    notebooks = {book.source / f"{name}.ipynb": key for name, key in keys.items()}
    found = in_a_thread(_execute_stale, job_of(book, **options), notebooks)
    return {path.stem: folder for path, folder in found.items()}


def test_only_notebooks_without_kept_outputs_run_the_largest_first(book, runs, capsys):
    book.notebook("'" + "x" * 99 + "'", name="large")
    keys = {"notebook": "b" * 30, "large": "c" * 30}
    first = executed(book, keys, jobs=1)
    assert runs == ["large.ipynb", "notebook.ipynb"]
    for folder in first.values():
        (folder / "outdated").unlink()  # for these keys are not those of their files
    (first["large"] / "outdated").touch()
    capsys.readouterr()
    assert executed(book, keys) == first
    assert runs[2:] == ["large.ipynb"]
    assert capsys.readouterr().out.startswith("Executing 1 of 2 notebooks, 2 at a time:\n")


def test_outputs_are_normalised_and_pictures_left_out_where_there_is_html(book, runs):
    picture = "class Both:\n    def __repr__(self):\n        return 'both'\n"
    picture += "    def _repr_html_(self):\n        return '<b>x</b>'\n"
    picture += "    def _repr_png_(self):\n        return b'png'\n"
    told = "import os\nprint(os.environ['EXPLORABLE_BOOK'].count('.running-'))"
    other = picture.replace("_repr_html_", "html")
    book.notebook(told, f"{picture}Both()", f"{other}Both()")
    folder = executed(book, {"notebook": "k"})["notebook"]
    cells = nbformat.read(folder / "notebook.ipynb", as_version=4).cells[1:]
    assert cells[0].outputs[0].text == "1\n"
    assert [set(cell.outputs[0].data) for cell in cells[1:]] == [
        {"text/html", "text/plain"}, {"image/png", "text/plain"}
    ]  # fmt: skip
    assert "EXPLORABLE_BOOK" not in os.environ


def test_a_notebook_that_changes_while_it_runs_is_run_again(book, monkeypatch):
    path, runs = book.source / "notebook.ipynb", []

    async def run(notebook, path, *, environment):
        runs.append(path)
        if len(runs) == 1:
            book.notebook("2 + 2")

    monkeypatch.setattr("explorable.book.build.execute", run)
    key = notebook_key(read(path), ROOT, EXECUTOR)
    book.notebook("1 + 1")  # with other ids, but for its outputs the same
    first = executed(book, {"notebook": key})
    book.notebook("1 + 1")
    assert executed(book, {"notebook": key}) == first
    assert executed(book, {"notebook": key}) == first
    assert len(runs) == 2


def test_what_is_wrong_with_several_notebooks_is_told_at_once_a_mistake_of_ours_not(
    book, monkeypatch
):
    book.notebook("print('<a at 0x7f0123456789>')")
    assert "notebook.ipynb, cell 2: prints a memory address" in refused_here(book)

    async def run(notebook, path, *, environment):
        Path(environment["EXPLORABLE_BOOK"], "states").touch()
        if path.stem != "good":
            raise fault(f"{path.stem} fails")

    fault = BookError
    monkeypatch.setattr("explorable.book.build.execute", run)
    book.notebook("1", name="good")
    book.notebook("1", name="other")
    with pytest.raises(
        BookError, match=r"^(notebook fails\n\nother|other fails\n\nnotebook) fails$"
    ):
        executed(book, {"notebook": "a", "good": "b", "other": "c"})
    assert [path.name for path in (book.work / "executed").iterdir()] == ["good-b"]
    assert (book.work / "executed" / "good-b" / "states").exists()
    fault = LookupError
    with pytest.raises(LookupError, match="notebook"):
        executed(book, {"notebook": "a"})


def test_notebooks_run_side_by_side_but_no_more_than_asked_for(book, monkeypatch):
    now, most = [], []

    async def run(notebook, path, *, environment):
        now.append(path)
        most.append(len(now))
        await asyncio.sleep(0.01)
        now.pop()

    monkeypatch.setattr("explorable.book.build.execute", run)
    names = "abcd"
    for name in names:
        book.notebook("1", name=name)
    for jobs in (1, 3):
        executed(book, dict.fromkeys(names, str(jobs)), jobs=jobs)
        assert max(most) == jobs


def test_prose_that_has_changed_needs_no_run_and_code_that_has_is_refused(book, tmp_path):
    path = book.source / "notebook.ipynb"
    book.notebook("1 + 1")
    shutil.copy(path, tmp_path)
    changed = read(path)
    changed.cells[0].source = "# Other words"
    path.write_text(dumps(changed))
    assert with_outputs(path, tmp_path).cells[0].source == "# Other words"
    book.notebook("1 + 2")
    with pytest.raises(BookError, match="was changed while the book was built: build it again"):
        with_outputs(path, tmp_path)


def test_a_folder_of_something_else_and_a_file_are_refused(book):
    _refuse_foreign(book.output)
    book.output.mkdir()
    _refuse_foreign(book.output)  # an empty one serves
    (book.output / "letter.txt").touch()
    assert refused_here(book) == (
        f"{book.output} is not empty and holds no built book; "
        "choose another --output, or empty that folder"
    )
    assert [path.name for path in book.output.iterdir()] == ["letter.txt"]
    (book.output / ".book").touch()
    _refuse_foreign(book.output)
    shutil.rmtree(book.output)
    book.output.write_text("mine")
    with pytest.raises(BookError, match=r"site is a file; choose another --output"):
        build_here(book)
    assert book.output.read_text() == "mine"
