"""Sheets, plans and figures are made of the built pages, and have what these have."""

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

from explorable.book import ROOT
from explorable.book.course import figures
from explorable.book.course import sheets as sheets_module
from explorable.book.course.figures import write_figures
from explorable.book.course.make import main, write_plans
from explorable.book.course.sheets import chapters_of, copy_assets, write_sheets
from explorable.book.print.pdf import require_font
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED
from explorable.sphinx.site.write import MARK
from tests.explorable.book.course.hand_ins import stubs

SCREEN = re.compile(r"Press Run|按“运行”|nothing written yet|judge\(|\.\.\.  # return|<button|§")
FIGURE = re.compile(r'<figure[^>]* id="([^"]+-fig-[^"]+)"')
KB = 1000
EDITIONS = (ENGLISH, TRANSLATED)


@pytest.fixture(scope="module", params=["forward", pytest.param("*", marks=pytest.mark.proof)])
def chapters(request):
    """Let a course be made of one chapter; the proof makes it of all."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (figures, sheets_module):
            patch.setattr(
                module,
                "chapters_of",
                lambda *of: [
                    name for name in chapters_of(*of) if Path(name).match(f"{request.param}.html")
                ],
            )
        yield sorted((ROOT / "chapters").glob(f"{request.param}.ipynb"))


@pytest.fixture(scope="module")
def sheets(browser, site, chapters, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    copy_assets(site, folder)
    for edition in EDITIONS:
        write_sheets(site, folder, browser, edition)
    return folder


def text(path):
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return unicodedata.normalize("NFKC", words)  # which Chromium writes with signs of radicals


@pytest.mark.browser
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: each.code)
def test_each_exercise_stands_on_a_sheet_with_its_function_and_without_leftovers(
    sheets, chapters, edition
):
    folder = sheets / edition.folder / "sheets"
    for name in chapters:
        notebook = nbformat.read(name, as_version=4)
        asked = re.findall(r":label: (\S+-ex-\S+)", "\n".join(c.source for c in notebook.cells))
        problems, solutions = (
            (folder / f"{name.stem}-{kind}.html").read_text("utf-8")
            for kind in ("problems", "solutions")
        )
        for sheet in (problems, solutions):
            assert sheet.count('class="exercise') == len(asked) > 5
            assert not SCREEN.search(sheet)
            assert "\n\n\n" not in sheet
        assert problems.count("<hr>") >= 4 * len(asked)
        assert 'class="solved"' not in problems
        assert solutions.count('class="solved"') == len(asked)
        assert "<hr>" not in solutions
        exercises = json.loads(name.read_text("utf-8"))["cells"]
        tagged = lambda cell: "your-turn" in cell["metadata"].get("tags", [])  # noqa: E731
        written = {"cells": [cell for cell in exercises if not tagged(cell)]}
        for _, _, function in stubs(written):
            assert f"def</span> {function}(" in problems


@pytest.mark.browser
def test_a_sheet_is_small_and_its_paper_says_whose_it_is(sheets):
    for path in sheets.rglob("sheets/*"):
        assert path.stat().st_size < 300 * KB
    words = text(sheets / "sheets" / "forward-problems.pdf")
    assert "Exercises: 3. Forward: from numbers in to a prediction out" in words
    assert "From “The Mathematics of Deep Learning”, version" in words


@pytest.mark.browser
def test_what_is_printed_in_chinese_is_chinese(browser, site, sheets, tmp_path):
    try:
        require_font(browser.new_page(), TRANSLATED)
    except BookError as error:
        pytest.skip(str(error))
    printed = text(sheets / "zh" / "sheets" / "forward-problems.pdf")
    assert "姓名" in printed.replace(" ", "")  # which pypdf guesses from widths
    write_plans(site, tmp_path, browser, TRANSLATED)
    assert "14 周" in text(tmp_path / "zh" / "teaching.pdf")


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "https://b.org/plans.html"])
def test_a_plan_leads_to_the_site_and_to_no_folder_of_a_machine(browser, tmp_path, address):
    head = f'<link rel="canonical" href="{address}">' if address else ""
    nav = '<nav class="contents"><a href="plans.html">Plans</a></nav>'
    for name in ("index.html", "plans.html"):
        plan = '<p class="plan">Week 1: <a href="a.html#b">read</a>'
        (tmp_path / name).write_text(f"{head}{nav}{plan}", "utf-8")
    (tmp_path / MARK).touch()
    write_plans(tmp_path, tmp_path, browser, ENGLISH)
    (paper,) = PdfReader(tmp_path / "plans.pdf").pages
    assert "Week 1: read" in paper.extract_text()
    led = {note.get_object()["/A"]["/URI"] for note in paper.get("/Annots", [])}
    assert led == ({"https://b.org/a.html#b", address} if address else set())


@pytest.mark.browser
def test_exercises_are_chosen_by_their_labels(browser, site, tmp_path):
    copy_assets(site, tmp_path)
    chosen = ["forward-ex-keep", "forward-ex-std"]
    files = write_sheets(site, tmp_path, browser, ENGLISH, chosen)
    assert [path.name for path in files] == ["forward-problems.pdf", "forward-solutions.pdf"]
    assert re.findall(r"Exercise ([\d.]+) \(", text(files[0])) == ["3.2", "3.4"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["forward-ex-none"], "No exercise has the label forward-ex-none"),
        ([], "is there and holds no course; choose another --output"),
    ],
)
def test_nothing_of_the_readers_is_written_over(site, tmp_path, capsys, arguments, said):
    own = tmp_path / "own.txt"
    own.write_text("mine", "utf-8")
    assert main([*arguments, "--site", str(site), "--output", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err
    assert own.read_text("utf-8") == "mine"


@pytest.mark.browser
def test_a_plan_shares_out_every_exercise_and_every_function(site):
    page = (site / "appendix" / "teaching.html").read_text("utf-8")
    term, month = re.findall(r'<p class="plan">.*?</table>', page, re.DOTALL)
    drills = (site / "practice.html").read_text("utf-8").count('<section class="drill"')
    assert (term.count("<tr "), month.count("<tr ")) == (15, 5)
    for plan in (term, month):
        functions = re.findall(r"#task-(\w+)", plan)
        notebooks = [json.loads(p.read_text("utf-8")) for p in ROOT.glob("chapters/*.ipynb")]
        assert sorted(functions) == sorted(
            task for each in notebooks for _, task, _ in stubs(each)
        )
        assert len(re.findall(r"laboratory.html#", plan)) == 10
        assert len(re.findall(r"#drill-", plan)) == drills
        minutes = [int(each) for each in re.findall(r"\((\d+) min\)", plan)]
        assert 300 < sum(minutes) < 600


@pytest.mark.browser
def test_each_figure_is_saved_with_its_caption_and_licence(browser, site, chapters, tmp_path):
    write_figures(site, tmp_path, browser, ENGLISH)
    shown = [
        name
        for chapter in chapters
        for name in FIGURE.findall((site / "chapters" / f"{chapter.stem}.html").read_text("utf-8"))
    ]
    assert len(shown) > 10 * len(chapters)
    saved = {path.stem: path for path in (tmp_path / "figures").glob("*.svg")}
    assert sorted(saved) == sorted(shown)
    for name, path in saved.items():
        words = "".join(ET.parse(path).getroot().itertext())
        assert "CC BY 4.0" in words
        assert "Figure " in words, name
    paper = PdfReader(tmp_path / "figures" / "forward-fig-layer.pdf")
    assert len(paper.pages) == 1
    assert "CC BY 4.0" in paper.pages[0].extract_text()
