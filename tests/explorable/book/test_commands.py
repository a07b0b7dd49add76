"""The commands: which folders, notebooks and checks they take, and what they say."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import nbformat
import pytest

import explorable.__main__
import explorable.book.notebooks.refresh
import explorable.book.problem
from explorable.book import FOLDER, ROOT
from explorable.book.job import Build
from explorable.book.notebooks.normalise import dumps, normalise
from explorable.book.print.pdf import file_name
from explorable.book.problem import BookError, place
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED as CHINESE
from tests.explorable.book.notebooks.test_normal_form import picture

BUILT = FOLDER / "_build"


@pytest.fixture
def jobs(monkeypatch):
    """Return the list to which each build that is asked for is added."""
    asked = []
    monkeypatch.setattr(explorable.__main__, "build", asked.append)
    monkeypatch.delenv("BOOK_ADDRESS", raising=False)
    return asked


def job(jobs, *words):
    assert explorable.__main__.main(["build", *words]) == 0
    return jobs.pop()


def test_the_book_is_built_where_it_is_asked_for(jobs, tmp_path, monkeypatch):
    assert job(jobs) == Build(
        source=ROOT, work=BUILT / "work", output=BUILT / "html", only=None, url="", jobs=2
    )
    made = job(jobs, "--only", "chapters/forward")
    assert made.only == "chapters/forward"
    assert (made.output, made.work) == (BUILT / "preview", BUILT / "work")
    made = job(jobs, "--source", str(tmp_path), "--jobs", "3")
    assert (made.source, made.jobs) == (tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    for only in ([], ["--only", "chapters/forward"]):
        made = job(jobs, "--output", "a/site", *only)
        assert made.output == tmp_path / "a" / "site"
        assert made.work == tmp_path / "a" / "site-work"
    made = job(jobs, "--output", "site", "--work", "../work")
    assert (made.output, made.work) == (tmp_path / "site", tmp_path.parent / "work")
    made = job(jobs, "--work", "work")
    assert (made.output, made.work) == (BUILT / "html", tmp_path / "work")


@pytest.mark.parametrize("end", ["", "/", "//"])
def test_an_address_ends_with_a_slash(jobs, monkeypatch, end):
    assert job(jobs, "--url", f"https://example.org/X{end}").url == "https://example.org/X/"
    monkeypatch.setenv("BOOK_ADDRESS", f"https://example.org/Y{end}")
    assert job(jobs).url == "https://example.org/Y/"
    assert job(jobs, "--url", "https://b").url == "https://b/"


@pytest.mark.parametrize(
    ("words", "made", "site", "file", "pages"),
    [
        ("pdf", "pdf.print_book", BUILT / "html", BUILT / file_name(ENGLISH), None),
        ("pdf --language zh", "pdf.print_book", BUILT / "html", BUILT / file_name(CHINESE), None),
        ("pdf --output site", "pdf.print_book", Path("site"), Path(file_name(ENGLISH)), None),
        ("pdf --file a.pdf", "pdf.print_book", BUILT / "html", Path("a.pdf"), None),
        ("pdf --chapter zh/forward", "pdf.print_book", BUILT / "html",
         BUILT / file_name(CHINESE, part="forward"), ["zh/chapters/forward.html"]),
        ("epub --language zh", "epub.write_epub", BUILT / "html",
         BUILT / file_name(CHINESE, "epub"), None),
    ],
)  # fmt: skip
def test_book_chapter_and_epub_are_written_beside_the_site(
    tmp_path, monkeypatch, words, made, site, file, pages
):
    asked = []
    note = lambda *given, names: asked.append((*given, names))  # noqa: E731
    monkeypatch.setattr(f"explorable.book.print.{made}", note)
    monkeypatch.chdir(tmp_path)
    assert explorable.__main__.main(words.split()) == 0
    edition = CHINESE if "zh" in words else ENGLISH
    assert asked == [(tmp_path / site, tmp_path / file, edition, pages)]


def test_a_preview_is_served_at_a_port_of_its_own(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr("explorable.book.preview.preview", lambda *given: asked.append(given))
    monkeypatch.chdir(tmp_path)
    output = BUILT / "preview"
    for words, made, port in [
        ([], Build(output=output), 8765),
        (["a/b", "--port", "1"], Build(only="a/b", output=output), 1),
        (["zh/a"], Build(only="a", language="zh", output=output), 8765),
        (
            ["--source", "s", "--work", "w", "--output", "o"],
            Build(tmp_path / "s", tmp_path / "w", tmp_path / "o"),
            8765,
        ),
    ]:
        assert explorable.__main__.main(["preview", *words]) == 0
        assert asked.pop() == (made, port)


@pytest.mark.parametrize("command", ["build", "pdf"])
def test_what_stops_a_command_is_told_in_a_sentence(monkeypatch, capsys, command):
    stop = Mock()
    monkeypatch.setattr(explorable.__main__, "build", stop)
    monkeypatch.setattr("explorable.book.print.pdf.print_book", stop)
    for fault, status, told in [
        (BookError("page.md: is empty"), 1, "\npage.md: is empty\n"),
        (KeyboardInterrupt(), 130, "\nInterrupted; what was built before stands.\n"),
    ]:
        stop.side_effect = fault
        assert explorable.__main__.main([command]) == status
        assert capsys.readouterr() == ("", told)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Return a folder with a stand-in for the kernel, which shows the first line of a cell."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_toc.yml").touch()
    for module in (explorable.book.notebooks.refresh, explorable.book.problem):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    running = []

    async def execute(notebook, path):
        running.append(path)
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type == "code":
                if "stop" in cell.source:
                    raise BookError(f"{place(path)}, cell {number}: stopped")
                shown = cell.source.partition("\n")[0] + "\n"
                cell.outputs = [nbformat.v4.new_output("stream", text=shown)]
                cell.execution_count = number

    monkeypatch.setattr(explorable.book.notebooks.refresh, "execute", execute)
    return SimpleNamespace(folder=tmp_path / "chapters", ran=running)


def write(shelf, *sources, name="a"):
    """Write a notebook as an editor leaves it: not run, not in normal form."""
    path = shelf.folder / f"{name}.ipynb"
    cells = [nbformat.v4.new_markdown_cell("# A title"), *map(nbformat.v4.new_code_cell, sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"editor": "mine"}), path)
    return path


def refresh(*words):
    # A thread has no event loop, even while a browser of another test has one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(
            explorable.book.notebooks.refresh.main, list(map(str, words))
        ).result()


def test_a_notebook_is_executed_and_written_once_or_normalised_alone(shelf, capsys):
    path = write(shelf, "1 + 1")
    assert refresh(path) == 0
    told = r"chapters/a\.ipynb: executing\nchapters/a\.ipynb: written \(0\.\d s\)\n"
    assert re.fullmatch(told, capsys.readouterr().out)
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    assert notebook.cells[1].outputs[0].text == "1 + 1\n"
    assert text == dumps(normalise(notebook))
    before = path.stat().st_mtime_ns
    assert refresh(path) == 0
    assert re.search(r"chapters/a\.ipynb: unchanged \(0\.\d s\)\n$", capsys.readouterr().out)
    assert path.stat().st_mtime_ns == before
    assert list(shelf.folder.iterdir()) == [path]
    write(shelf, "1")
    shelf.ran.clear()
    assert refresh(path, "--no-execute") == 0
    assert shelf.ran == []
    notebook = nbformat.read(path, as_version=4)
    assert "editor" not in notebook.metadata
    assert notebook.cells[1].outputs == []


def commit(folder):
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "A notebook"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def test_what_jupyter_drew_again_is_as_git_has_it_unless_that_is_broken(shelf):
    path = write(shelf, "1")
    for red in (100, 101, 120):
        notebook = nbformat.read(path, as_version=4)
        data = {"image/png": picture(red)}
        notebook.cells[1].outputs = [nbformat.v4.new_output("display_data", data)]
        nbformat.write(notebook, path)
        assert refresh(path, "--no-execute") == 0
        text = path.read_text("utf-8")
        if red == 100:
            commit(shelf.folder.parent)
            kept = text
        assert (text == kept) == (red < 120)
    path.write_text(f"<<<<<<< HEAD{text}", "utf-8")
    commit(shelf.folder.parent)
    path.write_text(text, "utf-8")
    assert refresh(path, "--no-execute") == 0


def test_all_chapters_are_refreshed_unless_some_are_named(shelf):
    paths = [write(shelf, "1", name=name) for name in ("b", "a")]
    (shelf.folder / "note.txt").touch()
    assert refresh("--jobs", "1") == 0
    assert shelf.ran == sorted(paths)
    shelf.ran.clear()
    assert refresh(paths[0]) == 0
    assert shelf.ran == paths[:1]


def test_every_problem_is_told(shelf, capsys):
    write(shelf, "1", "stop", name="a")
    (shelf.folder / "b.ipynb").write_text("no JSON")
    good = write(shelf, "1", name="c")
    write(shelf, "at 0x7f0123456789", name="d")
    missing = shelf.folder / "e.ipynb"
    numbers = write(shelf, "1", name="f")
    numbers.write_text(numbers.read_text().replace("A title", "It is 0.731."))
    assert refresh(*sorted([*shelf.folder.iterdir(), missing])) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[:2] == [
        "chapters/a.ipynb, cell 3: stopped",
        "chapters/b.ipynb: is not a notebook (no JSON)",
    ]
    assert told[2].startswith("chapters/d.ipynb, cell 2: prints a memory address")
    assert told[3] == "chapters/e.ipynb: there is no such notebook"
    assert told[4].startswith("chapters/f.ipynb, cell 1, line 1: no cell computes 0.731")
    assert len(told) == 5
    assert nbformat.read(good, as_version=4).cells[1].outputs  # the others are not held up


def test_what_refers_to_nothing_is_told_before_the_notebook_runs(shelf, capsys):
    path = write(shelf, "1")
    whole = nbformat.read(path, as_version=4)
    prose = "$$ a $$ (nets-sum)\n\n{eq}`nets-sum`, {eq}`nets-sun`, "
    cited = "{cite:p}`nobody2030, prince2023understanding`"
    whole.cells.append(nbformat.v4.new_markdown_cell(prose + cited))
    nbformat.write(whole, path)
    assert refresh(path) == 1
    assert capsys.readouterr().err.splitlines() == [
        "chapters/a.ipynb, cell 3: {eq}`nets-sun`: no chapter labels nets-sun; "
        "did you mean nets-sum?",
        "chapters/a.ipynb, cell 3: {cite:p}`nobody2030, prince2023understanding`: "
        "references.bib has no nobody2030",
    ]
    assert not shelf.ran
    assert refresh(write(shelf, "2 + 2", 'judge("soft", f)')) == 1
    assert capsys.readouterr().err.startswith("chapters/a.ipynb, cell 3: mathdl.judge.TUTOR finds")
    assert not shelf.ran


def test_files_are_named_as_an_author_names_them(tmp_path):
    assert place(ROOT / "chapters" / "forward.ipynb") == "chapters/forward.ipynb"
    assert place(str(ROOT / "intro.md")) == "intro.md"
    assert place(tmp_path / "a.md") == str(tmp_path / "a.md")
