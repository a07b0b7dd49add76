"""A release is a tag: what its workflow may do, and what must fit."""

import re
import zipfile

import pytest
import yaml

import explorable
from explorable.book import ROOT
from explorable.book.print.pdf import file_name
from explorable.book.problem import BookError
from explorable.languages.editions import ENGLISH
from explorable.languages.known import TRANSLATED
from tools.release import gather, notes

WORKFLOWS = {path.stem: path.read_text("utf-8") for path in ROOT.glob(".github/workflows/*.yml")}
CHANGELOG = (
    "# Changelog\n\n## 1.2.0 - 2026-03-04\n\n### Added\n\n- A.\n\n## 1.1.0 - 2026-01-01\n\n- B.\n"
)
CITATION = "version: 1.2.0\ndate-released: 2026-03-04\n"


def test_the_notes_are_the_section_of_the_version():
    assert notes("v1.2.0", "1.2.0", CHANGELOG, CITATION) == "### Added\n\n- A."
    older = CITATION.replace("1.2.0", "1.1.0").replace("03-04", "01-01")
    assert notes("v1.1.0", "1.1.0", CHANGELOG, older) == "- B."


@pytest.mark.parametrize(
    ("tag", "version", "citation", "told"),
    [
        ("v1.3.0", "1.2.0", CITATION, "is v1.3.0, but mathdl.__version__ is 1.2.0: .* be v1.2.0"),
        ("1.2.0", "1.2.0", CITATION, "The tag is 1.2.0"),
        ("v1.3.0", "1.3.0", CITATION, 'has no section "## 1.3.0 - <date>"'),
        ("v1.2.0", "1.2.0", CITATION.replace("04", "05"), "1.2.0 of 2026-03-05, .* 2026-03-04"),
        ("v1.2.0", "1.2.0", CITATION.replace("1.2.0", "1.1.0"), "CITATION.cff says version 1.1.0"),
    ],
)
def test_what_does_not_fit_is_told(tag, version, citation, told):
    with pytest.raises(BookError, match=told):
        notes(tag, version, CHANGELOG, citation)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_others_wrote_is_named_by_its_hash_and_what_may_write_runs_nothing_of_ours(name):
    used = re.findall(r"uses: (.+)", WORKFLOWS[name])
    assert used
    for action in used:
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    workflow = yaml.safe_load(WORKFLOWS[name])
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        may = job.get("permissions", {})
        if "write" in may.values():
            told = yaml.safe_dump(job["steps"])
            assert not re.search(r"checkout|make |python|bash|\.ci", told)


def test_a_release_is_a_tag_that_was_tested_and_has_all_that_is_promised():
    workflow = yaml.safe_load(WORKFLOWS["release"])
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML reads "on" as a truth
    build, publish = workflow["jobs"].values()
    assert publish["needs"] == "build"
    runs = [step.get("run", "") for step in build["steps"]]
    order = ("tools.release", "bash .ci/run", "make release", "cp ")
    places = [next(n for n, run in enumerate(runs) if word in run) for word in order]
    assert places == sorted(places)
    assert runs[places[-1]] == "cp _build/release/* release"
    command = publish["steps"][-1]["run"]
    assert "--notes-file notes.md *.pdf *.epub *.whl *.zip" in command


def test_a_release_has_the_site_with_links_and_all_that_was_made_of_the_book(tmp_path):
    for name in ("index.html", "intro.html", "zh/index.html", "zh/intro.html"):
        page = tmp_path / "html" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("<h1>Title</h1>\n<h1>Other</h1>", encoding="utf-8")
    (tmp_path / "html" / "a-1.whl").write_bytes(b"wheel")
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "sheet.pdf").touch()
    printed = [
        file_name(edition, kind) for edition in (ENGLISH, TRANSLATED) for kind in ("pdf", "epub")
    ]
    with pytest.raises(BookError, match=f"{printed[0]} is not there: make release"):
        gather(tmp_path, tmp_path / "release")
    for name in printed:
        (tmp_path / name).write_text(name, encoding="utf-8")
    gather(tmp_path, tmp_path / "release")
    site, course = (file_name(ENGLISH, "zip", part) for part in ("", "course"))
    made = {path.name for path in (tmp_path / "release").iterdir()}
    engine = f"explorable-{explorable.__version__}-py3-none-any.whl"
    assert made == {*printed, site, course, "a-1.whl", engine}
    with zipfile.ZipFile(tmp_path / "release" / site) as archive:
        names = set(archive.namelist())
        for folder, files in (("", printed[:2]), ("zh/", printed[2:])):
            page = archive.read(f"{folder}intro.html").decode()
            assert re.findall(r'<a href="([^"]+)">', page.partition("Other")[0]) == files
            assert {f"{folder}{file}" for file in files} <= names
    with zipfile.ZipFile(tmp_path / "release" / course) as archive:
        assert "sheet.pdf" in archive.namelist()
