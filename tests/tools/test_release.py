"""A release is a tag: what its workflow may do, and what must fit."""

import re

import pytest
import yaml

from explorable.book import ROOT
from explorable.book.problem import BookError
from tools import release
from tools.release import notes

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


def test_a_version_is_not_a_pattern():
    with pytest.raises(BookError, match="no section"):
        notes("v1.2.0", "1.2.0", CHANGELOG.replace("1.2.0", "1x2.0"), CITATION)


def test_the_command_prints_the_notes_or_fails(monkeypatch, capsys):
    monkeypatch.setattr(release, "notes", lambda tag, *texts: f"{tag} {len(texts)}")
    assert release.main(["v1"]) == 0
    assert capsys.readouterr() == ("v1 3\n", "")
    monkeypatch.undo()
    assert release.main(["v0.0.0"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("The tag is v0.0.0, but")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_others_wrote_is_named_by_its_hash(name):
    used = re.findall(r"uses: (.+)", WORKFLOWS[name])
    assert used
    for action in used:
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_may_write_runs_nothing_of_ours(name):
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
    order = ("tools.release", "bash .ci/run", "make pdf epub", "cp ")
    places = [next(n for n, run in enumerate(runs) if word in run) for word in order]
    assert places == sorted(places)
    assert "_build/*.pdf _build/*.epub" in runs[places[-1]]
    assert "mathdl-*.whl" in runs[places[-1]]
    command = publish["steps"][-1]["run"]
    assert "--notes-file notes.md *.pdf *.epub *.whl" in command
